package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.quality.FeatureCache.Shape;

class FeatureCacheTest {
    private static final String KEY = "pixels=1 weights=2";
    private static final FeatureArray FEATURES = new FeatureArray(2, 3, new float[] {1, -2.5f, 3, 0, 1e-30f, 6});
    private static final FeatureArray LOGITS = new FeatureArray(2, 1, new float[] {7, 8});

    /** After the mark, the length of the key in two bytes, and the key: where the number of images stands. */
    private static final int COUNT_AT = "lesionforge-features-2\n".length() + 2 + KEY.length();

    @TempDir
    Path folder;

    private final List<String> messages = new ArrayList<>();
    private FeatureCache cache;

    @BeforeEach
    void makeCache() {
        cache = new FeatureCache(folder, new Progress() {
            @Override
            public void message(String text) {
                messages.add(text);
            }

            @Override
            public void advance(String task, long done, long total, String detail) {}
        });
    }

    @Test
    void whatIsKeptIsFoundToTheBit() throws IOException {
        assertWhole(keep());
        cache.keep("another", new Shape(2, 1, 0), sink -> sink.accept(LOGITS.values(), new float[0]));
        assertWhole(cache.find(KEY).orElseThrow());
        assertTrue(cache.find("another").orElseThrow().logits().isEmpty());
        assertTrue(cache.find("absent").isEmpty());
        assertTrue(messages.isEmpty(), messages.toString());
    }

    private static void assertWhole(Activations found) {
        assertEquals(2, found.features().count());
        assertArrayEquals(FEATURES.values(), FeatureArray.of(found.features()).values());
        assertArrayEquals(
                LOGITS.values(), FeatureArray.of(found.logits().orElseThrow()).values());
    }

    @Test
    void whatFailsToBeMadeLeavesNothingBehind() {
        assertThrows(
                IllegalStateException.class,
                () -> cache.keep(KEY, new Shape(2, 3, 0), sink -> {
                    sink.accept(new float[3], new float[0]);
                    throw new IllegalStateException("an image is unreadable");
                }));
        assertArrayEquals(new String[0], folder.toFile().list());
    }

    @Test
    void fewerVectorsThanImagesAreNotKept() {
        assertThrows(
                IllegalStateException.class,
                () -> cache.keep(KEY, new Shape(2, 3, 0), sink -> sink.accept(new float[3], new float[0])));
        assertTrue(cache.find(KEY).isEmpty());
    }

    @Test
    void aDiskThatIsTooFullIsNoticedBeforeAnythingIsComputed() {
        String message = assertThrows(
                        IOException.class,
                        () -> cache.keep(KEY, new Shape(Integer.MAX_VALUE, 1 << 28, 0), sink -> fail("computed")))
                .getMessage();
        assertTrue(message.contains("MB are needed"), message);
    }

    @Test
    void aChangedValueIsNoticed() throws IOException {
        damagedIsReported(entry -> entry[COUNT_AT + 12] ^= 1, "wrong checksum");
    }

    @Test
    void anImpossibleCountIsRefusedBeforeMemoryIsTaken() throws IOException {
        damagedIsReported(entry -> ByteBuffer.wrap(entry).putInt(COUNT_AT, 600_000_000), "600000000 × 3 and 1 values");
    }

    @Test
    void entriesCutShortAreNoticedAtEveryLength() throws IOException {
        byte[] whole = entry();
        for (int length = 0; length < whole.length; length++) {
            Files.write(cache.file(KEY), Arrays.copyOf(whole, length));
            assertTrue(cache.find(KEY).isEmpty(), "found after " + length + " of " + whole.length + " bytes");
            assertEquals(length + 1, messages.size());
        }
    }

    private void damagedIsReported(Consumer<byte[]> damage, String reason) throws IOException {
        byte[] entry = entry();
        damage.accept(entry);
        Files.write(cache.file(KEY), entry);
        assertTrue(cache.find(KEY).isEmpty());
        assertEquals(1, messages.size());
        assertTrue(messages.get(0).contains(reason), messages.get(0));
        assertTrue(messages.get(0).contains("computing them again"), messages.get(0));
    }

    /** An image at a time. */
    private Activations keep() throws IOException {
        return cache.keep(KEY, new Shape(2, 3, 1), sink -> {
            for (int i = 0; i < 2; i++) {
                sink.accept(FEATURES.vector(i), LOGITS.vector(i));
            }
        });
    }

    private byte[] entry() throws IOException {
        keep();
        return Files.readAllBytes(cache.file(KEY));
    }
}
