package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.inception.Resize;
import org.lesionforge.inception.Tap;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureArray;
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

    @Test
    void withoutADiskToKeepThemOnFeaturesAreHeldInMemory() throws IOException {
        Path weights = SharedFolder.require().resolve("weights/fid_inception_2015_12_05_to_mixed_6e.safetensors");
        Path images = Files.createDirectories(folder.resolve("images"));
        PngWriter.write(RgbImage.wrap(31, 40, new byte[3 * 31 * 40]), Map.of(), images.resolve("black.png"));
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        List<String> messages = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void message(String text) {
                messages.add(text);
            }

            @Override
            public void advance(String task, long done, long total, String detail) {}
        };
        try (FeatureReader kept = new FeatureReader(
                        PretrainedWeights.open(weights),
                        Tap.POOL_1,
                        Resize.PYTORCH_FID,
                        Optional.of(new FeatureCache(folder.resolve("cache"), Progress.SILENT)),
                        Progress.SILENT);
                FeatureReader held = new FeatureReader(
                        PretrainedWeights.open(weights),
                        Tap.POOL_1,
                        Resize.PYTORCH_FID,
                        Optional.of(new FeatureCache(file.resolve("cache"), progress)),
                        progress)) {
            ImageSet set = FolderImages.open(images, Progress.SILENT);
            assertArrayEquals(
                    kept.read(set).features().vector(0),
                    held.read(set).features().vector(0));
            assertEquals(1, messages.size());
            assertTrue(messages.get(0).contains("cannot be kept on disk"), messages.get(0));
        }
    }
}
