package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.image.UnreadableImageException;

/** Files cut at every length: refused, or what was lost held no pixels. */
class CutFilesTest {
    /** 24×20: waves above, noise below, so that no row is like another. */
    private static BufferedImage picture(int type) {
        BufferedImage image = new BufferedImage(24, 20, type);
        Random random = new Random(3);
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 24; x++) {
                image.setRGB(x, y, y < 10 ? 0xFF000000 + 0x0A0000 * x + 0x001400 * y + x + y : random.nextInt());
            }
        }
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format, String compression) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (!compression.isEmpty()) {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionType(compression);
        }
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** @param spare how many bytes at the end may be missing */
    private static void assertNoLoss(byte[] file, int spare) throws UnreadableImageException {
        byte[] whole = ImageDecoder.decode(file).pixels();
        for (int length = 0; length < file.length; length++) {
            try {
                byte[] pixels = ImageDecoder.decode(Arrays.copyOf(file, length)).pixels();
                assertArrayEquals(whole, pixels, "cut at " + length + " of " + file.length);
                assertTrue(length >= file.length - spare, "taken at " + length + " of " + file.length);
            } catch (UnreadableImageException e) {
                assertTrue(!e.getMessage().contains("Exception"), e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "png, '', 5, 0",
        "png, '', 10, 0",
        "png, '', 13, 0",
        "bmp, BI_RGB, 5, 0",
        "bmp, BI_RLE8, 13, 0",
        // The filling of the last row.
        "bmp, BI_RGB, 12, 1",
        // The end mark of the file, and of the codes.
        "gif, '', 13, 3",
        "tiff, None, 5, 0",
        "tiff, LZW, 5, 0",
        "tiff, ZLib, 5, 0",
        "tiff, Deflate, 10, 0",
        "tiff, PackBits, 5, 0",
        "tiff, JPEG, 5, 0",
        "tiff, CCITT T.6, 12, 0",
    })
    void everyLengthOf(String format, String compression, int type, int spare) throws Exception {
        // TIFF: the writer puts the directory first or last; what follows the pixels holds none.
        int free = format.equals("tiff") ? Integer.MAX_VALUE : spare;
        assertNoLoss(encoded(picture(type), format, compression), free);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WebpFileTest.LOSSLESS,
                WebpFileTest.TRANSPARENT,
                WebpFileTest.TURNED,
                WebpFileTest.ANIMATED,
                WebpFileTest.LOSSY
            })
    void everyLengthOfWebp(String base64) throws Exception {
        assertNoLoss(WebpFileTest.bytes(base64), 0);
    }

    @Test
    void everyLengthOfStripsTilesAndBigFiles() throws Exception {
        int[] samples = new int[32];
        Arrays.setAll(samples, i -> 7 * i + 1);
        // The lengths of what is not compressed are the file's last bytes, and are not needed.
        int spare = Integer.MAX_VALUE;
        // Two strips, and the second before the first.
        TiffBytes strips =
                TiffBytes.of(4, 4, 1, 1, 8).with(278, 2).with(273, 16, 8).with(279, 8, 8);
        assertNoLoss(strips.bytes(Arrays.copyOf(samples, 16)).file(), spare);
        TiffBytes tiles = TiffBytes.of(4, 4, 1, 1, 8)
                .with(322, 16)
                .with(323, 16)
                .with(324, 8)
                .with(325, 256);
        int[] tile = new int[256];
        Arrays.setAll(tile, i -> i);
        assertNoLoss(tiles.bytes(tile).file(), spare);
        assertNoLoss(TiffBytes.of(4, 4, 1, 1, 8).big().bytes(samples).file(), spare);
        samples[0] = 30_000;
        assertNoLoss(TiffBytes.of(4, 4, 1, 1, 16).bigEndian().shorts(samples).file(), spare);
    }
}
