package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.image.RgbImage;

final class AnimatedPngTest {
    @TempDir
    Path folder;

    private static RgbImage image(int seed) {
        byte[] pixels = new byte[5 * 4 * 3];
        new Random(seed).nextBytes(pixels);
        return RgbImage.wrap(5, 4, pixels);
    }

    private record Chunk(String type, byte[] content) {}

    private static List<Chunk> chunks(byte[] file) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file, 8, file.length - 8);
        while (in.hasRemaining()) {
            byte[] content = new byte[in.getInt()];
            byte[] type = new byte[4];
            in.get(type).get(content);
            in.getInt();
            chunks.add(new Chunk(new String(type, StandardCharsets.US_ASCII), content));
        }
        return chunks;
    }

    private static byte[] pixels(RgbImage image) throws IOException {
        ByteArrayOutputStream still = new ByteArrayOutputStream();
        PngWriter.write(image, Map.of(), still);
        return chunks(still.toByteArray()).get(1).content();
    }

    @Test
    void framesFollowEachOtherAsTheSpecificationSays() throws IOException {
        List<RgbImage> frames = List.of(image(1), image(2), image(3));
        Path file = folder.resolve("walk.png");
        AnimatedPng.write(frames, 80, Map.of("Source", "a test"), file);

        List<Chunk> chunks = chunks(Files.readAllBytes(file));
        assertEquals(
                List.of("IHDR", "tEXt", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"),
                chunks.stream().map(Chunk::type).toList());
        assertArrayEquals(new byte[] {0, 0, 0, 3, 0, 0, 0, 0}, chunks.get(2).content(), "three frames, for ever");
        assertArrayEquals(
                new byte[] {0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 80, 3, (byte) 232, 0, 0},
                chunks.get(7).content(),
                "the fourth numbered chunk, 5 × 4 at 0, 0, for 80/1000 s");
        assertArrayEquals(pixels(frames.get(0)), chunks.get(4).content());
        byte[] last = chunks.get(8).content();
        assertArrayEquals(new byte[] {0, 0, 0, 4}, Arrays.copyOf(last, 4));
        assertArrayEquals(pixels(frames.get(2)), Arrays.copyOfRange(last, 4, last.length));
        assertEquals(Map.of("Source", "a test"), PngText.read(file));
    }

    @Test
    void whoKnowsStillPicturesAloneSeesTheFirst() throws IOException {
        Path file = folder.resolve("walk.png");
        AnimatedPng.write(List.of(image(1), image(2)), 100, Map.of(), file);
        var read = ImageIO.read(file.toFile());
        RgbImage first = image(1);
        for (int x = 0; x < 5; x++) {
            assertEquals(first.value(x, 3, 1), read.getRGB(x, 3) >> 8 & 0xFF);
        }
    }

    @Test
    void whatCannotBePlayedIsRefused() {
        Path file = folder.resolve("walk.png");
        RgbImage larger = RgbImage.wrap(6, 4, new byte[72]);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> AnimatedPng.write(List.of(image(1), larger), 100, Map.of(), file))
                .getMessage();
        assertTrue(message.contains("5×4") && message.contains("6×4"), message);
        assertThrows(IllegalArgumentException.class, () -> AnimatedPng.write(List.of(), 100, Map.of(), file));
        assertThrows(IllegalArgumentException.class, () -> AnimatedPng.write(List.of(image(1)), 0, Map.of(), file));
    }
}
