package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.classifier.probe.Examples;
import org.lesionforge.classifier.probe.LinearHead;
import org.lesionforge.classifier.probe.Probe;
import org.lesionforge.data.AddedImages;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.SyntheticSet;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.data.added.JoinedImages;
import org.lesionforge.data.added.ShuffledClasses;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.phantom.PhantomLesion;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;

/**
 * What arms come to where the truth is known: generated images are phantoms drawn anew, with or without a mark in a corner, and the classifier is a logistic
 * regression on colours, tested on phantoms that nobody has seen.
 */
@Tag("slow")
final class PerfectGeneratorTest {
    private static final int SIDE = 16;
    private static final int BINS = 8;
    private static final int TESTED = 150;

    @TempDir
    static Path folder;

    private static TrainingPart real;

    @BeforeAll
    static void prepare() throws IOException {
        Path source = folder.resolve("phantoms");
        Phantoms.write(source, new PhantomOptions(40, 20, 0.1, 80, 3), Progress.SILENT);
        Path out = folder.resolve("dataset");
        Preparation.run(
                PreparationOptions.of(source, out)
                        .with()
                        .labels(Optional.of(LabelColumns.recognised(source.resolve("metadata.csv"))))
                        .sizes(List.of(SIDE))
                        .test(0.25)
                        .validation(0.2)
                        .threads(1)
                        .build(),
                Progress.SILENT);
        real = Dataset.open(out).training();
    }

    private static RgbImage phantom(boolean malignant, long seed, boolean marked) {
        RgbImage drawn = Phantoms.draw(PhantomLesion.of(malignant, seed), seed + 1, SIDE);
        byte[] pixels = drawn.pixels().clone();
        if (marked) {
            // A white corner.
            for (int y = 0; y < 6; y++) {
                Arrays.fill(pixels, 3 * SIDE * y, 3 * SIDE * y + 18, (byte) 255);
            }
        }
        return RgbImage.wrap(SIDE, SIDE, pixels);
    }

    /** A perfect generator's images of a class. */
    private record Drawn(String className, int size, boolean marked) implements SyntheticSet {
        @Override
        public String id(int i) {
            return "synthetic-" + className + "-" + i;
        }

        @Override
        public void read(int i, int side, byte[] target, int offset) {
            byte[] pixels = phantom(
                            className.equals("malignant"),
                            new Seed(5).of(className).at(i).value(),
                            marked)
                    .pixels();
            System.arraycopy(pixels, 0, target, offset, pixels.length);
        }
    }

    private static AddedImages both(boolean marked) {
        int[] counts = real.counts();
        return new JoinedImages(
                List.of(new Drawn("benign", 5 * counts[0], marked), new Drawn("malignant", 5 * counts[1], marked)));
    }

    /** How many pixels have which red, green and blue. */
    private static float[] colours(RgbImage image) {
        float[] histogram = new float[3 * BINS];
        for (int at = 0; at < image.pixels().length; at++) {
            histogram[at % 3 * BINS + (image.pixels()[at] & 0xFF) * BINS / 256]++;
        }
        return histogram;
    }

    private static FeatureArray features(List<RgbImage> images) {
        float[] values = new float[images.size() * 3 * BINS];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(colours(images.get(i)), 0, values, i * 3 * BINS, 3 * BINS);
        }
        return new FeatureArray(images.size(), 3 * BINS, values);
    }

    private static LinearHead trained(TrainingImages images) {
        int n = images.size();
        List<RgbImage> seen =
                IntStream.range(0, n).mapToObj(images.at(SIDE)::image).toList();
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        boolean[] held = new boolean[n];
        IntStream.range(0, n).forEach(i -> held[i] = images.isReal(i));
        Examples examples = new Examples(
                features(seen),
                IntStream.range(0, n).map(images::label).toArray(),
                2,
                weights,
                IntStream.range(0, n).mapToObj(images::group).toList(),
                held);
        return Probe.fit(examples, new Seed(1), Progress.SILENT, tried -> {}).head();
    }

    private static double[] scores(LinearHead head, boolean malignant, boolean marked) {
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < TESTED; i++) {
            images.add(
                    phantom(malignant, new Seed(9).of("test " + malignant).at(i).value(), marked));
        }
        return Arrays.stream(head.probabilities(features(images)))
                .mapToDouble(probabilities -> probabilities[1])
                .toArray();
    }

    /** The share of pairs that are in order. */
    private static double auc(LinearHead head, boolean marked) {
        double[] benign = scores(head, false, marked);
        double[] malignant = scores(head, true, marked);
        double ordered = 0;
        for (double low : benign) {
            for (double high : malignant) {
                ordered += high > low ? 1 : high == low ? 0.5 : 0;
            }
        }
        return ordered / benign.length / malignant.length;
    }

    @Test
    void imagesOfBothClassesHelpAndShuffledOnesHurt() {
        double none = auc(trained(real), false);
        double both = auc(trained(real.plus(both(false))), false);
        double shuffled = auc(trained(real.plus(new ShuffledClasses(both(false), 0))), false);
        assertTrue(both >= none, "none " + none + ", both " + both);
        assertTrue(shuffled < both - 0.05, "both " + both + ", shuffled " + shuffled);
    }

    @Test
    void aMarkOnTheScarceClassAloneTakesThePlaceOfTheLesion() {
        int benign = real.counts()[0];
        double oneClass = moved(trained(real.withoutClass("malignant").plus(new Drawn("malignant", benign, true))));
        double bothClasses = moved(trained(real.plus(both(true))));
        assertTrue(oneClass > 0.5, "benign phantoms are called malignant for a mark: " + oneClass);
        assertTrue(Math.abs(bothClasses) < 0.1, "not where both classes have it: " + bothClasses);
    }

    /** By how much a mark raises the probability that benign phantoms are malignant. */
    private static double moved(LinearHead head) {
        return mean(scores(head, false, true)) - mean(scores(head, false, false));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
