package org.lesionforge.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lesionforge.report.RunFiles.SampleGrid;

/** The GAN's training and what came of it: Figures 5, 6 and 7. */
final class GanSection {
    private final Page page;
    private final RunFiles run;
    private final double chosenEpoch;

    GanSection(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
        chosenEpoch = Numbers.of(run.ganBest().path("epoch"));
    }

    void write() throws IOException {
        page.section("gan", "The DCGAN");
        if (!run.hasGan()) {
            page.missing("No GAN was trained in this run, or not yet: there is no folder gan/.");
            return;
        }
        statistics();
        metrics();
        snapshots();
        realAndSynthetic();
    }

    private void statistics() {
        List<JsonNode> lines = run.ganStatistics();
        if (lines.isEmpty()) {
            page.missing("Figure 5 cannot be drawn yet: gan/stats.jsonl has no lines.");
            return;
        }
        Series discriminator = smoothed("discriminator", lines, "loss_d", 1);
        String caption = "Faint: each logged iteration. Strong: centred moving average over " + discriminator.window()
                + " of " + lines.size() + " logged iterations. Values beyond the axis are drawn on its edge.";
        page.openRow();
        page.figure(
                "Figure 5",
                "Loss of the generator and the discriminator during training. " + caption,
                new LineChart("fig5-loss", "Loss during training", "iteration", "binary cross-entropy (nats)")
                        .add(discriminator)
                        .add(smoothed("generator", lines, "loss_g", 2))
                        .svg());
        LineChart outputs = new LineChart(
                        "figA-discriminator", "What the discriminator answers", "iteration", "mean probability “real”")
                .add(smoothed("D(x), real images", lines, "d_real", 1))
                .add(smoothed("D(G(z)), synthetic", lines, "d_fake", 2))
                .unitHeight();
        if (!outputs.isEmpty()) {
            page.figure(
                    "Figure A",
                    "Mean output of the discriminator for real and for synthetic images. Both near 0.5: it cannot tell"
                            + " them apart. Near 1 and 0: it has won, and the generator learns little. " + caption,
                    outputs.svg());
        }
        page.closeRow();
    }

    private static Series smoothed(String name, List<JsonNode> lines, String key, int colour) {
        return new Series(name, column(lines, "iteration"), column(lines, key), colour, Series.Style.SMOOTHED);
    }

    private static double[] column(List<JsonNode> lines, String key) {
        return lines.stream().mapToDouble(line -> Numbers.of(line.path(key))).toArray();
    }

    /** The curve of one key of {@code metrics.jsonl}, such as {@code kid_validation}. */
    private record Curve(String name, List<double[]> points, Set<String> recipes) {}

    private void metrics() {
        Map<String, Curve> curves = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        for (JsonNode line : run.ganMetrics()) {
            for (JsonNode metric : line.path("metrics")) {
                Curve curve = curves.computeIfAbsent(
                        metric.path("key").asText(),
                        key -> new Curve(metric.path("name").asText(key), new ArrayList<>(), new LinkedHashSet<>()));
                curve.points().add(new double[] {Numbers.of(line.path("epoch")), Numbers.of(metric.path("value"))});
                curve.recipes().add(metric.path("recipe").asText(""));
            }
            for (JsonNode absent : line.path("missing")) {
                missing.put(absent.path("key").asText(), absent.path("reason").asText());
            }
        }
        if (curves.isEmpty() && missing.isEmpty()) {
            page.missing("Figure 6 cannot be drawn yet: gan/metrics.jsonl has no lines.");
            return;
        }
        Map<String, List<String>> panels = panels(curves);
        page.openRow();
        for (Map.Entry<String, List<String>> panel : panels.entrySet()) {
            panel(panel.getKey(), panel.getValue(), curves);
        }
        page.closeRow();
        missing.forEach((key, reason) -> page.missing(
                "Figure 6 has no curve for " + shortName(key) + ": " + reason + " No substitute is shown."));
        String reason = run.ganBest().path("reason").asText("");
        if (Double.isFinite(chosenEpoch)) {
            page.paragraph("The snapshot of epoch " + Numbers.plain(chosenEpoch) + " made the synthetic images"
                    + (reason.isEmpty() ? "." : ": " + reason + "."));
        }
    }

    /** A metric against the training reals and against the validation reals shares a panel; FID comes first, then IS. */
    private static Map<String, List<String>> panels(Map<String, Curve> curves) {
        Map<String, List<String>> panels = new LinkedHashMap<>();
        for (String first : List.of("fid", "is")) {
            if (curves.containsKey(first)) {
                panels.put(first, new ArrayList<>());
            }
        }
        for (String key : curves.keySet()) {
            panels.computeIfAbsent(key.replaceFirst("_.*", ""), unused -> new ArrayList<>())
                    .add(key);
        }
        return panels;
    }

    private void panel(String base, List<String> keys, Map<String, Curve> curves) {
        String name = curves.get(keys.get(0)).name();
        LineChart chart = new LineChart(
                "fig6-" + base.replaceAll("[^a-z0-9]", "-"), title(base, name), "epoch", axis(base, name));
        Set<String> recipes = new LinkedHashSet<>();
        int colour = base.equals("is") ? 3 : 1;
        for (String key : keys) {
            Curve curve = curves.get(key);
            recipes.addAll(curve.recipes());
            chart.add(new Series(
                    legend(key, base),
                    curve.points().stream().mapToDouble(point -> point[0]).toArray(),
                    curve.points().stream().mapToDouble(point -> point[1]).toArray(),
                    colour++,
                    Series.Style.POINTS));
        }
        if (chart.isEmpty()) {
            page.missing(name + " has no finite value yet.");
            return;
        }
        if (Double.isFinite(chosenEpoch)) {
            chart.mark(chosenEpoch, "snapshot used");
        }
        recipes.remove("");
        boolean inPaper = base.equals("fid") || base.equals("is");
        page.figure(
                inPaper ? "Figure 6" : "Figure B",
                name + " against epoch; " + (base.equals("is") ? "higher" : "lower") + " is better."
                        + (recipes.isEmpty() ? "" : " Recipe: " + String.join("; ", recipes) + "."),
                chart.svg());
    }

    private static String title(String base, String name) {
        return switch (base) {
            case "is" -> "Inception Score";
            case "kid" -> "Kernel distance (KID)";
            default ->
                name.startsWith("fid") ? "Fréchet Inception Distance" : "Fréchet distance, own classifier's features";
        };
    }

    private static String axis(String base, String name) {
        String unbracketed = name.replaceFirst("\\[.*", "");
        return switch (base) {
            case "is" -> "IS (1 to 1008)";
            case "kid" -> "KID";
            default -> name.startsWith("fid") ? unbracketed.toUpperCase(Locale.ROOT) : name;
        };
    }

    private static String legend(String key, String base) {
        return key.equals(base)
                ? "training reals"
                : key.substring(base.length() + 1).replace('_', ' ') + " reals";
    }

    private static String shortName(String key) {
        return switch (key) {
            case "is" -> "the Inception Score";
            case "fid" -> "FID";
            default -> key;
        };
    }

    private void snapshots() throws IOException {
        List<SampleGrid> grids = run.sampleGrids();
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
                    "Epoch " + grid.epoch(),
                    grid.epoch() == chosenEpoch ? "The snapshot used." : "",
                    "Synthetic images after epoch " + grid.epoch() + ", from the same latent vectors",
                    grid.file());
        }
        page.body().close();
        page.paragraph("The same latent vectors through successive snapshots of the generator.");
    }

    private void realAndSynthetic() throws IOException {
        if (run.file("examples/real.png").isEmpty()
                || run.file("examples/synthetic.png").isEmpty()) {
            page.missing("Figure 7 cannot be shown yet: examples/real.png or examples/synthetic.png is not there.");
            return;
        }
        page.openRow();
        page.image(
                "Figure 7, left",
                "Real images of the training part, brought to the generator's size.",
                "Grid of real images",
                run.file("examples/real.png").get());
        page.image(
                "Figure 7, right",
                "Synthetic images, not picked.",
                "Grid of synthetic images",
                run.file("examples/synthetic.png").get());
        page.closeRow();
    }
}
