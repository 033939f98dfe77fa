package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.image.PngWriter;
import org.lesionforge.image.RgbImage;
import org.lesionforge.inception.Resize;
import org.lesionforge.inception.Tap;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.FeatureArray;
import org.lesionforge.weights.PretrainedWeights;

/** Features of a folder of oblong images of several sizes: as of each image alone, and from the cache the second time. */
final class FeatureReaderTest {
    private static final int[][] SIZES = {{40, 30}, {40, 30}, {64, 90}, {299, 299}, {31, 40}};

    @TempDir
    Path folder;

    @Test
    void mixedSizesAreEachAsAloneAndAreKept() throws IOException {
        Path weights = SharedFolder.require().resolve("weights/fid_inception_2015_12_05_to_mixed_6e.safetensors");
        Random random = new Random(1);
        Path all = Files.createDirectories(folder.resolve("all"));
        for (int i = 0; i < SIZES.length; i++) {
            byte[] pixels = new byte[3 * SIZES[i][0] * SIZES[i][1]];
            random.nextBytes(pixels);
            PngWriter.write(RgbImage.wrap(SIZES[i][0], SIZES[i][1], pixels), Map.of(), all.resolve(i + ".png"));
        }
        FeatureCache cache = new FeatureCache(folder.resolve("cache"), Progress.SILENT);
        try (FeatureReader reader = new FeatureReader(
                PretrainedWeights.open(weights), Tap.POOL_2, Resize.PYTORCH_FID, Optional.of(cache), Progress.SILENT)) {
            assertEquals("fid-192[inception-2015-12-05, resize=pytorch-fid]", reader.distanceName());
            FeatureArray together = FeatureArray.of(
                    reader.read(FolderImages.open(all, Progress.SILENT)).features());
            for (int i = 0; i < SIZES.length; i++) {
                Path alone = Files.createDirectories(folder.resolve("alone" + i));
                Files.copy(all.resolve(i + ".png"), alone.resolve("x.png"));
                float[] one = reader.read(FolderImages.open(alone, Progress.SILENT))
                        .features()
                        .vector(0);
                float[] inBatch = Arrays.copyOfRange(together.values(), i * 192, (i + 1) * 192);
                assertArrayEquals(one, inBatch, 1e-4f);
                assertTrue(one[0] != together.vector((i + 1) % SIZES.length)[0]);
            }
            assertArrayEquals(
                    together.values(),
                    FeatureArray.of(reader.read(FolderImages.open(all, Progress.SILENT))
                                    .features())
                            .values());
        }
        try (var entries = Files.list(folder.resolve("cache"))) {
            assertEquals(1 + SIZES.length, entries.count());
        }
    }
}
