package org.lesionforge.experiment.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Temperature;
import org.lesionforge.metric.Threshold;
import org.lesionforge.run.Arm;
import org.lesionforge.run.Results.ArmResult;

/**
 * What the classifiers of one arm said, one per seed, read from the run's files.
 *
 * @param test of the test images; the same ones with each seed unless each has its own split
 * @param validation of the validation images; empty where there is no such part
 */
record ArmOutcomes(Arm arm, String positive, List<Predictions> test, List<Predictions> validation) {
    /** @param results of one arm, by seed */
    static ArmOutcomes read(List<ArmResult> results, String positive, StoredPredictions predictions) {
        List<Predictions> test = new ArrayList<>();
        List<Predictions> validation = new ArrayList<>();
        for (ArmResult result : results) {
            test.add(predictions.test(result));
            predictions.validation(result).ifPresent(validation::add);
        }
        return new ArmOutcomes(results.get(0).name(), positive, test, validation);
    }

    /** The groups of the first seed's test images, in order. */
    List<String> groups() {
        return test.get(0).groups();
    }

    /** With the most probable class as the prediction: for two classes, the threshold ½. */
    List<Outcomes> outcomes() {
        return test.stream().map(this::outcomes).toList();
    }

    private Outcomes outcomes(Predictions predictions) {
        return Outcomes.of(predictions.classes(), positive, predictions.truth(), predictions.probabilities());
    }

    /** For each seed the threshold chosen on its validation images; empty without them. */
    List<Threshold> thresholds() {
        return validation.stream()
                .map(this::outcomes)
                .map(seen -> Threshold.youden(seen.isPositive(), seen.score()))
                .toList();
    }

    /** Predictions at each seed's own threshold. */
    List<Outcomes> at(List<Threshold> thresholds) {
        return IntStream.range(0, thresholds.size())
                .mapToObj(i -> Outcomes.at(
                        thresholds.get(i).value(),
                        test.get(i).classes(),
                        positive,
                        test.get(i).truth(),
                        test.get(i).probabilities()))
                .toList();
    }

    /** For each seed the temperature fitted on its validation images; empty without them. */
    List<Temperature> temperatures() {
        return validation.stream()
                .map(seen -> Temperature.fit(seen.truth(), seen.probabilities()))
                .toList();
    }

    /** Probabilities with each seed's own temperature. */
    List<Outcomes> with(List<Temperature> temperatures) {
        return IntStream.range(0, temperatures.size())
                .mapToObj(i -> Outcomes.of(
                        test.get(i).classes(),
                        positive,
                        test.get(i).truth(),
                        temperatures.get(i).apply(test.get(i).probabilities())))
                .toList();
    }
}
