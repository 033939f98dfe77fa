package org.lesionforge.metric.fidelity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.Samples;
import org.lesionforge.metric.statistics.MannWhitney;
import org.lesionforge.metric.statistics.Normal;

/** Precision, recall, density, coverage and memorisation against a slow reading of their definitions, and toys with known answers. */
final class NeighbourMeasuresTest {
    private static final Features REAL = Samples.normal(83, 7, 0, 1, 1);
    private static final Features FAKE = Samples.normal(61, 7, 0.4, 0.9, 2);

    @Test
    void precisionAndRecallAreWhatTheirDefinitionSays() {
        PrecisionRecall measured = PrecisionRecall.of(REAL, FAKE, 3);
        assertEquals(inside(FAKE, REAL, 3), measured.precision());
        assertEquals(inside(REAL, FAKE, 3), measured.recall());
        assertTrue(measured.precision() > 0.2 && measured.precision() < 1, "the sample tells something");
        assertTrue(measured.recall() > 0.2 && measured.recall() < 1, "the sample tells something");
    }

    @Test
    void densityAndCoverageAreWhatTheirDefinitionSays() {
        double inBalls = 0;
        double covered = 0;
        for (int i = 0; i < REAL.count(); i++) {
            int fakes = 0;
            for (int j = 0; j < FAKE.count(); j++) {
                fakes += distance(FAKE, j, REAL, i) < radius(REAL, i, 5) ? 1 : 0;
            }
            inBalls += fakes;
            covered += fakes > 0 ? 1 : 0;
        }
        DensityCoverage measured = DensityCoverage.of(REAL, FAKE, 5);
        assertEquals(inBalls / (5.0 * FAKE.count()), measured.density(), 1e-12);
        assertEquals(covered / REAL.count(), measured.coverage(), 1e-12);
    }

    @Test
    void theClosestAreThoseOfTheSmallestDistances() {
        NearestNeighbours found = new NearestNeighbours(new int[] {4, 1, 1, 0, 2}, new double[] {3, 0.5, 2, 0, 7});
        assertArrayEquals(new int[] {3, 1, 2}, found.closest(3));
        assertArrayEquals(new int[] {3, 1, 2, 0, 4}, found.closest(9));
    }

    /** Fakes that all sit at one of two real clusters: every fake is plausible, half the reals have no fake like them. */
    @Test
    void modeCollapseIsHighPrecisionAndLowRecall() {
        Features real = concat(Samples.normal(50, 4, 0, 1, 3), Samples.normal(50, 4, 100, 1, 4));
        Features fake = Samples.normal(100, 4, 0, 0.5, 5);
        PrecisionRecall collapsed = PrecisionRecall.of(real, fake, 3);
        assertTrue(collapsed.precision() > 0.95, collapsed.toString());
        assertTrue(collapsed.recall() < 0.5, collapsed.toString());
        DensityCoverage coverage = DensityCoverage.of(real, fake, 5);
        assertTrue(coverage.density() > 0.95, coverage.toString());
        assertTrue(coverage.coverage() <= 0.5, coverage.toString());

        PrecisionRecall scattered = PrecisionRecall.of(fake, real, 3);
        assertEquals(collapsed.precision(), scattered.recall());
        assertEquals(collapsed.recall(), scattered.precision());
    }

    @Test
    void equalSetsAreFullyPreciseAndCovered() {
        assertEquals(new PrecisionRecall(1, 1), PrecisionRecall.of(REAL, REAL, 3));
        DensityCoverage same = DensityCoverage.of(REAL, REAL, 5);
        assertEquals(1, same.density(), 1e-12);
        assertEquals(1, same.coverage());
    }

    @Test
    void setsNoLargerThanKAreRefused() {
        Features three = Samples.normal(3, 7, 0, 1, 6);
        String message = assertThrows(IllegalArgumentException.class, () -> PrecisionRecall.of(REAL, three, 3))
                .getMessage();
        assertTrue(message.contains("at least 4 images, got 3"), message);
        assertThrows(IllegalArgumentException.class, () -> DensityCoverage.of(three, FAKE, 5));
        assertThrows(IllegalArgumentException.class, () -> PrecisionRecall.of(REAL, Samples.normal(9, 6, 0, 1, 1), 3));
    }

    @Test
    void nearestNeighboursAreFoundByHand() {
        Features line = new FeatureArray(4, 1, new float[] {0, 10, 13, 30});
        NearestNeighbours among = NearestNeighbours.within(line);
        assertArrayEquals(new int[] {1, 2, 1, 2}, among.index());
        assertArrayEquals(new double[] {10, 3, 3, 17}, among.distance());
        NearestNeighbours of = NearestNeighbours.of(new FeatureArray(2, 1, new float[] {12, -1}), line);
        assertArrayEquals(new int[] {2, 0}, of.index());
        assertArrayEquals(new double[] {1, 1}, of.distance());
    }

    /** Vectors of length 10⁵ that differ by 10⁻²: with ‖a‖² + ‖b‖² − 2aᵀb in float32 the distance would be noise. */
    @Test
    void nearCopiesFarFromTheOriginKeepTheirDistance() {
        Features a = new FeatureArray(1, 2, new float[] {1e5f, 1e5f});
        Features b = new FeatureArray(1, 2, new float[] {1e5f + 0.0078125f, 1e5f});
        assertEquals(0.0078125, NearestNeighbours.of(a, b).distance()[0]);
    }

    /** Training at 0, 10, 13: own neighbours at 10, 3, 3. Of the fakes 1, 10.5 and 18, only the last is farther than that. */
    @Test
    void authenticityByHand() {
        Features training = new FeatureArray(3, 1, new float[] {0, 10, 13});
        Memorisation found = Memorisation.of(
                new FeatureArray(3, 1, new float[] {1, 10.5f, 18}),
                training,
                Optional.of(new FeatureArray(2, 1, new float[] {4, 20})));
        assertArrayEquals(new int[] {0, 1, 2}, found.nearest().index());
        assertArrayEquals(new boolean[] {true, true, false}, found.copied());
        assertEquals(1.0 / 3, found.authenticity(), 1e-12);
        // Fakes at 1, 0.5, 5 from the training images, held-out reals at 4 and 7: one pair in six has the fake farther.
        assertEquals(1, found.againstHeldOut().orElseThrow().u());
    }

    @Test
    void copiesAreTellable() {
        FeatureArray training = Samples.normal(60, 16, 0, 1, 7);
        Features heldOut = Samples.normal(60, 16, 0, 1, 8);
        float[] noisy = training.values().clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += 0.01f * (i % 3);
        }
        Memorisation copies = Memorisation.of(new FeatureArray(60, 16, noisy), training, Optional.of(heldOut));
        assertEquals(0, copies.authenticity());
        assertTrue(copies.againstHeldOut().orElseThrow().pLess() < 1e-15);
        Memorisation honest = Memorisation.of(Samples.normal(60, 16, 0, 1, 9), training, Optional.of(heldOut));
        assertTrue(honest.authenticity() > 0.3);
        assertFalse(honest.againstHeldOut().orElseThrow().pTwoSided() < 0.01);
    }

    /** The formula with ties and continuity correction, worked in Python with math.erfc. */
    @Test
    void rankTestAgreesWithTheReference() {
        MannWhitney test =
                MannWhitney.of(new double[] {1, 2, 2, 3, 5, 1.5, 2, 0.5}, new double[] {2, 4, 5, 6, 3, 7, 2, 8, 9});
        assertEquals(10, test.u());
        assertEquals(10 / 72.0, test.probabilityAbove());
        assertEquals(0.006432218387046496, test.pLess(), 1e-14);
        assertEquals(0.012864436774092993, test.pTwoSided(), 1e-14);
        MannWhitney equal = MannWhitney.of(new double[] {1, 1}, new double[] {1, 1, 1});
        assertEquals(new MannWhitney(3, 0.5, 1, 1), equal);
    }

    @Test
    void normalTailsAgreeWithErfc() {
        double[] z = {0.5, 1.96, 2.9, 3.1, 8, 20};
        double[] tails = {
            0.3085375387259869,
            0.024997895148220435,
            0.0018658133003840384,
            0.0009676032132183562,
            6.220960574271819e-16,
            2.7536241186063314e-89
        };
        for (int i = 0; i < z.length; i++) {
            assertEquals(tails[i], Normal.lowerTail(-z[i]), 1e-11 * tails[i]);
            assertEquals(1 - tails[i], Normal.lowerTail(z[i]), 1e-15);
        }
        assertEquals(0.5, Normal.lowerTail(0));
    }

    @Test
    void aSecondSampleOfTheRealsIsAsFarAsTheFloor() {
        Features real = Samples.normal(400, 6, 0, 1, 10);
        FrechetFloor same = FrechetFloor.of(real, Samples.normal(400, 6, 0, 1, 11), 0);
        assertEquals(200, same.count());
        assertTrue(same.floor() > 0 && same.ratio() > 0.3 && same.ratio() < 3, same.toString());
        FrechetFloor shifted = FrechetFloor.of(real, Samples.normal(90, 6, 1, 1, 12), 0);
        assertEquals(90, shifted.count());
        assertTrue(shifted.ratio() > 10, shifted.toString());
        assertEquals(shifted, FrechetFloor.of(real, Samples.normal(90, 6, 1, 1, 12), 0));
        Features constant = new FeatureArray(8, 2, new float[16]);
        assertTrue(Double.isNaN(FrechetFloor.of(constant, constant, 0).ratio()));
        assertThrows(IllegalArgumentException.class, () -> FrechetFloor.of(Samples.normal(3, 2, 0, 1, 1), real, 0));
    }

    private static double inside(Features points, Features centres, int k) {
        double count = 0;
        for (int i = 0; i < points.count(); i++) {
            boolean found = false;
            for (int j = 0; j < centres.count(); j++) {
                found |= distance(points, i, centres, j) <= radius(centres, j, k);
            }
            count += found ? 1 : 0;
        }
        return count / points.count();
    }

    private static double radius(Features x, int i, int k) {
        double[] distances = new double[x.count()];
        for (int j = 0; j < x.count(); j++) {
            distances[j] = distance(x, i, x, j);
        }
        Arrays.sort(distances); // the first is itself
        return distances[k];
    }

    private static double distance(Features a, int i, Features b, int j) {
        double sum = 0;
        for (int k = 0; k < a.dimensions(); k++) {
            sum += Math.pow((double) a.vector(i)[k] - b.vector(j)[k], 2);
        }
        return Math.sqrt(sum);
    }

    private static Features concat(FeatureArray a, FeatureArray b) {
        float[] values = Arrays.copyOf(a.values(), a.values().length + b.values().length);
        System.arraycopy(b.values(), 0, values, a.values().length, b.values().length);
        return new FeatureArray(a.count() + b.count(), a.dimensions(), values);
    }

    @Test
    void spreadIsTheMeanDistanceOfPairs() {
        // A triangle of sides 3, 4 and 5.
        assertEquals(4, Spread.of(new FeatureArray(3, 2, new float[] {0, 0, 3, 0, 0, 4})), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> Spread.of(new FeatureArray(1, 2, new float[] {0, 0})));
    }
}
