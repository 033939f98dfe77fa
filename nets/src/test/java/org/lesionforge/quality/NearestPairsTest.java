package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.ImageSet;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Memorisation;

class NearestPairsTest {
    private static final int SIDE = 32;

    @TempDir
    Path folder;

    /** Grey images; the features are told apart from the pixels on purpose. */
    private record Greys(String name, int... grey) implements ImageSet {
        @Override
        public int size() {
            return grey.length;
        }

        @Override
        public int width(int i) {
            return SIDE;
        }

        @Override
        public int height(int i) {
            return SIDE;
        }

        @Override
        public String id(int i) {
            return name + i;
        }

        @Override
        public void read(int i, byte[] target, int offset) {
            Arrays.fill(target, offset, offset + 3 * SIDE * SIDE, (byte) grey[i]);
        }
    }

    @Test
    void everyFakeIsListedWithItsNearestInBothSpaces() throws IOException {
        Greys fakes = new Greys("fake", 100, 203);
        Greys training = new Greys("real", 90, 200, 255);
        Memorisation found = Memorisation.of(
                new FeatureArray(2, 1, new float[] {5, 9.5f}),
                new FeatureArray(3, 1, new float[] {0, 6, 10}),
                Optional.empty());
        NearestPairs pairs = new NearestPairs(fakes, training, found);
        pairs.writeCsv(folder.resolve("pairs.csv"));
        List<String> lines = Files.readAllLines(folder.resolve("pairs.csv"));
        // Fake 0 at 5 is 1 from training image 1, whose own neighbour is 4 away: copied. Fake 1 likewise, of image 2.
        assertEquals(
                List.of(
                        "fake,nearest_by_features,feature_distance,copied,nearest_by_pixels,pixel_rms",
                        "fake0,real1,1.0,true,real0,10.000",
                        "fake1,real2,0.5,true,real1,3.000"),
                lines);
        pairs.writeFigure(folder.resolve("pairs.png"));
        assertTrue(ImageIO.read(folder.resolve("pairs.png").toFile()).getWidth() >= 2 * SIDE);
    }
}
