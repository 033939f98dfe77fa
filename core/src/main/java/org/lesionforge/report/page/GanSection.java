package org.lesionforge.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.report.figure.LineChart;
import org.lesionforge.report.figure.Series;
import org.lesionforge.report.figure.Tone;
import org.lesionforge.run.Alarm;
import org.lesionforge.run.GanFiles;
import org.lesionforge.run.GanFiles.Sheet;
import org.lesionforge.run.GanIteration;
import org.lesionforge.run.Results;
import org.lesionforge.run.RunFiles;

/** A generator's training and what came of it: Figures 5, 6 and 7. */
final class GanSection {
    /** What the columns of losses begin with. */
    private static final String LOSS = "loss";

    private final Page page;
    private final RunFiles run;
    private final GanFiles gan;
    private final double chosenEpoch;

    private GanSection(Page page, RunFiles run, GanFiles gan) {
        this.page = page;
        this.run = run;
        this.gan = gan;
        chosenEpoch = gan.best().map(best -> (double) best.epoch()).orElse(Double.NaN);
    }

    /** A section for each generator of the data set's own split. */
    static void write(Page page, RunFiles run) throws IOException {
        List<GanFiles> generators = run.generators();
        if (generators.isEmpty()) {
            page.section("gan", "The generator");
            page.missing(
                    run.allGenerators().isEmpty()
                            ? "No GAN was trained in this run, or not yet: there is no folder generators/."
                            : "Each "
                                    + (run.results().flatMap(Results::folds).isPresent() ? "fold" : "seed")
                                    + " has a split and generators of its own, in splits/; how they were trained is not"
                                    + " drawn here.");
        }
        for (GanFiles gan : generators) {
            page.section(generators.size() == 1 ? "gan" : "gan-" + gan.family(), "The " + gan.title());
            new GanSection(page, run, gan).write(generators.size() > 1);
        }
    }

    /** @param among several, so that its images are shown here too: those of the first are at the top of the page */
    private void write(boolean among) throws IOException {
        new LicenceText(gan.licences()).write(page, "Licences of the images that the generator learned from");
        alarms();
        if (among) {
            images();
        }
        statistics();
        new MetricCurves(page, gan, chosenEpoch).write();
        snapshots();
    }

    private void images() throws IOException {
        Optional<Path> synthetic =
                Optional.of(run.layout().synthetic(gan.family())).filter(Files::isRegularFile);
        if (synthetic.isPresent()) {
            page.image(
                    "Figure 7",
                    "Images that the " + gan.title() + " drew, not picked.",
                    "Grid of synthetic images of the " + gan.title(),
                    synthetic.get());
        }
    }

    /** How the run's messages name a file of this generator. */
    private String named(Path file) {
        return run.layout().folder().relativize(file).toString().replace('\\', '/');
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

    private void statistics() throws IOException {
        List<GanIteration> lines = gan.statistics();
        if (lines.isEmpty()) {
            page.missing("Figure 5 cannot be drawn yet: " + named(gan.layout().statistics()) + " has no lines.");
            return;
        }
        page.openRow();
        if (lines.stream().allMatch(GanIteration::hasProbabilities)) {
            losses(
                    "Loss of the generator and the discriminator during training.",
                    "binary cross-entropy (nats)",
                    List.of(smoothed("discriminator", lines, "loss_d", 0), smoothed("generator", lines, "loss_g", 1)),
                    lines.size());
            discriminator(lines);
        } else {
            Set<String> columns = new LinkedHashSet<>();
            lines.forEach(line -> columns.addAll(line.numbers().keySet()));
            List<Series> losses = new ArrayList<>();
            for (String column : columns) {
                if (column.startsWith(LOSS)) {
                    losses.add(smoothed(column.replace('_', ' '), lines, column, losses.size()));
                }
            }
            losses("What the training minimises.", "loss", losses, lines.size());
        }
        page.closeRow();
    }

    private static String caption(Series one, int lines) {
        return "Faint: each logged iteration. Strong: centred moving average over " + one.window() + " of " + lines
                + " logged iterations. Values beyond the axis are drawn on its edge.";
    }

    private void losses(String text, String unit, List<Series> losses, int lines) throws IOException {
        if (losses.isEmpty()) {
            page.missing("Figure 5 cannot be drawn: no column of "
                    + named(gan.layout().statistics()) + " is a loss.");
            return;
        }
        LineChart chart = new LineChart("fig5-loss", "Loss during training", "iteration", unit);
        losses.forEach(chart::add);
        page.figure("Figure 5", text + " " + caption(losses.get(0), lines), chart.svg());
    }

    private void discriminator(List<GanIteration> lines) throws IOException {
        Series real = smoothed("D(x), real images", lines, "d_real", 0);
        LineChart outputs = new LineChart(
                        "figC-discriminator", "What the discriminator answers", "iteration", "mean probability “real”")
                .add(real)
                .add(smoothed("D(G(z)), synthetic", lines, "d_fake", 1))
                .unitHeight();
        if (!outputs.isEmpty()) {
            page.figure(
                    "Figure C",
                    "Mean output of the discriminator for real and for synthetic images. Both near 0.5: it cannot tell"
                            + " them apart. Near 1 and 0: it has won, and the generator learns little. "
                            + caption(real, lines.size()),
                    outputs.svg());
        }
    }

    private static Series smoothed(String name, List<GanIteration> lines, String column, int line) {
        return new Series(
                name,
                lines.stream().mapToDouble(GanIteration::iteration).toArray(),
                lines.stream().mapToDouble(each -> each.number(column)).toArray(),
                Tone.plain(line),
                Series.Style.SMOOTHED);
    }

    private void snapshots() throws IOException {
        List<Sheet> grids = gan.samples();
        if (grids.isEmpty()) {
            page.missing("There are no sample grids in " + named(gan.layout().samples()) + " yet.");
            return;
        }
        Set<Sheet> chosen = new LinkedHashSet<>();
        chosen.add(grids.get(0));
        chosen.add(grids.get(grids.size() / 2));
        grids.stream().filter(grid -> grid.epoch() == chosenEpoch).forEach(chosen::add);
        chosen.add(grids.get(grids.size() - 1));
        List<Sheet> inOrder = chosen.stream()
                .sorted((a, b) -> Integer.compare(a.epoch(), b.epoch()))
                .toList();
        page.body().open("div", "class", "strip");
        for (Sheet grid : inOrder) {
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
