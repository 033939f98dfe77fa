package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.BackboneExtractor;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.image.Images;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.torch.Compute;

/** A network with random weights, and how many images it is shown. */
final class FeatureReaderTest {
    private static final int SIDE = 75;
    private static final String WEIGHTS = "0123456789abcdef".repeat(4);
    private static final BackboneOptions SHALLOW = new BackboneOptions(
            BackboneZoo.STANDARD.first(),
            BackboneZoo.STANDARD.first().variant("EXCLUDE_PADDING"),
            0,
            false,
            BackboneZoo.STANDARD.first().featureLayer(192).orElseThrow());

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private int shown;
    private int loaded;
    private long reached;
    private long stopAt = Long.MAX_VALUE;
    private Cancellation cancellation = new Cancellation();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private record Pictures(RgbImage... all) implements Images {
        static RgbImage random(int width, int height, int seed) {
            byte[] pixels = new byte[3 * width * height];
            new Random(seed).nextBytes(pixels);
            return RgbImage.wrap(width, height, pixels);
        }

        @Override
        public int size() {
            return all.length;
        }

        @Override
        public int width(int i) {
            return all[i].width();
        }

        @Override
        public int height(int i) {
            return all[i].height();
        }

        @Override
        public void read(int i, byte[] target, int offset) {
            byte[] pixels = all[i].pixels();
            System.arraycopy(pixels, 0, target, offset, pixels.length);
        }
    }

    private static Pictures pictures(int... seeds) {
        int[][] sizes = {{40, 30}, {SIDE, SIDE}, {40, 30}, {64, 90}, {31, 40}, {SIDE, SIDE}};
        return new Pictures(Arrays.stream(seeds)
                .mapToObj(seed -> Pictures.random(sizes[seed % 6][0], sizes[seed % 6][1], seed))
                .toArray(RgbImage[]::new));
    }

    private FeatureReader reader(BackboneOptions options, Resize resize, boolean fid, Optional<FeatureCache> cache) {
        ExtractionRecipe recipe =
                new ExtractionRecipe("random", fid, options.deepest(), resize, Normalisation.SIGNED_UNIT, SIDE);
        Progress counting = new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {
                shown += done == total ? (int) total : 0;
                reached = done;
                if (done >= stopAt) {
                    cancellation.request();
                }
            }

            @Override
            public Cancellation cancellation() {
                return cancellation;
            }

            @Override
            public void message(String text) {}
        };
        FeatureReader reader = new FeatureReader(
                WEIGHTS,
                options,
                recipe,
                () -> {
                    loaded++;
                    return new BackboneExtractor(
                            options.build(new Seed(1)), recipe.extraction(options), Compute.cpu(), counting);
                },
                cache);
        opened.add(reader);
        return reader;
    }

    private FeatureCache cache() {
        FeatureCache cache = FeatureCache.in(folder.resolve("cache"), Progress.SILENT);
        opened.add(cache);
        return cache;
    }

    private int shownBy(Runnable work) {
        int before = shown;
        work.run();
        return shown - before;
    }

    private static float[] values(Features features) {
        return FeatureArray.of(features).values();
    }

    @Test
    void eachImageIsShownOnceWhateverSetsItIsIn() {
        float[] direct = values(reader(SHALLOW, Resize.TF, false, Optional.empty())
                .extract(pictures(0, 1, 2, 3, 4))
                .features());
        FeatureReader first = reader(SHALLOW, Resize.TF, false, Optional.of(cache()));
        assertEquals(4, shownBy(() -> first.extract(pictures(1, 2, 3, 2, 4))), "2 is in it twice");
        FeatureReader second = reader(SHALLOW, Resize.TF, false, Optional.of(cache()));
        float[] read = new float[direct.length];
        assertEquals(
                1,
                shownBy(() -> System.arraycopy(
                        values(second.extract(pictures(0, 1, 2, 3, 4)).features()), 0, read, 0, read.length)));
        assertArrayEquals(direct, read, 1e-6f);
        loaded = 0;
        FeatureReader third = reader(SHALLOW, Resize.TF, false, Optional.of(cache()));
        assertArrayEquals(read, values(third.extract(pictures(0, 1, 2, 3, 4)).features()));
        assertEquals(0, loaded, "nothing is left to compute");
        assertEquals(0.5, third.knownShare(pictures(0, 9, 2, 10)));
    }

    @Test
    void imagesOfTheNetworksSizeAreSharedByAllResizings() {
        FeatureCache cache = cache();
        FeatureReader tf = reader(SHALLOW, Resize.TF, false, Optional.of(cache));
        FeatureReader clean = reader(SHALLOW, Resize.CLEAN, false, Optional.of(cache));
        assertEquals(tf.pass(SIDE, SIDE), clean.pass(SIDE, SIDE));
        assertFalse(tf.pass(SIDE, 40).equals(clean.pass(SIDE, 40)));
        assertEquals(3, shownBy(() -> tf.extract(pictures(0, 1, 5))));
        float[] cleaned = values(clean.extract(pictures(0, 1, 5)).features());
        assertEquals(4, shown, "only the one that is resized is another to the network");
        float[] direct = values(reader(SHALLOW, Resize.CLEAN, false, Optional.empty())
                .extract(pictures(0, 1, 5))
                .features());
        assertArrayEquals(direct, cleaned, 1e-6f);
    }

    @Test
    void anotherNetworkIsNotTakenForThis() {
        FeatureCache cache = cache();
        reader(SHALLOW, Resize.TF, false, Optional.of(cache)).extract(pictures(1));
        BackboneOptions padded = new BackboneOptions(
                BackboneZoo.STANDARD.first(),
                BackboneZoo.STANDARD.first().variant("INCLUDE_PADDING"),
                0,
                false,
                BackboneZoo.STANDARD.first().featureLayer(192).orElseThrow());
        BackboneOptions shallower = new BackboneOptions(
                BackboneZoo.STANDARD.first(),
                BackboneZoo.STANDARD.first().variant("EXCLUDE_PADDING"),
                0,
                false,
                BackboneZoo.STANDARD.first().featureLayer(64).orElseThrow());
        assertEquals(1, shownBy(() -> reader(padded, Resize.TF, false, Optional.of(cache))
                .extract(pictures(1))));
        assertEquals(1, shownBy(() -> reader(shallower, Resize.TF, false, Optional.of(cache))
                .extract(pictures(1))));
    }

    @Test
    void logitsAreKeptBesideFeatures() {
        BackboneOptions whole = new BackboneOptions(
                BackboneZoo.STANDARD.first(),
                BackboneZoo.STANDARD.first().variant("EXCLUDE_PADDING"),
                1008,
                false,
                BackboneZoo.STANDARD.first().deepest());
        Activations made = reader(whole, Resize.TF, true, Optional.of(cache())).extract(pictures(1, 2));
        loaded = 0;
        Activations kept = reader(whole, Resize.TF, true, Optional.of(cache())).extract(pictures(2, 1));
        assertEquals(0, loaded);
        assertEquals(1008, kept.logits().orElseThrow().dimensions());
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(made.features().vector(i), kept.features().vector(1 - i));
            assertArrayEquals(
                    made.logits().orElseThrow().vector(i),
                    kept.logits().orElseThrow().vector(1 - i));
        }
        assertTrue(made.logits().orElseThrow().vector(0)[5]
                != made.logits().orElseThrow().vector(1)[5]);
    }

    @Test
    void whatIsExtractedOnceLeavesNothing() {
        FeatureReader reader = reader(SHALLOW, Resize.TF, false, Optional.of(cache()));
        assertEquals(2, shownBy(() -> reader.extractOnce(pictures(0, 1))));
        assertFalse(Files.exists(folder.resolve("cache")));
        assertEquals(2, shownBy(() -> reader.extract(pictures(0, 1))));
    }

    @Test
    void withoutAFolderTheyAreHeldInMemory() {
        FeatureCache memory = FeatureCache.inMemory();
        opened.add(memory);
        float[] made = values(reader(SHALLOW, Resize.TF, false, Optional.of(memory))
                .extract(pictures(0, 1))
                .features());
        shown = 0;
        assertArrayEquals(
                made,
                values(reader(SHALLOW, Resize.TF, false, Optional.of(memory))
                        .extract(pictures(0, 1))
                        .features()));
        assertEquals(0, shown);
    }

    @Test
    void whatWasMadeBeforeItWasCancelledIsKept() {
        Pictures many = new Pictures(IntStream.range(0, 100)
                .mapToObj(seed -> Pictures.random(8, 8, seed))
                .toArray(RgbImage[]::new));
        BackboneOptions shallowest = new BackboneOptions(
                BackboneZoo.STANDARD.first(),
                BackboneZoo.STANDARD.first().variant("EXCLUDE_PADDING"),
                0,
                false,
                BackboneZoo.STANDARD.first().featureLayer(64).orElseThrow());
        stopAt = 1;
        FeatureReader cancelled = reader(shallowest, Resize.TF, false, Optional.of(cache()));
        assertThrows(InterruptedRunException.class, () -> cancelled.extract(many));
        long made = reached;
        assertTrue(made > 0 && made < 100, made + " of 100");
        stopAt = Long.MAX_VALUE;
        cancellation = new Cancellation();
        reader(shallowest, Resize.TF, false, Optional.of(cache())).extract(many);
        assertEquals(100 - made, shown);
    }

    @Test
    void manyImagesAreKeptBlockByBlock() throws Exception {
        int images = FeatureReader.BLOCK + 3;
        Pictures many = new Pictures(IntStream.range(0, images)
                .mapToObj(seed -> Pictures.random(8, 8, seed))
                .toArray(RgbImage[]::new));
        BackboneOptions shallowest = new BackboneOptions(
                BackboneZoo.STANDARD.first(),
                BackboneZoo.STANDARD.first().variant("EXCLUDE_PADDING"),
                0,
                false,
                BackboneZoo.STANDARD.first().featureLayer(64).orElseThrow());
        float[] made = values(reader(shallowest, Resize.TF, false, Optional.of(cache()))
                .extract(many)
                .features());
        assertEquals(images, shown);
        try (var files = Files.walk(folder.resolve("cache"))) {
            assertEquals(
                    2, files.filter(file -> file.toString().endsWith(".block")).count());
        }
        assertArrayEquals(
                made,
                values(reader(shallowest, Resize.TF, false, Optional.of(cache()))
                        .extract(many)
                        .features()));
        assertEquals(images, shown);
    }
}
