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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.Progress;

/** Vectors of three values, on disk and back. */
final class KeptVectorsTest {
    private static final String A = "aa".repeat(32);
    private static final String B = "0b".repeat(32);
    private static final String C = "cc".repeat(32);
    private static final float[] VECTORS = {1, -2.5f, 3, 0, 1e-30f, Float.MAX_VALUE};

    @TempDir
    Path folder;

    private final List<String> messages = new ArrayList<>();

    private KeptVectors open(Path where) {
        return new KeptVectors(Optional.of(where), 3, new Progress() {
            @Override
            public void message(String text) {
                messages.add(text);
            }

            @Override
            public void advance(String task, long done, long total, String detail) {}
        });
    }

    private static float[] values(KeptVector vector, int first, int count) {
        float[] values = new float[count];
        vector.read(first, count, values, 0);
        return values;
    }

    private Path block() throws IOException {
        try (KeptVectors kept = open(folder)) {
            kept.add(List.of(A, B), VECTORS);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void whatIsKeptIsFoundToTheBitByTheNext() throws IOException {
        block();
        try (KeptVectors next = open(folder)) {
            next.add(List.of(C), new float[] {7, 8, 9});
            assertArrayEquals(new float[] {1, -2.5f, 3}, values(next.find(A).orElseThrow(), 0, 3));
            assertArrayEquals(
                    new float[] {1e-30f, Float.MAX_VALUE}, values(next.find(B).orElseThrow(), 1, 2));
            assertArrayEquals(new float[] {8}, values(next.find(C).orElseThrow(), 1, 1));
            assertTrue(next.find("dd".repeat(32)).isEmpty());
        }
        assertEquals(List.of(), messages);
    }

    @Test
    void theFormatIsThatOfEarlierBlocks() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(block()));
        assertEquals(16 + 2 * 32 + 6 * 4 + 32, bytes.capacity());
        assertEquals(0x4C46_4645_4154_0001L, bytes.getLong());
        assertEquals(2, bytes.getInt());
        assertEquals(3, bytes.getInt());
        assertEquals((byte) 0xaa, bytes.get());
        assertEquals(-2.5f, bytes.getFloat(16 + 2 * 32 + 4));
    }

    @Test
    void aChangedValueIsNoticed() throws IOException {
        damagedIsReported(bytes -> bytes[16 + 64 + 5] ^= 1, "wrong checksum");
    }

    @Test
    void anImpossibleCountIsRefusedBeforeMemoryIsTaken() throws IOException {
        damagedIsReported(bytes -> ByteBuffer.wrap(bytes).putInt(8, 600_000_000), "600000000 × 3 values");
    }

    @Test
    void vectorsOfAnotherLengthAreRefused() throws IOException {
        damagedIsReported(bytes -> ByteBuffer.wrap(bytes).putInt(12, 4), "2 × 4 values");
    }

    @Test
    void blocksCutShortAreNoticedAtEveryLength() throws IOException {
        Path block = block();
        byte[] whole = Files.readAllBytes(block);
        for (int length = 0; length < whole.length; length++) {
            Files.write(block, Arrays.copyOf(whole, length));
            try (KeptVectors cut = open(folder)) {
                assertTrue(cut.find(A).isEmpty(), "found after " + length + " of " + whole.length + " bytes");
            }
            assertEquals(length + 1, messages.size());
        }
    }

    private void damagedIsReported(Consumer<byte[]> damage, String reason) throws IOException {
        Path block = block();
        byte[] bytes = Files.readAllBytes(block);
        damage.accept(bytes);
        Files.write(block, bytes);
        try (KeptVectors kept = open(folder)) {
            assertTrue(kept.find(A).isEmpty());
            assertTrue(kept.find(B).isEmpty());
            assertEquals(1, messages.size(), messages.toString());
            assertTrue(messages.get(0).contains(reason), messages.get(0));
            assertTrue(messages.get(0).contains("computing them again"), messages.get(0));
            kept.add(List.of(A, B), VECTORS);
            assertArrayEquals(new float[] {0, 1e-30f}, values(kept.find(B).orElseThrow(), 0, 2));
        }
        try (KeptVectors mended = open(folder)) {
            assertTrue(mended.find(A).isPresent());
        }
        assertEquals(1, messages.size());
    }

    @Test
    void whatCannotBeWrittenIsHeldAndSaidOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        try (KeptVectors held = open(file.resolve("cache"))) {
            held.add(List.of(A), new float[] {1, 2, 3});
            held.add(List.of(B), new float[] {4, 5, 6});
            assertArrayEquals(new float[] {2, 3}, values(held.find(A).orElseThrow(), 1, 2));
            assertArrayEquals(new float[] {4, 5, 6}, values(held.find(B).orElseThrow(), 0, 3));
        }
        assertEquals(1, messages.size(), messages.toString());
        assertTrue(messages.get(0).contains("cannot be kept on disk"), messages.get(0));
    }
}
