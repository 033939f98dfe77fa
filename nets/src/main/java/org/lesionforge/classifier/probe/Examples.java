package org.lesionforge.classifier.probe;

import java.util.List;
import org.lesionforge.metric.fidelity.FeatureArray;

/**
 * Images of known class as a probe sees them.
 *
 * @param features n × d, one vector per image
 * @param labels n class indices, from 0
 * @param classes how many classes there are, each with an image
 * @param weights n weights in the loss, each above 0; their scale means nothing
 * @param groups n names: images of one group (patient, lesion, an image and its copies) are held out together
 * @param held n: whether the image is one of those that stand for what the probe is to predict, and so is held out in turn; others (synthetic
 *     images, copies) are fitted to only
 */
public record Examples(
        FeatureArray features, int[] labels, int classes, double[] weights, List<String> groups, boolean[] held) {
    /**
     * Checks that there is as much of each for every image.
     *
     * @param features n × d
     * @param labels n class indices; not copied
     * @param classes at least 2
     * @param weights n; not copied
     * @param groups n
     * @param held n; not copied
     * @throws IllegalArgumentException when there are not n of each, a weight is not positive, or a class has no image
     */
    public Examples {
        int n = features.count();
        if (labels.length != n || weights.length != n || groups.size() != n || held.length != n) {
            throw new IllegalArgumentException("expected labels, weights, groups and marks of " + n + " images, got "
                    + labels.length + ", " + weights.length + ", " + groups.size() + " and " + held.length);
        }
        int[] counts = new int[classes];
        for (int i = 0; i < n; i++) {
            counts[labels[i]]++;
            if (!(weights[i] > 0 && Double.isFinite(weights[i]))) {
                throw new IllegalArgumentException("image " + i + " has the weight " + weights[i]);
            }
        }
        for (int c = 0; c < classes; c++) {
            if (counts[c] == 0) {
                throw new IllegalArgumentException("class " + c + " has no image");
            }
        }
    }

    int size() {
        return labels.length;
    }

    /** Each class's part of the weight of {@code rows}, adding up to 1. */
    double[] shares(int[] rows) {
        double[] shares = new double[classes];
        double sum = 0;
        for (int row : rows) {
            shares[labels[row]] += weights[row];
            sum += weights[row];
        }
        for (int c = 0; c < classes; c++) {
            shares[c] /= sum;
        }
        return shares;
    }
}
