package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.UnusableInputException;

class PngWriterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1,1", "1,7", "5,1", "33,17", "128,96"})
    void imageIoReadsTheSamePixels(int width, int height) throws IOException {
        RgbImage image = random(width, height);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes(image, Map.of("Source", "a test"))));

        assertEquals(width, read.getWidth());
        assertEquals(height, read.getHeight());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = image.value(x, y, 0) << 16 | image.value(x, y, 1) << 8 | image.value(x, y, 2);
                assertEquals(rgb, read.getRGB(x, y) & 0xFFFFFF, "pixel " + x + ", " + y);
            }
        }
    }

    @Test
    void everyFilterIsDecodedBack() throws IOException {
        // Rows made for none, sub, up, average-like and Paeth-like differences.
        int width = 64;
        byte[] pixels = new byte[3 * width * 5];
        for (int y = 0; y < 5; y++) {
            for (int i = 0; i < 3 * width; i++) {
                pixels[y * 3 * width + i] = (byte)
                        (y == 0 ? (i % 2) * 3 : y == 1 ? i * 7 : y == 2 ? i * 7 + 1 : y == 3 ? i * 4 + 9 : i * i);
            }
        }
        RgbImage image = RgbImage.wrap(width, 5, pixels);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes(image, Map.of())));

        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < width; x++) {
                assertEquals(image.value(x, y, 1), read.getRGB(x, y) >> 8 & 0xFF);
            }
        }
    }

    @Test
    void smoothImagesBecomeSmall() throws IOException {
        byte[] pixels = new byte[3 * 256 * 256];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) ((i / 3 % 256 + i / 768) / 2);
        }

        int size = bytes(RgbImage.wrap(256, 256, pixels), Map.of()).length;

        assertTrue(size < pixels.length / 50, size + " bytes");
    }

    @Test
    void textsAreReadBackInOrder() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("Software", "Lesionforge");
        texts.put("Source", "geträumt, © nobody");
        texts.put("Comment", "Σ over 痣");
        texts.put("Empty", "");
        Path file = folder.resolve("deep/er/image.png");

        PngWriter.write(random(4, 3), texts, file);

        Map<String, String> read = PngText.read(file);
        assertEquals(new ArrayList<>(texts.entrySet()), new ArrayList<>(read.entrySet()));
        String raw = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(raw.contains("tEXtSource\0geträumt, © nobody"));
        assertTrue(raw.contains("iTXtComment\0\0\0\0\0"));
    }

    @Test
    void chunkChecksumsAreThoseOfTheSpecification() throws IOException {
        byte[] png = bytes(random(2, 2), Map.of());

        // The end chunk is the same in every PNG file.
        byte[] end = {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82};
        assertArrayEquals(end, Arrays.copyOfRange(png, png.length - 12, png.length));
    }

    @Test
    void sameImageSameBytes() throws IOException {
        Map<String, String> texts = Map.of("Seed", "7");

        assertArrayEquals(bytes(random(40, 30), texts), bytes(random(40, 30), texts));
    }

    @Test
    void damageIsNamed() throws IOException {
        byte[] png = bytes(random(8, 8), Map.of("Seed", "7"));
        int text = new String(png, StandardCharsets.ISO_8859_1).indexOf("Seed");
        byte[] changed = png.clone();
        changed[text + 5]++;
        assertTrue(failure(changed).contains("chunk tEXt fails its checksum"));
        assertTrue(failure(Arrays.copyOf(png, png.length - 9)).contains("is cut short"));
        assertTrue(failure("not a picture".getBytes(StandardCharsets.US_ASCII)).contains("is not a PNG"));
    }

    @Test
    void aMalformedTextOfAnotherProgramIsPassedOver() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(png);
        out.write(PngWriter.signature());
        PngWriter.chunk(out, "iTXt", "Comment\0".getBytes(StandardCharsets.US_ASCII));
        PngWriter.chunk(out, "tEXt", "Seed\0007".getBytes(StandardCharsets.US_ASCII));
        PngWriter.chunk(out, "IEND");

        assertEquals(Map.of("Seed", "7"), PngText.read(Files.write(folder.resolve("odd.png"), png.toByteArray())));
    }

    @Test
    void keywordsThatPngForbidsAreRefused() {
        for (String keyword : List.of("", "ä", "line\nbreak", "x".repeat(80))) {
            assertThrows(IllegalArgumentException.class, () -> bytes(random(1, 1), Map.of(keyword, "text")));
        }
    }

    private String failure(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("damaged.png"), content);
        return assertThrows(UnusableInputException.class, () -> PngText.read(file))
                .getMessage();
    }

    private static byte[] bytes(RgbImage image, Map<String, String> texts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PngWriter.write(image, texts, out);
        return out.toByteArray();
    }

    private static RgbImage random(int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        new Random(11).nextBytes(pixels);
        return RgbImage.wrap(width, height, pixels);
    }
}
