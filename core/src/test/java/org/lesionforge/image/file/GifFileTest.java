package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.lesionforge.SharedFolder;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

class GifFileTest {
    /**
     * By hand: a screen of 3×2, a palette of red, green, blue and gray; a frame of 2×1, green and blue, at (1, 1). Codes of 3 bits: clear (4), 1, 2,
     * end (5).
     */
    private static final String OFFSET = "474946383961 0300 0200 81 00 00" + "ff0000 00ff00 0000ff 646464" + "%s"
            + "2c 0100 0100 0200 0100 00" + "02 02 8c0a 00" + "3b";

    private static final String CONTROL = "21f904 01 0000 %02x 00";

    private static byte[] file(String control) {
        return HexFormat.of().parseHex(OFFSET.formatted(control).replace(" ", ""));
    }

    private static byte[] pixels(String colours) {
        return HexFormat.of().parseHex(colours.replace(" ", ""));
    }

    @Test
    void theFrameLiesOnItsScreen() throws Exception {
        RgbImage image = ImageDecoder.decode(file(""));
        assertEquals(3, image.width());
        assertArrayEquals(pixels("ff0000 ff0000 ff0000 ff0000 00ff00 0000ff"), image.pixels());
    }

    @Test
    void aTransparentColourIsWhite() throws Exception {
        byte[] blue = file(CONTROL.formatted(2));
        assertArrayEquals(
                pixels("ffffff ffffff ffffff ffffff 00ff00 ffffff"),
                ImageDecoder.decode(blue).pixels());
    }

    @Test
    void aFrameThatPassesTheScreenWidensIt() throws Exception {
        byte[] gif = file("");
        gif[6] = 1;
        gif[8] = 1;
        RgbImage image = ImageDecoder.decode(gif);
        assertEquals(3, image.width());
        assertEquals(2, image.height());
    }

    /** Java's own decoder gets an interlaced picture of three rows wrong. */
    @Test
    void whatJavaEncodesIsReadBack() throws Exception {
        Random random = new Random(5);
        for (boolean interlaced : new boolean[] {false, true}) {
            for (int[] size : new int[][] {{1, 1}, {7, 3}, {61, 37}, {200, 190}}) {
                BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_BYTE_INDEXED);
                for (int i = 0; i < size[0] * size[1]; i++) {
                    // Noise above, so that the codes grow to 12 bits and begin anew; one colour below.
                    int index = i < size[0] * size[1] / 2 ? random.nextInt(216) : 7;
                    image.getRaster().setSample(i % size[0], i / size[0], 0, index);
                }
                byte[] gif = encoded(image, interlaced);
                RgbImage actual = ImageDecoder.decode(gif);
                for (int i = 0; i < size[0] * size[1]; i++) {
                    int rgb = image.getRGB(i % size[0], i / size[0]);
                    int[] pixel = {(rgb >> 16) & 0xFF, (rgb >> 8) & 0xFF, rgb & 0xFF};
                    for (int c = 0; c < 3; c++) {
                        assertEquals(pixel[c], actual.value(i % size[0], i / size[0], c));
                    }
                }
            }
        }
    }

    private static byte[] encoded(BufferedImage image, boolean interlaced) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    @Test
    void damageIsNamed() {
        byte[] gif = file("");
        assertRefused("truncated GIF", Arrays.copyOf(gif, gif.length - 3));
        byte[] early = gif.clone();
        // Clear, 1, end.
        early[early.length - 4] = 0x4C;
        early[early.length - 3] = 0x01;
        assertRefused("truncated GIF: 0 of 1 rows", early);
        byte[] undefined = gif.clone();
        // Clear, 6.
        undefined[undefined.length - 4] = 0x34;
        assertRefused("never defined", undefined);
        byte[] endless = gif.clone();
        Arrays.fill(endless, 6, 10, (byte) 0xFF);
        assertRefused("too large: 65535×65535", endless);
        byte[] none = gif.clone();
        none[none.length - 16] = 0x3B;
        assertRefused("no frame", none);
    }

    private static void assertRefused(String expected, byte[] gif) {
        UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(gif));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void aSampleIsWhatPillowMakesOfIt() throws Exception {
        RgbImage image = ImageDecoder.read(SharedFolder.require().resolve("cases/tiff-samples/a/g_offset.gif"));
        assertEquals(64, image.width());
        double[] means = new double[3];
        for (int i = 0; i < image.pixels().length; i++) {
            means[i % 3] += (image.pixels()[i] & 0xFF) / 4096.0;
        }
        assertArrayEquals(new double[] {131.0, 90.1, 82.3}, means, 0.05);
    }
}
