package org.lesionforge.run;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Temperature;
import org.lesionforge.metric.Threshold;

/**
 * What the classifiers of one arm said, one per seed, as the run's files have it, and what follows from it.
 *
 * @param tests of the test images, at least one; the same images with each seed unless each has its own split
 * @param validations of the validation images, in the order of {@code tests}; empty where there is no such part
 */
public record ArmPredictions(List<PredictionsFile> tests, List<PredictionsFile> validations) {
    /** {@return the groups of the first seed's test images, in order: patients or lesions} */
    public List<String> groups() {
        return tests.get(0).groups();
    }

    /** {@return the ids of the first seed's test images, in order} */
    public List<String> ids() {
        return tests.get(0).ids();
    }

    /** {@return the test outcomes, one per seed, with the most probable class as the prediction} */
    public List<Outcomes> outcomes() {
        return tests.stream().map(PredictionsFile::outcomes).toList();
    }

    /** {@return for each seed the threshold of largest Youden index on its validation images; empty without them} */
    public List<Threshold> thresholds() {
        return validations.stream()
                .map(PredictionsFile::outcomes)
                .map(seen -> Threshold.youden(seen.isPositive(), seen.score()))
                .toList();
    }

    /**
     * {@return as {@link #outcomes}, each seed at its own threshold}
     *
     * @param thresholds in the order of {@code tests}; the outcomes are of as many seeds as there are
     */
    public List<Outcomes> at(List<Threshold> thresholds) {
        return each(thresholds, PredictionsFile::at);
    }

    /** {@return for each seed the temperature fitted on its validation images; empty without them} */
    public List<Temperature> temperatures() {
        return validations.stream()
                .map(seen -> Temperature.fit(seen.truth(), seen.probabilities()))
                .toList();
    }

    /**
     * {@return as {@link #outcomes}, each seed's probabilities with its own temperature}
     *
     * @param temperatures in the order of {@code tests}; the outcomes are of as many seeds as there are
     */
    public List<Outcomes> with(List<Temperature> temperatures) {
        return each(temperatures, PredictionsFile::with);
    }

    private <T> List<Outcomes> each(List<T> fitted, BiFunction<PredictionsFile, T, Outcomes> outcomes) {
        return IntStream.range(0, fitted.size())
                .mapToObj(i -> outcomes.apply(tests.get(i), fitted.get(i)))
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
