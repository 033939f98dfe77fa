package org.lesionforge.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lesionforge.data.DatasetImage;
import org.lesionforge.data.Part;
import org.lesionforge.image.RgbImage;

class ConfounderTest {
    private static final DatasetImage ROW = new DatasetImage(0, "a", 0, "g", Part.TRAIN, "a.jpg", 600, 450);

    private static double[] measure(ImageProperty measure, int side, byte[] pixels) {
        return measure.of(ROW, RgbImage.wrap(side, side, pixels));
    }

    @Test
    void measuresWhatItSays() {
        byte[] pixels = new byte[3 * 32 * 32];
        Arrays.fill(pixels, (byte) 200);
        assertArrayEquals(new double[] {Math.log(600), Math.log(450)}, measure(ImageProperty.SOURCE_SIZE, 32, pixels));
        assertArrayEquals(new double[] {200, 200, 200}, measure(ImageProperty.BORDER_COLOUR, 32, pixels));
        assertArrayEquals(new double[] {0, 1}, measure(ImageProperty.DARK_CORNERS, 32, pixels), 1e-9);
        assertArrayEquals(new double[] {0}, measure(ImageProperty.SHARPNESS, 32, pixels), 1e-9);
        assertArrayEquals(new double[] {200, 0}, measure(ImageProperty.EXPOSURE, 32, pixels), 1e-4);

        // A column of red along the left edge, 2 = 32 / 16 wide: 64 of the 2·(2·32) + 2·(2·28) = 240 pixels of the
        // frame.
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 2; x++) {
                pixels[3 * (32 * y + x) + 1] = 0;
                pixels[3 * (32 * y + x) + 2] = 0;
            }
        }
        double others = 200.0 * (240 - 64) / 240;
        assertArrayEquals(new double[] {200, others, others}, measure(ImageProperty.BORDER_COLOUR, 32, pixels), 1e-9);

        // On a chessboard of 0 and 10 the Laplacian is ±40 in equal number: variance 1600.
        for (int i = 0; i < 32 * 32; i++) {
            Arrays.fill(pixels, 3 * i, 3 * i + 3, (byte) ((i / 32 + i % 32) % 2 * 10));
        }
        assertArrayEquals(new double[] {Math.log(1601)}, measure(ImageProperty.SHARPNESS, 32, pixels), 1e-9);
        assertArrayEquals(new double[] {5, 5}, measure(ImageProperty.EXPOSURE, 32, pixels), 1e-9);
        assertEquals(1, measure(ImageProperty.DARK_CORNERS, 32, pixels)[0]);
    }

    private static double auc(double[][] x, boolean[] positive) {
        String[] groups = new String[x.length];
        Arrays.setAll(groups, i -> "g" + i);
        return new LinearRule(x, positive, groups).auc();
    }

    @Test
    void learnsWhatIsHighWhatIsFarFromTheMeanAndNothingFromNoise() {
        int n = 400;
        SplittableRandom random = new SplittableRandom(1);
        double[][] x = new double[n][2];
        boolean[] high = new boolean[n];
        boolean[] far = new boolean[n];
        boolean[] coin = new boolean[n];
        for (int i = 0; i < n; i++) {
            // The second number never changes.
            x[i] = new double[] {random.nextDouble(-1, 1), 7};
            high[i] = x[i][0] > 0.2;
            far[i] = Math.abs(x[i][0]) > 0.5;
            coin[i] = random.nextBoolean();
        }
        assertTrue(auc(x, high) > 0.99);
        assertTrue(auc(x, far) > 0.99);
        // Standard error of the AUC of noise at 200 + 200: sqrt(401 / (12 · 200 · 200)) = 0.029.
        assertEquals(0.5, auc(x, coin), 0.1);
    }

    @Test
    void imagesOfOneGroupAreJudgedTogether() {
        // Positives of group a are high, those of group b amid the negatives. Without a, nothing says that high is
        // positive; with b left out,
        // nothing tells b from the negatives. A rule that has seen a part of each group would do better.
        double[][] x = new double[12][];
        boolean[] positive = new boolean[12];
        String[] groups = new String[12];
        for (int i = 0; i < 12; i++) {
            positive[i] = i < 6;
            x[i] = new double[] {i < 3 ? 10 : i < 6 ? -0.2 : i - 8.5};
            groups[i] = i < 3 ? "a" : i < 6 ? "b" : "c" + i;
        }
        assertTrue(new LinearRule(x, positive, groups).auc() < 0.5);
        assertTrue(Double.isNaN(new LinearRule(x, new boolean[12], groups).auc()));
    }
}
