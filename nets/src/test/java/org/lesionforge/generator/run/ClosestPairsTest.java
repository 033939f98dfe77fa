package org.lesionforge.generator.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.image.file.PngText;

/** Pairs by thumbnails: images whose nearest is known, for they were made of it. */
final class ClosestPairsTest {
    private static final int SIDE = 32;
    private static final int BYTES = 3 * SIDE * SIDE;
    private static final int GENERATED = 30;

    @TempDir
    Path folder;

    private final Random random = new Random(4);
    private final byte[] training = new byte[7 * BYTES];
    private final byte[] generated = new byte[GENERATED * BYTES];

    /** Image i is training image (3 i) mod 7, darker and with more noise the larger (11 i) mod 30 is. */
    private ClosestPairs pairs() {
        for (int i = 0; i < training.length; i++) {
            training[i] = (byte) (80 + random.nextInt(120));
        }
        for (int i = 0; i < GENERATED; i++) {
            int noise = 1 + 3 * (11 * i % GENERATED);
            for (int k = 0; k < BYTES; k++) {
                int value = training[3 * i % 7 * BYTES + k] & 0xFF;
                generated[i * BYTES + k] =
                        (byte) Math.max(0, Math.min(255, value - 20 + random.nextInt(2 * noise) - noise));
            }
        }
        return ClosestPairs.byThumbnails(SquareImages.of(generated, SIDE), SquareImages.of(training, SIDE));
    }

    private static byte[] image(byte[] pixels, int i) {
        return Arrays.copyOfRange(pixels, i * BYTES, (i + 1) * BYTES);
    }

    @Test
    void theLeastChangedComeFirstEachBesideWhatItWasMadeOf() {
        ClosestPairs pairs = pairs();
        assertEquals(24, pairs.generated().size());
        assertEquals(24, pairs.training().size());
        for (int rank = 0; rank < 24; rank++) {
            int i = 0;
            while (11 * i % GENERATED != rank) {
                i++;
            }
            assertArrayEquals(image(generated, i), pairs.generated().get(rank).pixels(), "generated, " + rank);
            assertArrayEquals(
                    image(training, 3 * i % 7), pairs.training().get(rank).pixels(), "training, " + rank);
        }
        assertTrue(
                pairs.text().contains("those 24 of 30 generated images that lie nearest to one of 7 training images")
                        && pairs.text().endsWith("by the correlation of thumbnails of 32×32 pixels"),
                pairs.text());
    }

    @Test
    void theSheetShowsThemAndSaysWhatItShows() throws Exception {
        ClosestPairs pairs = pairs();
        Path file = folder.resolve("nearest-0012.png");
        pairs.write(12, file);
        assertEquals("epoch 12: " + pairs.text(), PngText.read(file).get("Description"));
        RgbImage sheet = ImageDecoder.read(file);
        // Six pairs of two images a row, of four rows.
        assertEquals(8 + 6 * (2 * SIDE + 3 + 8), sheet.width());
        assertEquals(8 + 4 * (SIDE + 2 + 8), sheet.height());
        assertEquals(pairs.generated().get(0).value(5, 6, 1), sheet.value(9 + 5, 9 + 6, 1));
        assertEquals(pairs.training().get(0).value(5, 6, 1), sheet.value(9 + SIDE + 1 + 5, 9 + 6, 1));
    }
}
