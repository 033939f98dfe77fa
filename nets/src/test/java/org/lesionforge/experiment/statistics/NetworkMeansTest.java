package org.lesionforge.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.run.Comparison;
import org.lesionforge.run.OverNetworks;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results.ArmResult;

/**
 * Ten melanomas and ten others. A classifier that "finds k" gives the first k melanomas .9 and the rest .1, below the .3 of every other image: its ROC AUC and
 * its sensitivity are k / 10, its specificity is 1.
 */
final class NetworkMeansTest {
    private static final List<String> CLASSES = List.of("benign", "malignant");
    private static final int EACH = 10;

    /** How many melanomas each network finds, arm by arm and seed by seed. */
    private static final Map<String, int[]> FOUND = Map.of(
            "rising none", new int[] {3, 4},
            "rising dcgan", new int[] {9, 6},
            "falling none", new int[] {9, 6},
            "falling dcgan", new int[] {3, 4},
            "still none", new int[] {5, 5},
            "still dcgan", new int[] {5, 5});

    private static PredictionsFile finds(int k) {
        List<String> ids =
                IntStream.range(0, 2 * EACH).mapToObj(i -> "image" + i).toList();
        int[] truth = new int[2 * EACH];
        double[][] probabilities = new double[2 * EACH][];
        for (int i = 0; i < 2 * EACH; i++) {
            truth[i] = i < EACH ? 1 : 0;
            double p = i < k ? 0.9 : i < EACH ? 0.1 : 0.3;
            probabilities[i] = new double[] {1 - p, p};
        }
        return new PredictionsFile(CLASSES, "malignant", ids, ids, truth, probabilities);
    }

    private static Statistics statistics(boolean resplit, int seeds, String... networks) {
        List<ArmResult> results = Stream.of(networks)
                .flatMap(network -> Stream.of("none", "dcgan").flatMap(arm -> IntStream.range(0, seeds)
                        .mapToObj(seed -> EnsembleTest.result(arm, network, seed))))
                .toList();
        return Statistics.of(results, resplit, 3, new StoredPredictions() {
            @Override
            public PredictionsFile test(ArmResult arm) {
                return finds(FOUND.get(arm.classifier() + " " + arm.name())[(int) arm.seed()]);
            }

            /** The threshold is between .3 and .9. */
            @Override
            public Optional<PredictionsFile> validation(ArmResult arm) {
                return Optional.of(finds(EACH));
            }
        });
    }

    private static OverNetworks find(Statistics statistics, String metric, Optional<OperatingPoint> point) {
        return statistics.overNetworks(statistics.comparisons()).stream()
                .filter(each ->
                        each.metric().equals(metric) && each.operatingPoint().equals(point))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void gainsAndLossesAreCountedAndTheMeanIsOfAllNetworks() {
        Statistics statistics = statistics(false, 1, "rising", "still", "falling");
        for (OverNetworks over : List.of(
                find(statistics, "roc_auc", Optional.empty()),
                find(statistics, "sensitivity", Optional.of(OperatingPoint.HALF)),
                find(statistics, "sensitivity", Optional.of(OperatingPoint.VALIDATION)))) {
            assertEquals("none", over.a());
            assertEquals("dcgan", over.b());
            assertEquals(List.of("rising", "still", "falling"), over.networks());
            assertEquals(List.of("rising"), over.gains(), over.metric());
            assertEquals(List.of("falling"), over.losses(), over.metric());
            assertEquals(0, over.difference(), 1e-12, "(.6 + 0 − .6) / 3");
            // What one gains the other loses on every draw: drawn apart for each network, the interval would be wide.
            assertEquals(0, over.ci95().low(), 1e-12);
            assertEquals(0, over.ci95().high(), 1e-12);
        }
        OverNetworks specificity = find(statistics, "specificity", Optional.of(OperatingPoint.HALF));
        assertEquals(List.of(), specificity.gains());
        assertEquals(List.of(), specificity.losses(), "an interval from 0 to 0 is not below it");
        assertEquals(
                List.of("accuracy", "sensitivity", "specificity", "roc_auc", "sensitivity", "specificity"),
                statistics.overNetworks(statistics.comparisons()).stream()
                        .map(OverNetworks::metric)
                        .toList(),
                "what is tested");
    }

    @Test
    void aNetworkThatStandsStillHalvesTheIntervalOfOneThatGains() {
        Statistics both = statistics(false, 2, "rising", "still");
        Comparison alone = both.comparisons().stream()
                .filter(each -> each.metric().equals("roc_auc"))
                .findFirst()
                .orElseThrow();
        assertEquals((0.6 + 0.2) / 2, alone.difference(), 1e-12, "over two seeds");
        OverNetworks over = find(both, "roc_auc", Optional.empty());
        assertEquals(0.2, over.difference(), 1e-12);
        assertEquals(alone.ci95().low() / 2, over.ci95().low(), 1e-12);
        assertEquals(alone.ci95().high() / 2, over.ci95().high(), 1e-12);
        assertTrue(over.ci95().low() > 0);
    }

    /** Means over networks of .3 and .1: their deviation is .1·√2, so that the interval is .2 ± 12.706 · .1. */
    @Test
    void whereEachSeedHasItsOwnSplitTheIntervalIsOverSplits() {
        OverNetworks over = find(statistics(true, 2, "rising", "still"), "roc_auc", Optional.empty());
        assertEquals(0.2, over.difference(), 1e-12);
        assertEquals(0.2 - 1.2706, over.ci95().low(), 1e-4);
        assertEquals(0.2 + 1.2706, over.ci95().high(), 1e-4);
    }

    @Test
    void allNetworksTestsAreAdjustedTogether() {
        List<Comparison> planned = statistics(false, 1, "rising", "still", "falling").comparisons().stream()
                .filter(Comparison::planned)
                .toList();
        assertEquals(9, planned.size(), "three networks, of each ROC AUC and two shares at the validation threshold");
        double least = planned.stream()
                .mapToDouble(each -> each.pValue().orElseThrow())
                .min()
                .orElseThrow();
        double adjusted = planned.stream()
                .mapToDouble(each -> each.pHolm().orElseThrow())
                .min()
                .orElseThrow();
        assertEquals(9 * least, adjusted, 1e-12);
    }

    @Test
    void ofOneNetworkThereIsNone() {
        Statistics one = statistics(false, 1, "rising");
        assertEquals(List.of(), one.overNetworks(one.comparisons()));
    }
}
