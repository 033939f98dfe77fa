package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

class ImageDecoderTest {
    /** 32×16: the left half red, the upper right quarter green, the lower right blue. */
    private static BufferedImage flag(int type) {
        BufferedImage image = new BufferedImage(32, 16, type);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 32; x++) {
                image.setRGB(x, y, x < 16 ? 0xFFFF0000 : y < 8 ? 0xFF00FF00 : 0xFF0000FF);
            }
        }
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, out), format);
        return out.toByteArray();
    }

    private static void assertPixel(RgbImage image, int x, int y, int red, int green, int blue, int tolerance) {
        int[] expected = {red, green, blue};
        for (int c = 0; c < 3; c++) {
            int actual = image.value(x, y, c);
            assertTrue(Math.abs(expected[c] - actual) <= tolerance, "channel " + c + " is " + actual);
        }
    }

    @Test
    void everyFormatGivesTheSamePicture() throws Exception {
        for (String format : new String[] {"jpeg", "png", "bmp", "gif", "tiff"}) {
            RgbImage image = ImageDecoder.decode(encoded(flag(BufferedImage.TYPE_3BYTE_BGR), format));
            assertEquals(32, image.width(), format);
            assertEquals(16, image.height(), format);
            int tolerance = format.equals("jpeg") ? 8 : 0;
            assertPixel(image, 4, 12, 255, 0, 0, tolerance);
            assertPixel(image, 28, 3, 0, 255, 0, tolerance);
            assertPixel(image, 28, 12, 0, 0, 255, tolerance);
        }
    }

    @Test
    void grayIsNotBrightened() throws Exception {
        for (String format : new String[] {"png", "jpeg"}) {
            BufferedImage gray = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < 64; i++) {
                gray.getRaster().setSample(i % 8, i / 8, 0, 100);
            }
            assertPixel(ImageDecoder.decode(encoded(gray, format)), 3, 3, 100, 100, 100, 1);
        }
    }

    @Test
    void sixteenBitsBecomeEight() throws Exception {
        BufferedImage gray = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        gray.getRaster().setSample(0, 0, 0, 257 * 100);
        assertPixel(ImageDecoder.decode(encoded(gray, "png")), 0, 0, 100, 100, 100, 0);

        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {257 * 10, 257 * 20, 65535});
        BufferedImage colour = new BufferedImage(model, raster, false, null);
        assertPixel(ImageDecoder.decode(encoded(colour, "png")), 0, 0, 10, 20, 255, 0);
    }

    @Test
    void palettesAndSingleBitsBecomeColours() throws Exception {
        byte[] red = {0, (byte) 200};
        byte[] green = {10, 20};
        byte[] blue = {30, (byte) 255};
        IndexColorModel palette = new IndexColorModel(8, 2, red, green, blue);
        BufferedImage indexed = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
        indexed.getRaster().setSample(1, 0, 0, 1);
        RgbImage image = ImageDecoder.decode(encoded(indexed, "png"));
        assertPixel(image, 0, 0, 0, 10, 30, 0);
        assertPixel(image, 1, 0, 200, 20, 255, 0);

        BufferedImage binary = new BufferedImage(9, 1, BufferedImage.TYPE_BYTE_BINARY);
        binary.setRGB(8, 0, 0xFFFFFFFF);
        RgbImage blackAndWhite = ImageDecoder.decode(encoded(binary, "png"));
        assertPixel(blackAndWhite, 0, 0, 0, 0, 0, 0);
        assertPixel(blackAndWhite, 8, 0, 255, 255, 255, 0);
    }

    @Test
    void transparencyIsLaidOverWhite() throws Exception {
        BufferedImage glass = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        glass.setRGB(0, 0, 0x00123456);
        glass.setRGB(1, 0, 0x80000000);
        glass.setRGB(2, 0, 0xFF102030);
        RgbImage image = ImageDecoder.decode(encoded(glass, "png"));
        assertPixel(image, 0, 0, 255, 255, 255, 0);
        assertPixel(image, 1, 0, 127, 127, 127, 0);
        assertPixel(image, 2, 0, 16, 32, 48, 0);
    }

    @Test
    void cmykIsConverted() throws Exception {
        RgbImage image = ImageDecoder.decode(cmykJpeg());
        assertEquals(16, image.width());
        // No ink is white, all black ink is dark, cyan ink takes the red away.
        assertPixel(image, 2, 2, 255, 255, 255, 4);
        assertTrue(image.value(13, 2, 0) < 70, "black: " + image.value(13, 2, 0));
        assertTrue(image.value(2, 13, 0) < 90 && image.value(2, 13, 2) > 180, "cyan keeps blue and loses red");
    }

    /** 16×16 in Adobe's inverted CMYK: white, black above; cyan, white below. */
    private static byte[] cmykJpeg() throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                boolean black = x >= 8 && y < 8;
                boolean cyan = x < 8 && y >= 8;
                raster.setPixel(x, y, new int[] {cyan ? 0 : 255, 255, 255, black ? 0 : 255});
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = jdkJpegWriter();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = out.toByteArray();
        // APP14 "Adobe", transform 0: four components, not transformed, inverted.
        return inserted(jpeg, HexFormat.of().parseHex("ffee000e41646f62650064000000000000"));
    }

    private static ImageWriter jdkJpegWriter() {
        Iterator<ImageWriter> writers =
                ImageIO.getImageWriters(ImageTypeSpecifier.createFromBufferedImageType(1), "jpeg");
        while (true) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.")) {
                return writer;
            }
            writer.dispose();
        }
    }

    private static byte[] inserted(byte[] jpeg, byte[] segment) {
        byte[] all = Arrays.copyOf(jpeg, jpeg.length + segment.length);
        System.arraycopy(segment, 0, all, 2, segment.length);
        System.arraycopy(jpeg, 2, all, 2 + segment.length, jpeg.length - 2);
        return all;
    }

    private static byte[] rotated(byte[] jpeg, int orientation, boolean littleEndian) {
        String tiff = littleEndian
                ? "49492a0008000000" + "0100" + "1201030001000000" + "0" + orientation + "000000" + "00000000"
                : "4d4d002a00000008" + "0001" + "0112000300000001" + "000" + orientation + "0000" + "00000000";
        byte[] exif = HexFormat.of().parseHex("457869660000" + tiff);
        byte[] segment = new byte[4 + exif.length];
        segment[0] = (byte) 0xFF;
        segment[1] = (byte) 0xE1;
        segment[3] = (byte) (2 + exif.length);
        System.arraycopy(exif, 0, segment, 4, exif.length);
        return inserted(jpeg, segment);
    }

    @Test
    void exifOrientationIsApplied() throws Exception {
        byte[] jpeg = encoded(flag(BufferedImage.TYPE_3BYTE_BGR), "jpeg");
        // Where red (left), green (upper right) and blue (lower right) come to lie: the upper corners, then the lower
        // ones.
        String[] corners = {"RGRB", "GRBR", "BRGR", "RBRG", "RRGB", "RRBG", "BGRR", "GBRR"};
        for (int orientation = 1; orientation <= 8; orientation++) {
            for (boolean littleEndian : new boolean[] {true, false}) {
                RgbImage image = ImageDecoder.decode(rotated(jpeg, orientation, littleEndian));
                assertEquals(orientation >= 5 ? 16 : 32, image.width(), "orientation " + orientation);
                assertEquals(corners[orientation - 1], corners(image), "orientation " + orientation);
            }
        }
    }

    private static String corners(RgbImage image) {
        StringBuilder letters = new StringBuilder();
        for (int y : new int[] {1, image.height() - 2}) {
            for (int x : new int[] {1, image.width() - 2}) {
                letters.append(image.value(x, y, 0) > 200 ? 'R' : image.value(x, y, 1) > 200 ? 'G' : 'B');
            }
        }
        return letters.toString();
    }

    @Test
    void aDamagedExifBlockCountsAsUpright() throws Exception {
        byte[] jpeg = rotated(encoded(flag(BufferedImage.TYPE_3BYTE_BGR), "jpeg"), 6, true);
        Arrays.fill(jpeg, 16, 20, (byte) 0xFF);
        assertEquals(32, ImageDecoder.decode(jpeg).width());
    }

    @Test
    void aFileCutShortIsRefusedWhereverItIsCut() throws Exception {
        BufferedImage noise = noise(64, 64);
        for (String format : new String[] {"jpeg", "png"}) {
            byte[] whole = encoded(noise, format);
            for (double share : new double[] {0.02, 0.2, 0.5, 0.9, 0.99}) {
                byte[] cut = Arrays.copyOf(whole, (int) (whole.length * share));
                assertThrows(
                        UnreadableImageException.class, () -> ImageDecoder.decode(cut), format + " cut at " + share);
            }
            ImageDecoder.decode(whole);
        }
        byte[] half = encoded(noise, "jpeg");
        UnreadableImageException e = assertThrows(
                UnreadableImageException.class, () -> ImageDecoder.decode(Arrays.copyOf(half, half.length / 2)));
        assertEquals("truncated JPEG", e.getMessage());
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt());
        }
        return image;
    }

    @Test
    void aDamagedPngIsRefused() throws Exception {
        byte[] png = encoded(noise(64, 64), "png");
        Arrays.fill(png, png.length / 2, png.length / 2 + 50, (byte) 0);
        assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(png));
    }

    @Test
    void whatIsNoImageIsRefusedWithAReason() {
        assertReason("empty file", new byte[0]);
        assertReason("not an image", "Dear reader,\n".getBytes(StandardCharsets.US_ASCII));
        assertReason("not an image", new byte[1000]);
        assertReason("HEIC, which is not read", "\0\0\0\u0018ftypheic".getBytes(StandardCharsets.ISO_8859_1));
        UnreadableImageException e =
                assertThrows(UnreadableImageException.class, () -> ImageDecoder.read(Path.of("no-such-file.jpg")));
        assertTrue(e.getMessage().contains("cannot be opened"), e.getMessage());
    }

    private static void assertReason(String expected, byte[] file) {
        UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(file));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void anImageOfManyPixelsIsRefusedBeforeItIsDecoded() throws Exception {
        byte[] png = encoded(new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR), "png");
        // Width and height in IHDR, and its checksum.
        byte[] header = Arrays.copyOfRange(png, 12, 29);
        header[4] = 0x01;
        header[8] = 0x01;
        System.arraycopy(header, 0, png, 12, header.length);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(header);
        java.nio.ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        assertReason("too large: 16777217×16777217", png);
    }

    @Test
    void aLargeFileIsRefusedWithoutBeingRead(@TempDir Path folder) throws Exception {
        for (String format : new String[] {"jpeg", "png", "bmp", "gif", "tiff"}) {
            Path file = Files.write(folder.resolve("large.png"), encoded(noise(2, 2), format));
            try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
                // A hole: no disk is needed for it, but 10 GB of memory if it is read.
                large.setLength(10L << 30);
            }
            UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.read(file));
            assertEquals("too large: 10737418240 bytes, at most 536870912 are read", e.getMessage(), format);
        }
        Path video =
                Files.write(folder.resolve("lesion.jpg"), "\0\0\0\u0018ftypisom".getBytes(StandardCharsets.ISO_8859_1));
        UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.read(video));
        assertEquals("not an image: video; extract its frames as PNG", e.getMessage());
        e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.read(folder));
        assertEquals("not a regular file", e.getMessage());
    }

    @Test
    void whatIsOverALimitIsRefusedAtOnce() throws Exception {
        Path bombs = SharedFolder.require().resolve("cases/bombs");
        Map<String, String> reasons = Map.of(
                "jpeg-65500.jpg", "too large: 65500×65500 pixels, at most 100000000 are read",
                "png-60000.png", "too large: 60000×60000 pixels, at most 100000000 are read",
                "png-2e31.png", "too large: 2147483647×2147483647 pixels, at most 100000000 are read",
                "png-0x0.png", "damaged PNG: 0×0 pixels");
        for (Map.Entry<String, String> reason : reasons.entrySet()) {
            UnreadableImageException e = assertThrows(
                    UnreadableImageException.class, () -> ImageDecoder.read(bombs.resolve(reason.getKey())));
            assertEquals(reason.getValue(), e.getMessage());
        }
    }

    @Test
    void tinyAndLongImagesAreRead() throws Exception {
        assertEquals(1, ImageDecoder.decode(encoded(noise(1, 1), "jpeg")).width());
        RgbImage strip = ImageDecoder.decode(encoded(noise(3000, 17), "jpeg"));
        assertEquals(3000, strip.width());
        assertEquals(17, strip.height());
    }

    @Test
    void whatTheWriterWroteIsReadBack() throws Exception {
        BufferedImage noise = noise(5, 3);
        byte[] png = encoded(noise, "png");
        BufferedImage expected = ImageIO.read(new ByteArrayInputStream(png));
        RgbImage actual = ImageDecoder.decode(png);
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 5; x++) {
                int rgb = expected.getRGB(x, y);
                assertPixel(actual, x, y, (rgb >> 16) & 0xFF, (rgb >> 8) & 0xFF, rgb & 0xFF, 0);
            }
        }
    }
}
