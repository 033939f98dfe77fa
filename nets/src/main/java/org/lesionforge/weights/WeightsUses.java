package org.lesionforge.weights;

import java.util.ArrayList;
import java.util.List;

/** What a file of weights is good for, in words. */
final class WeightsUses {
    private WeightsUses() {}

    static List<String> of(PretrainedWeights weights) {
        List<String> uses = new ArrayList<>();
        if (weights.isWhole()) {
            uses.add("classifiers start from it: classify train and experiment --weights, with --freeze too");
        }
        uses.add("images are measured with it: evaluate, gan train and experiment --metric-weights; distances are "
                + distances(weights));
        if (weights.isWhole() && weights.classes() > 0) {
            uses.add("the Inception Score, from its " + weights.classes() + " classes: evaluate --metrics is");
        }
        uses.add("images of a data set that look alike: audit --weights");
        return uses;
    }

    private static String distances(PretrainedWeights weights) {
        if (!weights.isFidNetwork()) {
            return "named after " + weights.name() + ", they are no FID";
        }
        return weights.isWhole()
                ? "FID and KID as published"
                : "FID and KID of " + weights.deepest().dimensions()
                        + " features, which are not those of the usual "
                        + weights.architecture().featureCount();
    }
}
