package org.lesionforge.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.image.RgbImage;

class PhantomsTest {
    @Test
    void pixelsDependOnTheSeedsAlone() {
        byte[] first = Phantoms.draw(PhantomLesion.of(true, 3), 8, 64).pixels();
        Phantoms.draw(PhantomLesion.of(false, 4), 9, 100);

        assertArrayEquals(first, Phantoms.draw(PhantomLesion.of(true, 3), 8, 64).pixels());
        assertFalse(Arrays.equals(
                first, Phantoms.draw(PhantomLesion.of(true, 3), 9, 64).pixels()));
    }

    /** Published results name seeds: a change of the pictures must be meant, noted in the change log, and this sum replaced. */
    @Test
    void pixelsAreTheSameOnEveryMachine() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int seed = 0; seed < 12; seed++) {
            digest.update(Phantoms.draw(PhantomLesion.of(seed % 2 == 1, seed), seed, 64)
                    .pixels());
        }
        assertEquals(
                "dbb513d9c806a4f47fee3a90722b6de584c7fa2f100e7eab05e13d0254b83150",
                HexFormat.of().formatHex(digest.digest()));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 75, 128, 299})
    void anySizeShowsTheSame(int size) {
        PhantomLesion lesion = PhantomLesion.of(true, 21);
        RgbImage image = Phantoms.draw(lesion, 5, size);
        RgbImage other = Phantoms.draw(lesion, 5, 256);

        assertEquals(size, image.width());
        assertEquals(size, image.height());
        for (int block = 0; block < 16; block++) {
            for (int channel = 0; channel < 3; channel++) {
                assertEquals(mean(other, block, channel), mean(image, block, channel), 6, "block " + block);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 4097})
    void sizesOutOfRangeAreRefused(int size) {
        PhantomLesion lesion = PhantomLesion.of(true, 1);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Phantoms.draw(lesion, 1, size))
                .getMessage()
                .endsWith("got " + size));
    }

    @Test
    void photographsOfOneLesionAreMoreAlikeThanLesions() {
        int lesions = 40;
        double same = 0;
        double different = 0;
        for (int i = 0; i < lesions; i++) {
            PhantomLesion lesion = PhantomLesion.of(i % 2 == 0, i);
            PhantomLesion other = PhantomLesion.of(i % 2 == 0, lesions + i);
            double[] seen = coarse(Phantoms.draw(lesion, 3L * i, 64));
            same += distance(seen, coarse(Phantoms.draw(lesion, 3L * i + 1, 64)));
            different += distance(seen, coarse(Phantoms.draw(other, 3L * i + 2, 64)));
        }
        assertTrue(same < 0.75 * different, "same lesion " + same / lesions + ", other " + different / lesions);
    }

    @Test
    void artefactsAreAsFrequentInBothClasses() {
        int lesions = 3000;
        List<Phantoms.Shot> shots = Phantoms.shots(new PhantomOptions(lesions, lesions, 0, 64, 1));
        List<Photograph> benign = photographs(shots.subList(0, lesions));
        List<Photograph> malignant = photographs(shots.subList(lesions, 2 * lesions));

        assertFrequency(0.42, benign, malignant, photograph -> photograph.hairs() > 0);
        assertFrequency(0.12, benign, malignant, photograph -> photograph.hairs() > 5);
        assertFrequency(0.20, benign, malignant, photograph -> photograph.bubbles() > 0);
        assertFrequency(0.18, benign, malignant, photograph -> photograph.ringRadius() > 0);
        assertFrequency(0.16, benign, malignant, Photograph::ruler);
        assertFrequency(
                0.50,
                benign,
                malignant,
                photograph -> photograph.gain()[0] > photograph.gain()[2]);
    }

    @Test
    void lesionsAreInTheMiddleAndCornersTellNothing() {
        int count = 150;
        List<RgbImage> benign = draw(false, count);
        List<RgbImage> malignant = draw(true, count);

        for (List<RgbImage> images : List.of(benign, malignant)) {
            long darkMiddle = images.stream()
                    .filter(image -> brightness(image, 24, 40, 24, 40) < brightness(image, 2, 62, 8, 12))
                    .count();
            assertTrue(darkMiddle > 0.85 * count, darkMiddle + " of " + count);
        }
        ToDoubleFunction<RgbImage> corner = image -> brightness(image, 0, 6, 0, 6);
        assertTrue(Math.abs(effect(benign, malignant, corner)) < 0.3, "corners");
        ToDoubleFunction<RgbImage> darkArea = PhantomsTest::lesionArea;
        assertTrue(effect(benign, malignant, darkArea) > 0.4, "area");
        assertTrue(effect(benign, malignant, darkArea) < 2, "area");
    }

    private static List<RgbImage> draw(boolean malignant, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Phantoms.draw(PhantomLesion.of(malignant, i), malignant ? i : 5000 + i, 64))
                .toList();
    }

    private static List<Photograph> photographs(List<Phantoms.Shot> shots) {
        return shots.stream().map(shot -> Photograph.of(shot.seed())).toList();
    }

    /** Within four standard errors of {@code expected} in each class. */
    private static void assertFrequency(
            double expected, List<Photograph> benign, List<Photograph> malignant, Predicate<Photograph> artefact) {
        double tolerance = 4 * Math.sqrt(expected * (1 - expected) / benign.size());
        for (List<Photograph> photographs : List.of(benign, malignant)) {
            double share = photographs.stream().filter(artefact).count() / (double) photographs.size();
            assertEquals(expected, share, tolerance);
        }
    }

    /** Difference of the means in standard deviations (Cohen's d). */
    private static double effect(List<RgbImage> benign, List<RgbImage> malignant, ToDoubleFunction<RgbImage> feature) {
        double[] b = benign.stream().mapToDouble(feature).toArray();
        double[] m = malignant.stream().mapToDouble(feature).toArray();
        return (mean(m) - mean(b)) / Math.sqrt((variance(b) + variance(m)) / 2);
    }

    private static double mean(double[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum() / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return IntStream.range(0, values.length)
                        .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                        .sum()
                / (values.length - 1);
    }

    /** Share of the inner pixels that are much darker in green than the skin around. */
    private static double lesionArea(RgbImage image) {
        double skin = brightness(image, 6, 58, 6, 10);
        int dark = 0;
        for (int y = 8; y < 56; y++) {
            for (int x = 8; x < 56; x++) {
                dark += image.value(x, y, 1) < 0.8 * skin ? 1 : 0;
            }
        }
        return dark / (48.0 * 48);
    }

    private static double brightness(RgbImage image, int left, int right, int top, int bottom) {
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += image.value(x, y, 1);
            }
        }
        return sum / ((right - left) * (bottom - top));
    }

    private static double mean(RgbImage image, int block, int channel) {
        double sum = 0;
        double weight = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double share = overlap(x, block % 4, image.width()) * overlap(y, block / 4, image.height());
                sum += share * image.value(x, y, channel);
                weight += share;
            }
        }
        return sum / weight;
    }

    /** How much of pixel {@code position} of {@code size} lies in {@code quarter}. */
    private static double overlap(int position, int quarter, int size) {
        double from = Math.max(position, quarter * size / 4.0);
        double to = Math.min(position + 1, (quarter + 1) * size / 4.0);
        return Math.max(0, to - from);
    }

    private static double[] coarse(RgbImage image) {
        List<Double> means = new ArrayList<>();
        for (int block = 0; block < 16; block++) {
            for (int channel = 0; channel < 3; channel++) {
                means.add(mean(image, block, channel));
            }
        }
        return means.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double distance(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                        .mapToDouble(i -> Math.abs(a[i] - b[i]))
                        .sum()
                / a.length;
    }
}
