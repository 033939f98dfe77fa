package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.FeatureExtractor.Activations;
import org.lesionforge.metric.Features;

class FeatureCacheTest {
    private static final String KEY = "pixels=1 weights=2";
    private static final Features FEATURES = new Features(2, 3, new float[] {1, -2.5f, 3, 0, 1e-30f, 6});
    private static final Features LOGITS = new Features(2, 1, new float[] {7, 8});

    /** After the mark, the length of the key in two bytes, and the key: where the number of images stands. */
    private static final int COUNT_AT = "lesionforge-features-1\n".length() + 2 + KEY.length();

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
    void whatIsPutIsFoundToTheBit() {
        cache.put(KEY, new Activations(FEATURES, Optional.of(LOGITS)));
        cache.put("another", new Activations(LOGITS, Optional.empty()));
        Activations found = cache.find(KEY).orElseThrow();
        assertEquals(2, found.features().count());
        assertArrayEquals(FEATURES.values(), found.features().values());
        assertArrayEquals(LOGITS.values(), found.logits().orElseThrow().values());
        assertTrue(cache.find("another").orElseThrow().logits().isEmpty());
        assertTrue(cache.find("absent").isEmpty());
        assertTrue(messages.isEmpty(), messages.toString());
    }

    @Test
    void aChangedValueIsNoticed() throws IOException {
        damagedIsReported(entry -> entry[COUNT_AT + 8] ^= 1, "wrong checksum");
    }

    @Test
    void anImpossibleCountIsRefusedBeforeMemoryIsTaken() throws IOException {
        damagedIsReported(entry -> ByteBuffer.wrap(entry).putInt(COUNT_AT, 600_000_000), "600000000 × 3 values");
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

    private byte[] entry() throws IOException {
        cache.put(KEY, new Activations(FEATURES, Optional.of(LOGITS)));
        return Files.readAllBytes(cache.file(KEY));
    }
}
