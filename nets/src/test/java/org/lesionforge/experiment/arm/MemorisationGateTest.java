package org.lesionforge.experiment.arm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.Symmetry;
import org.lesionforge.image.Thumbnail;

/** Planted copies of training images are found, other images are let through. */
final class MemorisationGateTest {
    @TempDir
    Path folder;

    private static RgbImage noise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[16 * 16 * 3];
        random.nextBytes(pixels);
        return RgbImage.wrap(16, 16, pixels);
    }

    /** Turned, enlarged, half as contrasty, brighter and with a red cast. */
    private static RgbImage disguised(TrainingPart training, int i, int position) {
        byte[] pixels = new byte[16 * 16 * 3];
        training.read(i, 16, pixels, 0);
        byte[] turned = new byte[pixels.length];
        Symmetry.of(position).apply(pixels, 16, turned, 0);
        for (int k = 0; k < turned.length; k++) {
            turned[k] = (byte) ((turned[k] & 0xFF) / 2 + (k % 3 == 0 ? 100 : 40));
        }
        return Resampler.resize(RgbImage.wrap(16, 16, turned), 64, 64, Filter.BICUBIC);
    }

    @Test
    void disguisedCopiesAreStoppedAndNamed() throws IOException {
        TrainingPart training = SmallDataset.prepare(
                        folder,
                        List.of(
                                "m1,malignant,g1,train",
                                "m2,malignant,g2,train",
                                "b1,benign,g3,train",
                                "m3,malignant,g4,test",
                                "b2,benign,g5,test"))
                .training()
                .ofClass("malignant");
        MemorisationGate gate = new MemorisationGate(training, MemorisationGate.USUAL_SIMILARITY);
        for (int position = 0; position < Symmetry.COUNT; position++) {
            assertArrayEquals(
                    new boolean[] {true, false, true, false},
                    gate.admits(List.of(
                            noise(1), disguised(training, 1, position), noise(2), disguised(training, 0, position))),
                    "position " + position);
        }
        Path table = folder.resolve("similarity.csv");
        gate.writeCsv(table, 4);
        List<String> lines = Files.readAllLines(table);
        assertEquals(5, lines.size());
        assertEquals("index,nearest,similarity,kept", lines.get(0));
        assertTrue(lines.get(2).matches("1,m2,(0\\.9[5-9]\\d\\d|1\\.0000),false"), lines.get(2));
        assertTrue(lines.get(4).startsWith("3,m1,"), lines.get(4));
        assertTrue(lines.get(1).endsWith(",true"), lines.get(1));

        MemorisationGate open = new MemorisationGate(training, 1);
        assertArrayEquals(new boolean[] {true}, open.admits(List.of(disguised(training, 0, 3))));
    }

    @Test
    void similarityIsTheCorrelationOfPixels() {
        RgbImage image = noise(5);
        byte[] inverted = image.pixels().clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) (255 - (inverted[i] & 0xFF));
        }
        Thumbnail thumbnail = Thumbnail.of(image);
        assertEquals(1, thumbnail.similarity(Thumbnail.of(image)), 1e-5);
        assertEquals(-1, thumbnail.similarity(Thumbnail.of(RgbImage.wrap(16, 16, inverted))), 0.01);
        assertEquals(0, thumbnail.similarity(Thumbnail.of(RgbImage.wrap(4, 4, new byte[48]))), 0);
        assertTrue(Math.abs(thumbnail.similarity(Thumbnail.of(noise(6)))) < 0.2);
    }
}
