package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lesionforge.data.ImageSet;
import org.lesionforge.image.Images;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.statistics.Normal;

/** On normal vectors, where the best possible area is known, and on images with a planted mark. */
final class DetectabilityTest {
    private static final int D = 8;

    private static Sample normal(int n, double shift, long seed, int perGroup) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[n * D];
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < D; j++) {
                values[i * D + j] = (float) (random.nextGaussian() + (j == 0 ? shift : 0));
            }
            groups.add(seed + "-" + i / perGroup);
        }
        return new Sample(new FeatureArray(n, D, values), groups);
    }

    /** Two normals a distance δ apart: no score reaches more than Φ(δ/√2). */
    @Test
    void theAreaIsThatOfTheBestRuleOnShiftedNormals() {
        Detectability found = Detectability.of(normal(400, 0, 1, 1), normal(500, 1.5, 2, 1), new Seed(3))
                .orElseThrow();
        assertEquals(1 - Normal.lowerTail(-1.5 / Math.sqrt(2)), found.auc(), 0.04);
        assertTrue(found.ci95().contains(found.auc()));
        assertEquals(400, found.images(), "equally many");
        assertEquals(5, found.folds());
    }

    /** Sixty pairs of equal distributions: the interval holds 0.5 in about 57 of them. With the fits taken as given it would in 50. */
    @Test
    void nothingIsFoundWhereThereIsNothing() {
        int holds = 0;
        double mean = 0;
        for (int k = 0; k < 60; k++) {
            Detectability found = Detectability.of(
                            normal(100, 0, 2L * k, 1), normal(100, 0, 2L * k + 1, 1), new Seed(k))
                    .orElseThrow();
            holds += found.ci95().contains(0.5) ? 1 : 0;
            mean += found.auc() / 60;
        }
        assertTrue(holds >= 55, holds + " of 60");
        assertEquals(0.5, mean, 0.02);
    }

    /** Ten copies of each of 30 vectors at random: by groups there is nothing to learn, image by image they would be known again. */
    @Test
    void imagesOfOneLesionAreHeldOutTogether() {
        SplittableRandom random = new SplittableRandom(4);
        List<Sample> sides = new ArrayList<>();
        for (String side : List.of("a", "b")) {
            float[] values = new float[300 * 40];
            List<String> groups = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                groups.add(side + i / 10);
                for (int j = 0; j < 40; j++) {
                    values[i * 40 + j] = i % 10 == 0 ? (float) random.nextGaussian() : values[(i - i % 10) * 40 + j];
                }
            }
            sides.add(new Sample(new FeatureArray(300, 40, values), groups));
        }
        Detectability grouped =
                Detectability.of(sides.get(0), sides.get(1), new Seed(1)).orElseThrow();
        assertTrue(grouped.ci95().contains(0.5), "auc " + grouped.auc() + " " + grouped.ci95());
        List<String> own = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            own.add("image " + i);
        }
        Detectability leaking = Detectability.of(
                        new Sample(sides.get(0).features(), own),
                        new Sample(sides.get(1).features(), own),
                        new Seed(1))
                .orElseThrow();
        assertTrue(leaking.auc() > 0.95, "auc " + leaking.auc());
    }

    @Test
    void tooFewGroupsAreUndefined() {
        assertEquals(Optional.empty(), Detectability.of(normal(9, 0, 1, 1), normal(50, 0, 2, 1), new Seed(1)));
        assertEquals(Optional.empty(), Detectability.of(normal(90, 0, 1, 10), normal(90, 0, 2, 1), new Seed(1)));
        assertTrue(
                Detectability.tooFew(normal(90, 0, 1, 10), normal(90, 0, 2, 1)).contains("9 groups of 90 images"));
    }

    /** Blocks of 4 pixels in images of 64 against the same in images of 16: raw the size gives them away, at 16 pixels nothing does. */
    @Test
    void matchingTakesTheResolutionAway() {
        Measurement measurement = new Measurement("fd-16[toy]", "");
        ImageSet reals = noise(60, 64, 16, 1);
        ImageSet fakes = noise(60, 16, 16, 2);
        TwoSampleMeasures.of(measurement, Optional.of(reals), detail(reals), Optional.of(fakes), detail(fakes), 0)
                .add(EnumSet.of(MetricGroup.DETECTABILITY, MetricGroup.SPECTRUM), DetectabilityTest::detail);
        Metric raw = measurement.metrics().get("detectability");
        Metric matched = measurement.metrics().get("detectability_matched");
        assertEquals(1, raw.value(), 1e-9);
        assertTrue(matched.ci95() != null && matched.ci95().contains(0.5), matched.toString());
        assertTrue(matched.recipe().contains("16×16 and JPEG"), matched.recipe());
        assertTrue(measurement.metrics().get("detectability_control").ci95().contains(0.5));
        assertFalse(measurement.findings().stream().anyMatch(text -> text.contains("0.5")));
        assertEquals(16, measurement.spectrum().orElseThrow().side());
    }

    /** Colours of blocks at random, {@code side} / {@code blocks} pixels each. */
    private static ImageSet noise(int n, int side, int blocks, long seed) {
        return new ImageSet() {
            @Override
            public String id(int i) {
                return seed + "-" + i;
            }

            @Override
            public int size() {
                return n;
            }

            @Override
            public int width(int i) {
                return side;
            }

            @Override
            public int height(int i) {
                return side;
            }

            @Override
            public void read(int i, byte[] target, int offset) {
                SplittableRandom random = new SplittableRandom(1000 * seed + i);
                int[] values = random.ints((long) blocks * blocks, 60, 196).toArray();
                for (int k = 0; k < side * side; k++) {
                    int block = k / side * blocks / side * blocks + k % side * blocks / side;
                    byte value = (byte) values[block];
                    target[offset + 3 * k] = value;
                    target[offset + 3 * k + 1] = value;
                    target[offset + 3 * k + 2] = value;
                }
            }
        };
    }

    /** A network that sees the side and two pixels. */
    private static Features detail(Images images) {
        float[] values = new float[3 * images.size()];
        for (int i = 0; i < images.size(); i++) {
            RgbImage image = images.image(i);
            values[3 * i] = (float) Math.log(image.width());
            int middle = image.width() / 2;
            values[3 * i + 1] = image.value(middle, middle, 0);
            values[3 * i + 2] = image.value(1, middle, 0);
        }
        return new FeatureArray(images.size(), 3, values);
    }
}
