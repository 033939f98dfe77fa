package org.lesionforge.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lesionforge.classifier.probe.Examples;
import org.lesionforge.classifier.probe.HeldOutScores;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.FoldedRocAuc;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.Interval;

/**
 * How well a small classifier tells two sets of images apart: the classifier two-sample test (C2ST, Lopez-Paz and Oquab 2017,
 * arXiv 1610.06545) by logistic regression on features, with the area under the ROC curve in place of accuracy. Each image is
 * scored by a fit to the other folds, which hold no image of its group.
 *
 * @param auc 0.5 where nothing tells them apart, 1 where something always does
 * @param ci95 by bootstrap over groups, widened for what the fits owe to chance: see {@link FoldedRocAuc}
 * @param images on each side
 * @param folds that were held out in turn
 */
record Detectability(double auc, Interval ci95, int images, int folds) {
    /** Two in each of five folds; an interval from fewer would mean nothing. */
    static final int LEAST_GROUPS = 10;

    private static final int FOLDS = 5;

    /**
     * Takes equally many images of both sides, the first ones of the larger.
     *
     * @param a class 0, in a random order
     * @param b class 1, likewise; no group is on both sides
     * @return empty where there are too few groups, for which see {@link #tooFew}
     */
    static Optional<Detectability> of(Sample a, Sample b, Seed seed) {
        int images = Math.min(a.size(), b.size());
        Sample first = a.chosen(firstOf(images));
        Sample second = b.chosen(firstOf(images));
        if (Math.min(first.groupCount(), second.groupCount()) < LEAST_GROUPS) {
            return Optional.empty();
        }
        Examples examples = examples(first, second);
        return HeldOutScores.of(examples, FOLDS, seed.of("folds"))
                .map(held -> {
                    boolean[] positive = new boolean[2 * images];
                    Arrays.fill(positive, images, 2 * images, true);
                    Estimate area = FoldedRocAuc.of(
                            positive,
                            held.scores(),
                            held.folds(),
                            new GroupBootstrap(
                                    examples.groups(), seed.of("bootstrap").value()));
                    return new Detectability(area.value(), area.ci95(), images, held.count());
                })
                .filter(found -> !Double.isNaN(found.ci95().low()));
    }

    /** Why there is no area. */
    static String tooFew(Sample a, Sample b) {
        return FOLDS + " folds and an interval need at least " + LEAST_GROUPS
                + " groups (lesions, or images where none are known) on each side, none of them with most of its images;"
                + " there are " + a.groupCount() + " groups of " + a.size() + " images and " + b.groupCount() + " of "
                + b.size();
    }

    private static int[] firstOf(int images) {
        int[] first = new int[images];
        Arrays.setAll(first, i -> i);
        return first;
    }

    private static Examples examples(Sample a, Sample b) {
        FeatureArray first = FeatureArray.of(a.features());
        FeatureArray second = FeatureArray.of(b.features());
        float[] values = Arrays.copyOf(first.values(), first.values().length + second.values().length);
        System.arraycopy(second.values(), 0, values, first.values().length, second.values().length);
        int n = a.size() + b.size();
        int[] labels = new int[n];
        Arrays.fill(labels, a.size(), n, 1);
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        boolean[] held = new boolean[n];
        Arrays.fill(held, true);
        List<String> groups = new ArrayList<>();
        a.groups().forEach(group -> groups.add("a " + group));
        b.groups().forEach(group -> groups.add("b " + group));
        return new Examples(new FeatureArray(n, first.dimensions(), values), labels, 2, weights, groups, held);
    }
}
