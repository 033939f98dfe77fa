package org.lesionforge.experiment.arm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.image.Images;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.SquareImages;
import org.lesionforge.run.arm.FilteredClass;

/** Exactly the planted wrong images are turned away, by thresholds that were found by hand. */
final class ConfidenceFilterTest {
    private static final int SIDE = 64;
    /** Takes the first pixel's red for the confidence, in hundredths, and green and blue for what it sees. */
    private static final PlantedJudge FIRST_PIXEL = new PlantedJudge(
            image -> channel(image, 0) / 100.0, image -> new float[] {channel(image, 1), channel(image, 2)});

    @TempDir
    Path folder;

    private TrainingPart training;

    @BeforeEach
    void prepare() throws IOException {
        training = SmallDataset.prepare(
                        folder,
                        List.of(
                                "m1,malignant,g1,train",
                                "m2,malignant,g2,train",
                                "b1,benign,g3,train",
                                "m3,malignant,g4,test",
                                "b2,benign,g5,test"))
                .training()
                .ofClass("malignant");
    }

    private static int channel(RgbImage image, int channel) {
        return image.pixels()[channel] & 0xFF;
    }

    private static RgbImage flat(int red, int green, int blue) {
        byte[] pixels = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        return RgbImage.wrap(SIDE, SIDE, pixels);
    }

    private static Images all(List<RgbImage> images) {
        byte[] pixels = new byte[images.size() * 3 * SIDE * SIDE];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i).pixels(), 0, pixels, i * 3 * SIDE * SIDE, 3 * SIDE * SIDE);
        }
        return SquareImages.of(pixels, SIDE);
    }

    /**
     * Centroid (50, 50). Eleven confidences 0.40, 0.42, … 0.60, of which the 0.1 quantile is the second smallest, 0.42; eleven distances
     * 0, 2, … 20 along one axis, over √2, of which the 0.9 quantile is the second largest, 18 / √2.
     */
    private ConfidenceFilter filter() {
        Images centre = all(List.of(flat(0, 40, 50), flat(0, 60, 50)));
        Images validation = all(IntStream.rangeClosed(0, 10)
                .mapToObj(i -> flat(60 - 2 * i, i % 2 == 0 ? 50 + 2 * i : 50 - 2 * i, 50))
                .toList());
        return new ConfidenceFilter(
                FIRST_PIXEL,
                centre,
                validation,
                all(List.of()),
                new MemorisationGate(training, MemorisationGate.USUAL_SIMILARITY));
    }

    @Test
    void exactlyTheWrongImagesAreTurnedAway() throws IOException {
        ConfidenceFilter filter = filter();
        RgbImage copy = training.at(16).image(1);
        assertArrayEquals(new boolean[] {false}, filter.admits(List.of(copy)), "a near-copy, whatever else");
        List<RgbImage> drawn = List.of(
                flat(42, 50, 68), // on both thresholds
                flat(41, 50, 50), // less likely than nine in ten
                flat(99, 50, 69), // farther than nine in ten
                flat(41, 50, 69), // both: counted under the first
                flat(99, 62, 62), // 12 along both axes: a distance of 12
                flat(99, 63, 63)); // of 13, where 18 / √2 is 12.73
        assertArrayEquals(new boolean[] {true, false, false, false, true, false}, filter.admits(drawn));
        assertEquals(
                new FilteredClass("malignant", 7, 2, 1, 2, 2, 0.42, 18 / Math.sqrt(2)), filter.result("malignant", 7));
        assertEquals(
                new FilteredClass("malignant", 3, 1, 1, 1, 0, 0.42, 18 / Math.sqrt(2)), filter.result("malignant", 3));

        filter.writeCsv(folder.resolve("filter.csv"), 7);
        List<String> lines = Files.readAllLines(folder.resolve("filter.csv"));
        assertEquals("index,confidence,distance,verdict", lines.get(0));
        assertTrue(lines.get(1).endsWith(",near_copy"), lines.get(1));
        // 18 / √2 = 12.727922, 19 / √2 = 13.435029.
        assertEquals(
                List.of(
                        "1,0.420000,12.727922,kept",
                        "2,0.410000,0.000000,below_confidence",
                        "3,0.990000,13.435029,beyond_distance",
                        "4,0.410000,13.435029,below_confidence",
                        "5,0.990000,12.000000,kept",
                        "6,0.990000,13.000000,beyond_distance"),
                lines.subList(2, 8));
    }

    @Test
    void itSaysWhatItTurnedAwayAndWhatToDo() {
        ConfidenceFilter filter = filter();
        filter.admits(List.of(flat(1, 50, 50), flat(2, 50, 50), flat(99, 99, 99), flat(99, 50, 50)));
        String text = filter.turnedAway();
        assertTrue(
                text.contains(
                        "0 are near-copies of training images, to 2 the classifier of arm none gives their class a"
                                + " probability below 0.420, and 1 are farther from its centroid than 12.728"),
                text);
        assertTrue(text.contains("train it for more epochs"), text);
        RgbImage copy = training.at(16).image(0);
        filter.admits(List.of(copy, copy, copy, copy));
        assertTrue(filter.turnedAway().contains("4 are near-copies"), filter.turnedAway());
        assertTrue(filter.turnedAway().contains("--max-similarity"), filter.turnedAway());
    }
}
