package org.lesionforge.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.lesionforge.metric.fidelity.DistanceName;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.report.GeneratorText;
import org.lesionforge.report.figure.LineChart;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.report.figure.Series;
import org.lesionforge.report.figure.Tone;
import org.lesionforge.run.GanFiles;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.MeasuredSnapshot;
import org.lesionforge.run.MeasuredSnapshot.Measurement;

/** What the GAN's snapshots were measured at, against the epoch: Figure 6, and Figure D with what the paper does not show. */
final class MetricCurves {
    private static final String AVERAGE = " ema";
    private static final Set<String> SHARES = Set.of(MetricKeys.PRECISION, MetricKeys.RECALL, MetricKeys.COPIED);

    private final Page page;
    private final GanFiles gan;
    private final double chosenEpoch;

    /** @param chosenEpoch of the snapshot that made the images; NaN when there is none yet */
    MetricCurves(Page page, GanFiles gan, double chosenEpoch) {
        this.page = page;
        this.gan = gan;
        this.chosenEpoch = chosenEpoch;
    }

    /**
     * The curve of one key of {@code metrics.jsonl}, such as {@code kid_validation}; the averaged weights' own has {@value #AVERAGE} behind
     * it.
     */
    private record Curve(String name, List<double[]> points, Set<String> recipes) {}

    void write() {
        Map<String, Curve> curves = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        for (MeasuredSnapshot line : gan.metrics()) {
            String average = line.weights() == GeneratorWeights.EMA ? AVERAGE : "";
            for (Measurement metric : line.metrics()) {
                String name = metric.name();
                // Values of another name are on another scale: a run that went on with other features has a curve of
                // the latter alone.
                Curve curve = curves.compute(
                        metric.key() + average,
                        (key, before) -> before != null && before.name().equals(name)
                                ? before
                                : new Curve(name, new ArrayList<>(), new LinkedHashSet<>()));
                curve.points().add(new double[] {line.epoch(), metric.value()});
                curve.recipes().add(metric.recipe());
            }
            line.missing().forEach(absent -> missing.put(absent.key(), absent.reason()));
        }
        if (curves.isEmpty() && missing.isEmpty()) {
            page.missing("Figure 6 cannot be drawn yet: metrics.jsonl of this generator has no lines.");
            return;
        }
        page.openRow();
        panels(curves).forEach((base, keys) -> panel(base, keys, curves));
        page.closeRow();
        missing.forEach((key, reason) -> page.missing("Figure 6 has no curve for " + shortName(key) + ": "
                + reason.replaceFirst("\\.$", "") + ". No substitute is shown."));
        new GeneratorText(gan).choice().ifPresent(page::missing);
        gan.best()
                .ifPresent(best -> page.paragraph("The snapshot of epoch " + NumberText.plain(chosenEpoch)
                        + (best.weights() == GeneratorWeights.EMA ? " (averaged weights)" : "")
                        + " made the synthetic images"
                        + (best.reason().isEmpty() ? "." : ": " + best.reason() + ".")));
    }

    /** A metric against the training reals and against the validation reals shares a panel; FID comes first, then IS. */
    private static Map<String, List<String>> panels(Map<String, Curve> curves) {
        Map<String, List<String>> panels = new LinkedHashMap<>();
        for (String first : List.of(MetricKeys.FID, MetricKeys.IS)) {
            if (curves.containsKey(first)) {
                panels.put(first, new ArrayList<>());
            }
        }
        for (String key : curves.keySet()) {
            panels.computeIfAbsent(key.replaceFirst("[_ ].*", ""), unused -> new ArrayList<>())
                    .add(key);
        }
        return panels;
    }

    private void panel(String base, List<String> keys, Map<String, Curve> curves) {
        String name = Objects.requireNonNull(curves.get(keys.get(0))).name();
        LineChart chart = new LineChart(
                "fig6-" + base.replaceAll("[^a-z0-9]", "-"), title(base, name), "epoch", axis(base, name));
        Set<String> recipes = new LinkedHashSet<>();
        int line = 0;
        for (String key : keys) {
            Curve curve = Objects.requireNonNull(curves.get(key));
            curve.recipes().stream()
                    .filter(recipe -> !recipe.isEmpty())
                    .forEach(recipe -> recipes.add(reference(key, base) + " (" + recipe + ")"));
            chart.add(new Series(
                    reference(key, base) + (key.endsWith(AVERAGE) ? ", averaged weights" : ""),
                    curve.points().stream().mapToDouble(point -> point[0]).toArray(),
                    curve.points().stream().mapToDouble(point -> point[1]).toArray(),
                    Tone.plain(line++),
                    Series.Style.POINTS));
        }
        if (SHARES.contains(base)) {
            chart.unitHeight();
        }
        if (chart.isEmpty()) {
            page.missing(name + " has no finite value yet.");
            return;
        }
        if (Double.isFinite(chosenEpoch)) {
            chart.mark(chosenEpoch, "snapshot used");
        }
        boolean inPaper = base.equals(MetricKeys.FID) || base.equals(MetricKeys.IS);
        page.figure(
                inPaper ? "Figure 6" : "Figure D",
                name + " against epoch; " + reading(base)
                        + (recipes.isEmpty() ? "" : " Measured: " + String.join("; ", recipes) + "."),
                chart.svg());
    }

    /** "FID" is only what the FID network measured; a distance through other features goes by its own full name. */
    private static String title(String base, String name) {
        boolean throughFidNetwork = DistanceName.isThroughFidNetwork(name);
        return switch (base) {
            case MetricKeys.IS -> "Inception Score";
            case MetricKeys.KID -> throughFidNetwork ? "Kernel Inception Distance" : "Kernel distance " + name;
            case MetricKeys.FID -> throughFidNetwork ? "Fréchet Inception Distance" : "Fréchet distance " + name;
            case MetricKeys.PRECISION -> "Precision: are they plausible?";
            case MetricKeys.RECALL -> "Recall: is there one for everything?";
            case MetricKeys.SPREAD -> "Spread: do they differ as reals do?";
            case MetricKeys.COPIED -> "Copies: are they training images?";
            default -> name;
        };
    }

    private static String axis(String base, String name) {
        boolean throughFidNetwork = DistanceName.isThroughFidNetwork(name);
        return switch (base) {
            case MetricKeys.IS -> "IS (1 to 1008)";
            case MetricKeys.PRECISION, MetricKeys.RECALL, MetricKeys.COPIED -> "share of the images";
            case MetricKeys.SPREAD -> "mean distance over that of reals";
            default -> throughFidNetwork ? name.replaceFirst("\\[.*", "").toUpperCase(Locale.ROOT) : name;
        };
    }

    /** How to read a panel. */
    private static String reading(String base) {
        return switch (base) {
            case MetricKeys.IS, MetricKeys.PRECISION, MetricKeys.RECALL -> "higher is better.";
            case MetricKeys.SPREAD -> "1 is best, and a fall to well below it mode collapse.";
            case MetricKeys.COPIED ->
                "the share of generated images that lie nearer to a training image than that lies to any other; above "
                        + "that of validation images it is memorisation.";
            default -> "lower is better.";
        };
    }

    private static String reference(String key, String base) {
        String reference = key.replace(AVERAGE, "").substring(base.length()).replaceFirst("^_", "");
        if (reference.isEmpty()) {
            return base.equals(MetricKeys.FID) || base.equals(MetricKeys.KID)
                    ? "to training images"
                    : "synthetic images";
        }
        return switch (base + "_" + reference) {
            case MetricKeys.COPIED_VALIDATION -> "validation images";
            case MetricKeys.FID_NATIVE -> "to training images at full size";
            default -> "to " + reference.replace('_', ' ') + " images";
        };
    }

    private static String shortName(String key) {
        return switch (key) {
            case MetricKeys.IS -> "the Inception Score";
            case MetricKeys.FID -> "FID";
            default -> key;
        };
    }
}
