package org.lesionforge.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesionforge.data.Dataset;
import org.lesionforge.metric.statistics.Interval;

/**
 * How well a class can be predicted from something that is not a property of the lesion.
 *
 * @param name of what was measured
 * @param className the class that is predicted best
 * @param auc cross-validated, ½ for no information; {@code NaN} when it is the same for all images or there are too few
 * @param ci95 after Hanley and McNeil (1982), as if images were independent
 * @param verdict in plain words
 */
public record Confounder(String name, String className, double auc, Interval ci95, String verdict) {
    /** AUC limits above which the label is predictable to a notable degree, and well. */
    private static final double WEAK = 0.6;

    private static final double STRONG = 0.7;
    private static final double Z = 1.959963984540054;
    /** Sharpness needs pixels. */
    private static final int LEAST_SIDE = 224;

    static List<Confounder> all(Dataset dataset) {
        AuditedImages images = new AuditedImages(dataset, LEAST_SIDE);
        ImageProperty[] measures = ImageProperty.values();
        double[][][] values = new double[measures.length][images.size()][];
        IntStream.range(0, images.size()).parallel().forEach(i -> {
            for (int m = 0; m < measures.length; m++) {
                values[m][i] = measures[m].of(images.row(i), images.image(i));
            }
        });
        List<Confounder> all = new ArrayList<>();
        for (int m = 0; m < measures.length; m++) {
            all.add(worst(measures[m].title(), values[m], images, dataset.classes()));
        }
        return List.copyOf(all);
    }

    private static Confounder worst(String name, double[][] values, AuditedImages images, List<String> classes) {
        if (Arrays.stream(values).allMatch(value -> Arrays.equals(value, values[0]))) {
            return new Confounder(
                    name, classes.get(0), Double.NaN, new Interval(Double.NaN, Double.NaN), "the same for all images");
        }
        String[] groups = IntStream.range(0, values.length)
                .mapToObj(i -> images.row(i).group())
                .toArray(String[]::new);
        // With two classes, predicting one predicts the other.
        List<String> told = classes.size() == 2 ? classes.subList(1, 2) : classes;
        return told.stream()
                .map(className -> of(name, className, values, images, groups))
                .max(Comparator.comparingDouble(each -> Double.isNaN(each.auc) ? 0 : each.auc))
                .orElseThrow();
    }

    private static Confounder of(
            String name, String className, double[][] values, AuditedImages images, String[] groups) {
        boolean[] positive = new boolean[values.length];
        int positives = 0;
        for (int i = 0; i < positive.length; i++) {
            positive[i] = images.label(i).equals(className);
            positives += positive[i] ? 1 : 0;
        }
        double auc = new LinearRule(values, positive, groups).auc();
        Interval ci95 = interval(auc, positives, positive.length - positives);
        return new Confounder(name, className, auc, ci95, verdict(auc, ci95));
    }

    private static Interval interval(double auc, double positives, double negatives) {
        double q1 = auc / (2 - auc);
        double q2 = 2 * auc * auc / (1 + auc);
        double variance = (auc * (1 - auc) + (positives - 1) * (q1 - auc * auc) + (negatives - 1) * (q2 - auc * auc))
                / (positives * negatives);
        double half = Z * Math.sqrt(Math.max(0, variance));
        return new Interval(Math.max(0, auc - half), Math.min(1, auc + half));
    }

    private static String verdict(double auc, Interval ci95) {
        if (Double.isNaN(auc)) {
            return "too few groups to tell";
        }
        if (auc < WEAK || ci95.low() <= 0.5) {
            return "tells little";
        }
        return auc < STRONG ? "tells something: a weak shortcut" : "tells much: a shortcut";
    }

    Stream<Finding> findings() {
        if (!(auc >= WEAK) || ci95.low() <= 0.5) {
            return Stream.empty();
        }
        String text = String.format(
                Locale.ROOT,
                "%s alone tells '%s' with an AUC of %.2f [%.2f, %.2f]: a classifier may learn it instead of the lesion; test on "
                        + "images from elsewhere",
                name,
                className,
                auc,
                ci95.low(),
                ci95.high());
        return Stream.of(auc >= STRONG ? Finding.warning(text) : Finding.note(text));
    }
}
