package org.lesionforge.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.metric.ClassificationEvaluation;

/**
 * What {@code results.json} has of an experiment with folds beside its other keys: the folds, and what their classifiers said together.
 *
 * @param count of folds
 * @param divisions one for each fold
 * @param pooled one for each arm, classifier and seed, in the order of the arms
 */
public record FoldResults(int count, List<FoldParts> divisions, List<Pooled> pooled) {
    /**
     * One fold of the data set.
     *
     * @param fold its number, from 1
     * @param parts number of images by part and class
     * @param splitSha256 of the split, in hexadecimal digits
     */
    public record FoldParts(int fold, Map<String, Map<String, Integer>> parts, String splitSha256) {}

    /**
     * The predictions of one arm with one seed, each image by the classifier of the fold that tests it.
     *
     * @param name the arm's word
     * @param classifier name of the network's architecture
     * @param seed that it was trained with
     * @param test on all images of the data set
     * @param foldRocAuc ROC AUC of each fold's test images by themselves, in the order of the folds
     * @param meanFoldRocAuc mean of {@code foldRocAuc}
     * @param predictions where they are: a table, relative to the run
     */
    public record Pooled(
            String name,
            String classifier,
            long seed,
            ClassificationEvaluation test,
            List<Double> foldRocAuc,
            double meanFoldRocAuc,
            String predictions) {
        /** {@return whether it is of an arm with a classifier and a seed} */
        boolean isOf(Results.ArmResult arm) {
            return name.equals(arm.name()) && classifier.equals(arm.classifier()) && seed == arm.seed();
        }
    }

    /**
     * {@return what an arm's classifiers said with one seed; empty where it is not known}
     *
     * @param arm result of any fold
     */
    public Optional<Pooled> of(Results.ArmResult arm) {
        return pooled.stream().filter(each -> each.isOf(arm)).findFirst();
    }
}
