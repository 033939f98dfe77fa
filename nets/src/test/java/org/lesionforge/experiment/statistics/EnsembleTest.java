package org.lesionforge.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.metric.Threshold;
import org.lesionforge.run.ArmPredictions;
import org.lesionforge.run.Comparison;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.Results.ArmSummary;
import org.lesionforge.run.Results.Figure;
import org.lesionforge.run.Results.OnValidation;

/** Two arms, two seeds and three images, one of them a melanoma; all figures by hand. */
final class EnsembleTest {
    private static final List<String> CLASSES = List.of("benign", "malignant");
    private static final List<String> IMAGES = List.of("m", "b1", "b2");

    /** Of the first arm: the melanoma is below one other with seed 0, with seed 1 one other is above ½; the means are .6, .45 and .35. */
    private static final Map<String, double[]> TESTED = Map.of(
            "none 0", new double[] {0.4, 0.3, 0.6},
            "none 1", new double[] {0.8, 0.6, 0.1},
            "dcgan 0", new double[] {0.2, 0.3, 0.1},
            "dcgan 1", new double[] {0.6, 0.7, 0.1});

    /** The thresholds are .7 and .3; of the means, .7, .4 and .3, it is .55. */
    private static final Map<Long, double[]> VALIDATED =
            Map.of(0L, new double[] {0.9, 0.2, 0.5}, 1L, new double[] {0.5, 0.6, 0.1});

    private static PredictionsFile file(List<String> ids, double[] malignant) {
        double[][] probabilities = new double[malignant.length][];
        for (int i = 0; i < malignant.length; i++) {
            probabilities[i] = new double[] {1 - malignant[i], malignant[i]};
        }
        return new PredictionsFile(CLASSES, "malignant", ids, ids, new int[] {1, 0, 0}, probabilities);
    }

    private static ArmResult result(String arm, long seed) {
        return result(arm, "inception-v3", seed);
    }

    /** Of a network whose predictions alone are read. */
    static ArmResult result(String arm, String network, long seed) {
        ClassificationEvaluation unread =
                ClassificationEvaluation.of(new int[] {0}, new double[][] {{1, 0}}, CLASSES, "malignant");
        return new ArmResult(
                arm,
                network,
                arm,
                seed,
                Optional.empty(),
                0,
                Map.of(),
                1,
                Optional.empty(),
                1,
                unread,
                Optional.empty(),
                1,
                "arms/" + arm,
                1);
    }

    /** What the classifiers said of the images with these names. */
    private static StoredPredictions stored(List<String> ofSeed1, boolean validation) {
        return new StoredPredictions() {
            @Override
            public PredictionsFile test(ArmResult arm) {
                double[] said = TESTED.get(arm.name() + " " + arm.seed());
                return file(arm.seed() == 1 ? ofSeed1 : IMAGES, said);
            }

            @Override
            public Optional<PredictionsFile> validation(ArmResult arm) {
                return validation
                        ? Optional.of(file(List.of("v", "w", "x"), VALIDATED.get(arm.seed())))
                        : Optional.empty();
            }
        };
    }

    private static Statistics statistics(StoredPredictions stored) {
        List<ArmResult> arms = Stream.of("none", "dcgan")
                .flatMap(arm -> Stream.of(0L, 1L).map(seed -> result(arm, seed)))
                .toList();
        return Statistics.of(arms, false, 3, stored);
    }

    private static double value(Map<String, Figure> figures, String measure) {
        return figures.get(measure).value();
    }

    @Test
    void itsFiguresAreOfTheMeanProbabilities() {
        Statistics statistics = statistics(stored(IMAGES, true));
        ArmSummary overSeeds = statistics.summaries(List.of(0L, 1L)).get(0);
        assertEquals(0.75, value(overSeeds.measures(), "roc_auc"), 1e-12, "(½ + 1) / 2");
        assertEquals(0.5, value(overSeeds.measures(), "accuracy"), 1e-12, "(⅓ + ⅔) / 2");

        ArmSummary ensemble =
                statistics.ofEnsembles().summaries(List.of(0L, 1L)).get(0);
        assertEquals(List.of(0L, 1L), ensemble.seeds());
        assertEquals(1, value(ensemble.measures(), "roc_auc"), 1e-12);
        assertEquals(1, value(ensemble.measures(), "accuracy"), 1e-12);
        assertEquals((0.16 + 0.2025 + 0.1225) / 3, value(ensemble.measures(), "brier"), 1e-12);
        assertEquals(Optional.empty(), ensemble.measures().get("accuracy").std());
        OnValidation fitted = ensemble.onValidation().orElseThrow();
        assertEquals(1, fitted.thresholds().size());
        assertEquals(0.55, fitted.thresholds().get(0).value(), 1e-12, "not the mean of the seeds' .7 and .3");
        assertEquals(1, fitted.thresholds().get(0).specificity(), 1e-12);
        assertEquals(1, fitted.temperatures().size());
        assertEquals(1, value(fitted.atThreshold(), "sensitivity"), 1e-12);
        assertEquals(1, value(fitted.atThreshold(), "specificity"), 1e-12);
    }

    /** One classifier that says what the ensemble does has the same figures and intervals. */
    @Test
    void itIsComputedAsOneClassifierIs() {
        StoredPredictions means = new StoredPredictions() {
            @Override
            public PredictionsFile test(ArmResult arm) {
                return file(
                        IMAGES,
                        arm.name().equals("none") ? new double[] {0.6, 0.45, 0.35} : new double[] {0.4, 0.5, 0.1});
            }

            @Override
            public Optional<PredictionsFile> validation(ArmResult arm) {
                return Optional.of(file(List.of("v", "w", "x"), new double[] {0.7, 0.4, 0.3}));
            }
        };
        Statistics one = Statistics.of(List.of(result("none", 0), result("dcgan", 0)), false, 3, means);
        Statistics ensembles = statistics(stored(IMAGES, true)).ofEnsembles();
        for (int i = 0; i < 2; i++) {
            ArmSummary expected = one.summaries(List.of(0L)).get(i);
            ArmSummary actual = ensembles.summaries(List.of(0L)).get(i);
            for (String measure : List.of("accuracy", "sensitivity", "specificity", "roc_auc")) {
                assertEquals(
                        Json.line(expected.measures().get(measure)),
                        Json.line(actual.measures().get(measure)),
                        measure);
            }
        }
    }

    @Test
    void itIsComparedWithTheFirstArmsEnsembleAndNothingOfThatIsPlanned() {
        Statistics ensembles = statistics(stored(IMAGES, true)).ofEnsembles();
        List<Comparison> comparisons = ensembles.comparisons();
        Comparison area = find(comparisons, "roc_auc", Optional.empty());
        // .4, .5, .1: the melanoma is above one of two.
        assertEquals(-0.5, area.difference(), 1e-12);
        Comparison accuracy = find(comparisons, "accuracy", Optional.of(OperatingPoint.HALF));
        assertEquals(2.0 / 3 - 1, accuracy.difference(), 1e-12);
        assertEquals(Optional.of("exact McNemar"), accuracy.test());
        assertEquals(Optional.of(1.0), accuracy.pValue(), "one image changed");
        assertEquals(
                -1,
                find(comparisons, "sensitivity", Optional.of(OperatingPoint.VALIDATION))
                        .difference(),
                1e-12,
                ".4 is below .55");
        for (Comparison comparison : comparisons) {
            assertEquals("none", comparison.a());
            assertFalse(comparison.planned(), comparison.metric());
            assertEquals(Optional.empty(), comparison.pHolm());
            assertEquals(Optional.empty(), comparison.overSeeds());
        }
        assertTrue(
                statistics(stored(IMAGES, true)).comparisons().stream().anyMatch(Comparison::planned),
                "those over seeds are");
    }

    private static Comparison find(List<Comparison> all, String metric, Optional<OperatingPoint> point) {
        return all.stream()
                .filter(each ->
                        each.metric().equals(metric) && each.operatingPoint().equals(point))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutAValidationPartItHasNoThreshold() {
        Statistics ensembles = statistics(stored(IMAGES, false)).ofEnsembles();
        assertEquals(
                Optional.empty(), ensembles.summaries(List.of(0L, 1L)).get(0).onValidation());
    }

    @Test
    void eachFoldHasItsOwn() {
        // Seed by seed, fold by fold.
        List<PredictionsFile> tests = List.of(
                file(IMAGES, new double[] {0.5, 0.25, 0.25}),
                file(List.of("n", "c1", "c2"), new double[] {0.125, 0.5, 0.5}),
                file(IMAGES, new double[] {1, 0.75, 0.25}),
                file(List.of("n", "c1", "c2"), new double[] {0.875, 0.5, 0}));
        ArmPredictions ensemble = new ArmPredictions(tests, tests, 2).ensemble();
        assertEquals(1, ensemble.seeds());
        assertEquals(List.of("m", "b1", "b2", "n", "c1", "c2"), ensemble.ids());
        assertArrayEquals(
                new double[] {0.75, 0.5, 0.25, 0.5, 0.5, 0.25},
                ensemble.outcomes().get(0).score(),
                1e-12);
        assertEquals(
                List.of(0.625, 0.375),
                ensemble.thresholds().stream().map(Threshold::value).toList(),
                "of the second fold, one other has as much as the melanoma");
    }

    @Test
    void predictionsOfOtherImagesHaveNoMean() {
        Statistics statistics = statistics(stored(List.of("m", "b2", "b1"), true));
        String message = assertThrows(UnusableInputException.class, statistics::ofEnsembles)
                .getMessage();
        assertTrue(message.contains("of different images or classes"), message);
    }
}
