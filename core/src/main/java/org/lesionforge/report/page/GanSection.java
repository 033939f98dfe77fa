package org.lesionforge.report.page;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.lesionforge.report.figure.LineChart;
import org.lesionforge.report.figure.Series;
import org.lesionforge.report.figure.Tone;
import org.lesionforge.run.Alarm;
import org.lesionforge.run.GanFiles;
import org.lesionforge.run.GanFiles.SampleGrid;
import org.lesionforge.run.GanIteration;
import org.lesionforge.run.RunFiles;

/** The GAN's training and what came of it: Figures 5, 6 and 7. */
final class GanSection {
    private final Page page;
    private final GanFiles gan;
    private final double chosenEpoch;

    GanSection(Page page, RunFiles run) {
        this.page = page;
        gan = run.gan();
        chosenEpoch = gan.best().map(best -> (double) best.epoch()).orElse(Double.NaN);
    }

    void write() throws IOException {
        page.section("gan", "The DCGAN");
        if (!gan.isThere()) {
            page.missing("No GAN was trained in this run, or not yet: there is no folder gan/.");
            return;
        }
        new LicenceText(gan.licences()).write(page, "Licences of the images that the generator learned from");
        alarms();
        statistics();
        new MetricCurves(page, gan, chosenEpoch).write();
        snapshots();
    }

    private void alarms() {
        List<Alarm> alarms = gan.alarms();
        if (!alarms.isEmpty()) {
            page.paragraph("Alarms were raised while it trained:");
        }
        for (Alarm alarm : alarms) {
            page.missing(alarm.kind().word().replace('_', ' ') + ", at iteration "
                    + alarm.iteration() + ", since "
                    + alarm.since() + ": "
                    + alarm.seen() + ". Try: "
                    + alarm.advice() + ".");
        }
    }

    private void statistics() {
        List<GanIteration> lines = gan.statistics();
        if (lines.isEmpty()) {
            page.missing("Figure 5 cannot be drawn yet: gan/stats.jsonl has no lines.");
            return;
        }
        Series discriminator = smoothed("discriminator", lines, GanIteration::lossD, 0);
        String caption = "Faint: each logged iteration. Strong: centred moving average over " + discriminator.window()
                + " of " + lines.size() + " logged iterations. Values beyond the axis are drawn on its edge.";
        page.openRow();
        page.figure(
                "Figure 5",
                "Loss of the generator and the discriminator during training. " + caption,
                new LineChart("fig5-loss", "Loss during training", "iteration", "binary cross-entropy (nats)")
                        .add(discriminator)
                        .add(smoothed("generator", lines, GanIteration::lossG, 1))
                        .svg());
        LineChart outputs = new LineChart(
                        "figC-discriminator", "What the discriminator answers", "iteration", "mean probability “real”")
                .add(smoothed("D(x), real images", lines, GanIteration::dReal, 0))
                .add(smoothed("D(G(z)), synthetic", lines, GanIteration::dFake, 1))
                .unitHeight();
        if (!outputs.isEmpty()) {
            page.figure(
                    "Figure C",
                    "Mean output of the discriminator for real and for synthetic images. Both near 0.5: it cannot tell"
                            + " them apart. Near 1 and 0: it has won, and the generator learns little. " + caption,
                    outputs.svg());
        }
        page.closeRow();
    }

    private static Series smoothed(
            String name, List<GanIteration> lines, ToDoubleFunction<GanIteration> number, int line) {
        return new Series(
                name,
                lines.stream().mapToDouble(GanIteration::iteration).toArray(),
                lines.stream().mapToDouble(number).toArray(),
                Tone.plain(line),
                Series.Style.SMOOTHED);
    }

    private void snapshots() throws IOException {
        List<SampleGrid> grids = gan.samples();
        if (grids.isEmpty()) {
            page.missing("There are no sample grids in gan/samples yet.");
            return;
        }
        Set<SampleGrid> chosen = new LinkedHashSet<>();
        chosen.add(grids.get(0));
        chosen.add(grids.get(grids.size() / 2));
        grids.stream().filter(grid -> grid.epoch() == chosenEpoch).forEach(chosen::add);
        chosen.add(grids.get(grids.size() - 1));
        List<SampleGrid> inOrder = chosen.stream()
                .sorted((a, b) -> Integer.compare(a.epoch(), b.epoch()))
                .toList();
        page.body().open("div", "class", "strip");
        for (SampleGrid grid : inOrder) {
            page.image(
                    "Figure H",
                    "Epoch " + grid.epoch() + "." + (grid.epoch() == chosenEpoch ? " The snapshot used." : ""),
                    "Synthetic images after epoch " + grid.epoch() + ", from the same latent vectors",
                    grid.file());
        }
        page.body().close();
        page.paragraph("The same latent vectors through successive snapshots of the generator.");
    }
}
