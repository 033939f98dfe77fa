package org.lesionforge.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Temperature;
import org.lesionforge.metric.Threshold;

/**
 * What the classifiers of one arm said, one per seed, or one per seed and fold, as the run's files have it, and what follows from it. Folds are
 * pooled: a seed's outcomes are those of the images of all of them, each with the score and the threshold of its own fold.
 *
 * @param tests of the test images, at least one, seed by seed and fold by fold; the same images with each seed unless each has its own split
 * @param validations of the validation images, in the order of {@code tests}; empty where there is no such part
 * @param folds how many of {@code tests} are of one seed: 1 without folds
 */
public record ArmPredictions(List<PredictionsFile> tests, List<PredictionsFile> validations, int folds) {
    /**
     * Refuses what is of no whole seeds.
     *
     * @param tests a multiple of {@code folds}, and not 0
     * @param validations as many as {@code tests}, or none
     * @param folds at least 1
     * @throws IllegalArgumentException otherwise
     */
    public ArmPredictions {
        if (tests.isEmpty() || tests.size() % folds != 0) {
            throw new IllegalArgumentException(
                    "expected predictions of " + folds + " folds for every seed, got " + tests.size());
        }
    }

    /** {@return how many seeds there are} */
    public int seeds() {
        return tests.size() / folds;
    }

    private List<PredictionsFile> firstSeed() {
        return tests.subList(0, folds);
    }

    /** {@return the groups of the first seed's test images, in order: patients or lesions} */
    public List<String> groups() {
        return firstSeed().stream().flatMap(test -> test.groups().stream()).toList();
    }

    /** {@return the ids of the first seed's test images, in order} */
    public List<String> ids() {
        return firstSeed().stream().flatMap(test -> test.ids().stream()).toList();
    }

    /** {@return the test outcomes, one per seed, with the most probable class as the prediction} */
    public List<Outcomes> outcomes() {
        return pooled(tests.stream().map(PredictionsFile::outcomes).toList());
    }

    /** {@return for each seed and fold the threshold of largest Youden index on its validation images; empty without them} */
    public List<Threshold> thresholds() {
        return validations.stream()
                .map(PredictionsFile::outcomes)
                .map(seen -> Threshold.youden(seen.isPositive(), seen.score()))
                .toList();
    }

    /**
     * {@return as {@link #outcomes}, each seed and fold at its own threshold}
     *
     * @param thresholds in the order of {@code tests}; the outcomes are of as many seeds as there are
     */
    public List<Outcomes> at(List<Threshold> thresholds) {
        return each(thresholds, PredictionsFile::at);
    }

    /** {@return for each seed and fold the temperature fitted on its validation images; empty without them} */
    public List<Temperature> temperatures() {
        return validations.stream()
                .map(seen -> Temperature.fit(seen.truth(), seen.probabilities()))
                .toList();
    }

    /**
     * {@return as {@link #outcomes}, each seed's and fold's probabilities with its own temperature}
     *
     * @param temperatures in the order of {@code tests}; the outcomes are of as many seeds as there are
     */
    public List<Outcomes> with(List<Temperature> temperatures) {
        return each(temperatures, PredictionsFile::with);
    }

    private <T> List<Outcomes> each(List<T> fitted, BiFunction<PredictionsFile, T, Outcomes> outcomes) {
        return pooled(IntStream.range(0, fitted.size())
                .mapToObj(i -> outcomes.apply(tests.get(i), fitted.get(i)))
                .toList());
    }

    private List<Outcomes> pooled(List<Outcomes> each) {
        List<Outcomes> seeds = new ArrayList<>();
        for (int from = 0; from < each.size(); from += folds) {
            seeds.add(Outcomes.pooled(each.subList(from, from + folds)));
        }
        return seeds;
    }

    /**
     * {@return what the ensemble of all seeds says, as if it were one classifier: for each image the mean of the seeds' probabilities, in the
     * test and in the validation part, fold by fold}
     *
     * @throws org.lesionforge.io.UnusableInputException when the seeds are not of the same images, as where each has its own split
     */
    public ArmPredictions ensemble() {
        return new ArmPredictions(means(tests), means(validations), folds);
    }

    private List<PredictionsFile> means(List<PredictionsFile> each) {
        return IntStream.range(0, Math.min(folds, each.size()))
                .mapToObj(fold -> PredictionsFile.mean(IntStream.range(0, seeds())
                        .mapToObj(seed -> each.get(seed * folds + fold))
                        .toList()))
                .toList();
    }

    /**
     * {@return the mean over seeds; {@code NaN} where the measure is undefined for one of them}
     *
     * @param measure of the test outcomes, with the most probable class as the prediction
     */
    public double mean(Measure measure) {
        return outcomes().stream().mapToDouble(measure::of).average().orElseThrow();
    }
}
