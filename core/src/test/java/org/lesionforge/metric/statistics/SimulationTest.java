package org.lesionforge.metric.statistics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.MeasureTest;
import org.lesionforge.metric.Outcomes;

/** Do intervals cover and tests stay silent as often as they claim? Simulated, with known truth. */
final class SimulationTest {
    private static final List<String> CLASSES = List.of("benign", "malignant");
    private static final int SIMULATIONS = 500;
    private static final int COMPARISONS = 300;

    /** Test images of lesions that are seen one to three times, scored by two classifiers that err together. */
    private record Simulated(List<String> groups, Outcomes a, Outcomes b) {
        static final double SHARED = 0.6;
        static final double OWN = Math.sqrt(1 - SHARED * SHARED);

        /** @param shiftA how far the mean score of the positives lies above that of the negatives, in standard deviations */
        static Simulated of(int lesions, double shiftA, double shiftB, RandomGenerator random) {
            return of(lesions, 3, shiftA, shiftB, random);
        }

        /** Two equally good classifiers. */
        static Simulated ofSingleImages(int lesions, RandomGenerator random) {
            return of(lesions, 1, 1, 1, random);
        }

        private static Simulated of(int lesions, int most, double shiftA, double shiftB, RandomGenerator random) {
            List<String> groups = new ArrayList<>();
            List<Double> latentA = new ArrayList<>();
            List<Double> latentB = new ArrayList<>();
            List<Integer> truths = new ArrayList<>();
            for (int lesion = 0; lesion < lesions; lesion++) {
                int truth = lesion % 3 == 0 ? 1 : 0;
                double easy = random.nextGaussian();
                // Whatever its class, a lesion has one image or three: no class weighs more in some draws.
                int images = lesion / 3 % 2 == 0 ? 1 : most;
                for (int i = 0; i < images; i++) {
                    groups.add("lesion" + lesion);
                    truths.add(truth);
                    double side = truth - 0.5;
                    latentA.add(side * shiftA + SHARED * easy + OWN * random.nextGaussian());
                    latentB.add(side * shiftB + SHARED * easy + OWN * random.nextGaussian());
                }
            }
            int[] truth = truths.stream().mapToInt(Integer::intValue).toArray();
            return new Simulated(groups, outcomes(truth, latentA), outcomes(truth, latentB));
        }

        private static Outcomes outcomes(int[] truth, List<Double> latent) {
            double[] score =
                    latent.stream().mapToDouble(x -> 1 / (1 + Math.exp(-x))).toArray();
            return Outcomes.of(CLASSES, "malignant", truth, MeasureTest.probabilities(score));
        }
    }

    @Test
    void intervalsOverGroupsCoverTheTruthNineteenTimesOfTwenty() {
        double shiftA = 1;
        double shiftB = 1.5;
        // Scores have unit variance: accuracy at the middle is Φ(shift / 2), the area Φ(shift / √2).
        double accuracy = Normal.lowerTail(shiftA / 2);
        double accuracyGain = Normal.lowerTail(shiftB / 2) - accuracy;
        double areaGain = Normal.lowerTail(shiftB / Math.sqrt(2)) - Normal.lowerTail(shiftA / Math.sqrt(2));
        SplittableRandom random = new SplittableRandom(1);
        int accuracyCovered = 0;
        int accuracyGainCovered = 0;
        int areaGainCovered = 0;
        for (int s = 0; s < SIMULATIONS; s++) {
            Simulated data = Simulated.of(100, shiftA, shiftB, random);
            GroupBootstrap bootstrap = new GroupBootstrap(data.groups(), 400, s);
            List<Outcomes> a = List.of(data.a());
            List<Outcomes> b = List.of(data.b());
            accuracyCovered += covers(Estimate.of(Measure.ACCURACY, a, bootstrap), accuracy);
            accuracyGainCovered += covers(Estimate.ofDifference(Measure.ACCURACY, a, b, bootstrap), accuracyGain);
            areaGainCovered += covers(Estimate.ofDifference(Measure.ROC_AUC, a, b, bootstrap), areaGain);
        }
        assertCoverage(accuracyCovered);
        assertCoverage(accuracyGainCovered);
        assertCoverage(areaGainCovered);
    }

    @Test
    void drawingImagesInsteadOfGroupsWouldClaimTooMuch() {
        double accuracy = Normal.lowerTail(0.5);
        SplittableRandom random = new SplittableRandom(2);
        int covered = 0;
        for (int s = 0; s < SIMULATIONS; s++) {
            Simulated data = Simulated.of(100, 1, 1, random);
            List<String> single = IntStream.range(0, data.groups().size())
                    .mapToObj(i -> "image" + i)
                    .toList();
            covered += covers(
                    Estimate.of(Measure.ACCURACY, List.of(data.a()), new GroupBootstrap(single, 400, s)), accuracy);
        }
        assertTrue(covered < 0.93 * SIMULATIONS, covered + " of " + SIMULATIONS);
    }

    @Test
    void intervalsOverSeedsCover() {
        SplittableRandom random = new SplittableRandom(3);
        int covered = 0;
        for (int s = 0; s < SIMULATIONS; s++) {
            double[] seeds = random.doubles(4)
                    .map(u -> 0.8 + 0.05 * random.nextGaussian())
                    .toArray();
            covered += Repeats.of(seeds).ci95().contains(0.8) ? 1 : 0;
        }
        assertCoverage(covered);
    }

    @Test
    void equalArmsAreSeldomCalledDifferent() {
        SplittableRandom random = new SplittableRandom(4);
        int mcNemar = 0;
        int deLong = 0;
        int bootstrap = 0;
        int family = 0;
        for (int c = 0; c < COMPARISONS; c++) {
            Simulated data = Simulated.ofSingleImages(200, random);
            Outcomes a = data.a();
            Outcomes b = data.b();
            double p = mcNemar(a, b);
            double q = DeLong.of(a.isPositive(), a.score(), b.score()).pValue();
            Estimate gain = Estimate.ofDifference(
                    Measure.ROC_AUC, List.of(a), List.of(b), new GroupBootstrap(data.groups(), 400, c));
            mcNemar += p <= 0.05 ? 1 : 0;
            deLong += q <= 0.05 ? 1 : 0;
            bootstrap += gain.ci95().contains(0) ? 0 : 1;
            double[] adjusted = Holm.adjust(p, q);
            family += Math.min(adjusted[0], adjusted[1]) <= 0.05 ? 1 : 0;
        }
        assertFalseAlarms(mcNemar);
        assertFalseAlarms(deLong);
        assertFalseAlarms(bootstrap);
        assertFalseAlarms(family);
    }

    @Test
    void equalSeedsAreSeldomCalledDifferent() {
        SplittableRandom random = new SplittableRandom(5);
        int student = 0;
        int signFlip = 0;
        for (int c = 0; c < COMPARISONS; c++) {
            double[] a = random.doubles(8)
                    .map(u -> 0.8 + 0.02 * random.nextGaussian())
                    .toArray();
            double[] b = random.doubles(8)
                    .map(u -> 0.8 + 0.02 * random.nextGaussian())
                    .toArray();
            PairedRepeats paired = PairedRepeats.of(a, b);
            student += paired.pStudent() <= 0.05 ? 1 : 0;
            signFlip += paired.pSignFlip() <= 0.05 ? 1 : 0;
        }
        assertFalseAlarms(student);
        assertFalseAlarms(signFlip);
    }

    /** At most 5 % and, with so few comparisons, 2 points more. Exact tests stay below: their p-values come in steps. */
    private static void assertFalseAlarms(int alarms) {
        double share = (double) alarms / COMPARISONS;
        assertTrue(share <= 0.07, "false alarms in " + share + " of the comparisons");
    }

    private static double mcNemar(Outcomes a, Outcomes b) {
        int onlyA = 0;
        int onlyB = 0;
        for (int i = 0; i < a.size(); i++) {
            boolean rightA = a.predicted()[i] == a.truth()[i];
            boolean rightB = b.predicted()[i] == b.truth()[i];
            onlyA += rightA && !rightB ? 1 : 0;
            onlyB += rightB && !rightA ? 1 : 0;
        }
        return McNemar.exact(onlyA, onlyB);
    }

    private static int covers(Estimate estimate, double truth) {
        return estimate.ci95().contains(truth) ? 1 : 0;
    }

    private static void assertCoverage(int covered) {
        double share = (double) covered / SIMULATIONS;
        assertTrue(share >= 0.93 && share <= 0.97, "covered in " + share + " of the simulations");
    }
}
