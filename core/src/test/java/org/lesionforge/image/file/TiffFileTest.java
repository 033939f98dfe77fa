package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lesionforge.SharedFolder;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

class TiffFileTest {
    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int LAB = 8;
    private static final int FORMAT = 339;
    private static final int EXTRA_SAMPLES = 338;

    private static void assertPixels(TiffBytes tiff, int... expected) throws UnreadableImageException {
        byte[] bytes = new byte[expected.length];
        for (int i = 0; i < expected.length; i++) {
            bytes[i] = (byte) expected[i];
        }
        assertArrayEquals(bytes, ImageDecoder.decode(tiff.file()).pixels());
    }

    private static void assertGray(TiffBytes tiff, int... expected) throws UnreadableImageException {
        RgbImage image = ImageDecoder.decode(tiff.file());
        int[] actual = new int[expected.length];
        for (int i = 0; i < expected.length; i++) {
            actual[i] = image.value(i % image.width(), i / image.width(), i % 3);
        }
        assertArrayEquals(expected, actual);
    }

    private static void assertRefused(String expected, TiffBytes tiff) {
        UnreadableImageException e =
                assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(tiff.file()));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    private static TiffBytes gray(int bits) {
        return TiffBytes.of(2, 2, BLACK_IS_ZERO, 1, bits);
    }

    private static TiffBytes rgb(int bits) {
        return TiffBytes.of(2, 1, RGB, 3, bits);
    }

    @Test
    void unsignedSamplesReachToTheEndOfTheirType() throws Exception {
        for (boolean big : new boolean[] {false, true}) {
            TiffBytes eight = rgb(8).bytes(1, 2, 3, 250, 251, 252);
            assertPixels(big ? eight.big() : eight, 1, 2, 3, 250, 251, 252);
            TiffBytes sixteen = rgb(16).bigEndian().shorts(0, 257, 65535, 257 * 100, 257 * 7 + 128, 257 * 7 + 129);
            assertPixels(big ? sixteen.big() : sixteen, 0, 1, 255, 100, 7, 8);
        }
        assertPixels(rgb(32).ints(-1, 0, 0x80000000, 0x40000000, 0x09090909, 0xC8C8C8C8), 255, 0, 128, 64, 9, 200);
    }

    @Test
    void samplesOfSignedTypesReachToTheirLargest() throws Exception {
        assertGray(gray(16).with(FORMAT, 2).shorts(0, 32767, 16384, 8192), 0, 255, 128, 64);
        assertGray(gray(32).with(FORMAT, 2).ints(0, Integer.MAX_VALUE, 1 << 30, 1 << 29), 0, 255, 128, 64);
        assertRefused("from -1 to 32767", gray(16).with(FORMAT, 2).shorts(0, 32767, -1, 8192));
        assertRefused("signed samples of 8 bits", gray(8).with(FORMAT, 2).bytes(1, 2, 3, 4));
    }

    @Test
    void eightBitLevelsInAWiderTypeStayWhatTheyAre() throws Exception {
        assertGray(gray(32).with(FORMAT, 2).ints(0, 255, 100, 7), 0, 255, 100, 7);
        assertGray(gray(32).with(FORMAT, 1).ints(0, 255, 100, 7), 0, 255, 100, 7);
        assertGray(gray(16).with(FORMAT, 2).shorts(0, 255, 100, 7), 0, 255, 100, 7);
        assertGray(gray(32).floats(0, 255, 100.4, 7.6), 0, 255, 100, 8);
        assertPixels(rgb(32).bigEndian().floats(0, 16, 32, 64, 128, 254), 0, 16, 32, 64, 128, 254);
    }

    @Test
    void floatsAreSharesOfWhite() throws Exception {
        assertGray(gray(32).floats(0, 1, 0.5, 100 / 255.0), 0, 255, 128, 100);
        assertGray(gray(32).bigEndian().floats(-0.0005, 1.0005, 0.2, 0.4), 0, 255, 51, 102);
        assertPixels(rgb(32).floats(0, 0.2, 0.4, 0.6, 0.8, 1), 0, 51, 102, 153, 204, 255);
    }

    @Test
    void whatWouldBeGuessedIsRefused() {
        assertRefused("from 0 to 1.5", gray(32).floats(0, 1, 0.5, 1.5));
        assertRefused("from -1 to 1", gray(32).floats(-1, 1, 0.5, 0));
        assertRefused("from 0 to 4095", gray(32).floats(0, 4095, 100, 7));
        assertRefused("NaN", gray(32).floats(0, Double.NaN, 1, 0));
        assertRefused("from 0 to 4095", gray(32).with(FORMAT, 2).ints(0, 4095, 100, 7));
        assertRefused("from 0 to 255", gray(16).shorts(0, 255, 100, 7));
    }

    @Test
    void zeroMayBeWhite() throws Exception {
        assertGray(TiffBytes.of(2, 2, WHITE_IS_ZERO, 1, 8).bytes(0, 255, 100, 7), 255, 0, 155, 248);
        assertGray(TiffBytes.of(2, 2, WHITE_IS_ZERO, 1, 1).bytes(0x40, 0x80), 255, 0, 0, 255);
        assertGray(TiffBytes.of(2, 2, WHITE_IS_ZERO, 1, 16).shorts(0, 65535, 257 * 100, 257 * 7), 255, 0, 155, 248);
    }

    @Test
    void samplesOfFewBitsAndPalettes() throws Exception {
        assertGray(gray(1).bytes(0x40, 0x80), 0, 255, 255, 0);
        assertGray(gray(2).bytes(0x10, 0xB0), 0, 85, 170, 255);
        assertGray(gray(4).bytes(0x0F, 0x31), 0, 255, 51, 17);
        int[] colours = new int[3 * 256];
        colours[5] = 257 * 10;
        colours[256 + 5] = 257 * 20;
        colours[512 + 5] = 65535;
        assertPixels(TiffBytes.of(2, 1, PALETTE, 1, 8).with(320, colours).bytes(5, 0), 10, 20, 255, 0, 0, 0);
        assertRefused("3 samples of 4 bits", rgb(4).bytes(0x12, 0x34, 0x56));
    }

    @Test
    void coloursMayLieInPlanesAndStrips() throws Exception {
        TiffBytes planes =
                rgb(8).with(284, 2).with(273, 8, 10, 12).with(279, 2, 2, 2).bytes(1, 4, 2, 5, 3, 6);
        assertPixels(planes, 1, 2, 3, 4, 5, 6);
        TiffBytes strips = gray(8).with(278, 1).with(273, 8, 10).with(279, 2, 2).bytes(1, 2, 3, 4);
        assertGray(strips, 1, 2, 3, 4);
    }

    @Test
    void onlyWhatIsSaidToBeOpacityIsOpacity() throws Exception {
        TiffBytes pixels = TiffBytes.of(2, 1, RGB, 4, 8).bytes(100, 50, 0, 51, 10, 20, 30, 255);
        // 51 of 255 is a fifth: 100 / 5 + 255 × 4 / 5.
        assertPixels(pixels.with(EXTRA_SAMPLES, 2), 224, 214, 204, 10, 20, 30);
        assertPixels(pixels.with(EXTRA_SAMPLES, 0), 100, 50, 0, 10, 20, 30);
        TiffBytes multiplied = TiffBytes.of(2, 1, RGB, 4, 8).bytes(20, 10, 0, 51, 10, 20, 30, 255);
        assertPixels(multiplied.with(EXTRA_SAMPLES, 1), 224, 214, 204, 10, 20, 30);
        TiffBytes later =
                TiffBytes.of(1, 1, RGB, 5, 8).with(EXTRA_SAMPLES, 0, 2).bytes(100, 50, 0, 7, 51);
        assertPixels(later, 224, 214, 204);
    }

    @Test
    void inksBecomeColours() throws Exception {
        // No ink, all cyan, half of black.
        assertPixels(
                TiffBytes.of(3, 1, CMYK, 4, 8).bytes(0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 127),
                255,
                255,
                255,
                0,
                255,
                255,
                128,
                128,
                128);
    }

    @Test
    void orientationCounts() throws Exception {
        for (boolean bigEndian : new boolean[] {false, true}) {
            TiffBytes tiff = TiffBytes.of(2, 1, BLACK_IS_ZERO, 1, 8).with(274, 6);
            RgbImage image = ImageDecoder.decode(
                    (bigEndian ? tiff.bigEndian() : tiff).bytes(10, 20).file());
            assertEquals(1, image.width());
            assertEquals(10, image.value(0, 0, 0));
            assertEquals(20, image.value(0, 1, 0));
        }
    }

    @Test
    void whatIsNotReadIsNamed() {
        assertRefused(
                "CIE L*a*b*, which is not read", TiffBytes.of(2, 1, LAB, 3, 8).bytes(1, 2, 3, 4, 5, 6));
        assertRefused("colour filter array", gray(8).with(262, 32803).bytes(1, 2, 3, 4));
        assertRefused("old-style JPEG", gray(8).with(259, 6).bytes(1, 2, 3, 4));
        assertRefused("JPEG 2000", gray(8).with(259, 34712).bytes(1, 2, 3, 4));
        assertRefused("method 12345", gray(8).with(259, 12345).bytes(1, 2, 3, 4));
        assertRefused("complex samples of 32 bits", gray(32).with(FORMAT, 5).ints(1, 2, 3, 4));
        assertRefused("camera raw", gray(8).with(254, 1).with(330, 8).bytes(1, 2, 3, 4));
        assertRefused("camera raw", gray(8).with(50706, 0x01040000).bytes(1, 2, 3, 4));
        assertRefused("different sizes", rgb(8).with(258, 5, 6, 5).bytes(1, 2, 3, 4));
        UnreadableImageException big = assertThrows(
                UnreadableImageException.class,
                () -> ImageDecoder.decode(new byte[] {'I', 'I', 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0}));
        assertEquals("truncated BigTIFF", big.getMessage());
    }

    @Test
    void sizesAndPlacesAreLookedAtFirst() throws Exception {
        assertRefused("0×2 pixels", TiffBytes.of(0, 2, BLACK_IS_ZERO, 1, 8).bytes(1));
        assertRefused(
                "too large: 4294967295×4294967295",
                TiffBytes.of(-1, -1, BLACK_IS_ZERO, 1, 8).bytes(1));
        assertRefused(
                "truncated TIFF: part 1 of 1",
                TiffBytes.of(9000, 9000, BLACK_IS_ZERO, 1, 8).bytes(1));
        assertRefused("truncated TIFF: 1 of 2 parts", gray(8).with(278, 1).bytes(1, 2, 3, 4));
        assertRefused(
                "truncated TIFF: part 1",
                gray(8).with(259, 5).with(279, 1 << 30).bytes(1, 2, 3, 4));
        byte[] counts = gray(8).with(258, 8, 8).bytes(1, 2, 3, 4).file();
        // The count of the third tag, 258.
        counts[12 + 2 + 2 * 12 + 4 + 3] = 127;
        UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(counts));
        assertEquals("truncated TIFF", e.getMessage());
    }

    @Test
    void furtherDirectoriesAreNotFollowed() throws Exception {
        // The first is followed by itself, and by what lies behind the end.
        assertGray(gray(8).next(12).bytes(1, 2, 3, 4), 1, 2, 3, 4);
        assertGray(gray(8).next(0x7FFFFFFF).bytes(1, 2, 3, 4), 1, 2, 3, 4);
    }

    @Test
    void samplesOfManyProgramsShowTheSamePicture() throws Exception {
        Path cases = SharedFolder.require().resolve("cases/tiff-samples/a");
        RgbImage reference = ImageDecoder.read(cases.resolve("reference.png"));
        for (String colour : new String[] {"rgbf01", "rgbf255", "rgbu16", "rgbu32", "t_cmyk", "t_big", "t_rgb16mm"}) {
            assertArrayEquals(
                    reference.pixels(),
                    ImageDecoder.read(cases.resolve(colour + ".tif")).pixels(),
                    colour);
        }
        for (String gray : new String[] {"gf01", "gf255", "gi32"}) {
            byte[] pixels = ImageDecoder.read(cases.resolve(gray + ".tif")).pixels();
            // The mean of Pillow's 'L' of the reference.
            assertEquals(136.8, mean(pixels), 0.05, gray);
        }
        byte[] turned = ImageDecoder.read(cases.resolve("t_orient6.tif")).pixels();
        assertArrayEquals(Orientation.apply(reference, 6).pixels(), turned);
        UnreadableImageException e =
                assertThrows(UnreadableImageException.class, () -> ImageDecoder.read(cases.resolve("t_lab.tif")));
        assertEquals("TIFF of CIE L*a*b*, which is not read; convert it to PNG", e.getMessage());
        byte[] jpeg = ImageDecoder.read(cases.resolve("j_exif_belong.jpg")).pixels();
        assertArrayEquals(
                Orientation.apply(ImageDecoder.read(cases.resolve("j_plain.jpg")), 6)
                        .pixels(),
                jpeg);
    }

    private static double mean(byte[] pixels) {
        long sum = 0;
        for (byte pixel : pixels) {
            sum += pixel & 0xFF;
        }
        return (double) sum / pixels.length;
    }
}
