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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.lesionforge.SharedFolder;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

class PngFileTest {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] NONE = {};

    /** 2×2: red, green; blue, gray. Each row begins with its filter, 0. */
    private static final byte[] ROWS = {0, -1, 0, 0, 0, -1, 0, 0, 0, 0, -1, 100, 100, 100};

    private static final byte[] PIXELS = {-1, 0, 0, 0, -1, 0, 0, 0, -1, 100, 100, 100};

    private static byte[] chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] header(int width, int height, int depth, int colourType, int interlace) {
        return chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) depth)
                        .put((byte) colourType)
                        .putShort((short) 0)
                        .put((byte) interlace)
                        .array());
    }

    private static byte[] deflated(byte[] rows) {
        Deflater deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        byte[] out = new byte[rows.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static byte[] file(byte[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        Stream.of(chunks).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] rgb(byte[] idat, byte[]... before) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        Stream.of(before).forEach(chunks::writeBytes);
        return file(header(2, 2, 8, 2, 0), chunks.toByteArray(), chunk("IDAT", idat), chunk("IEND", NONE));
    }

    private static void assertRefused(String expected, byte[] png) {
        UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(png));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void eachChangedByteIsNoticed() throws Exception {
        byte[] png = rgb(
                deflated(ROWS),
                chunk("gAMA", new byte[] {0, 0, -79, -113}),
                chunk("tEXt", "a\0b".getBytes(StandardCharsets.US_ASCII)));
        assertArrayEquals(PIXELS, ImageDecoder.decode(png).pixels());
        for (int at = 0; at < png.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = png.clone();
                changed[at] ^= (byte) (1 << bit);
                assertThrows(
                        UnreadableImageException.class,
                        () -> ImageDecoder.decode(changed),
                        "bit " + bit + " of byte " + at);
            }
        }
    }

    @Test
    void theReasonNamesTheChunk() {
        byte[] png = rgb(deflated(ROWS));
        png[8 + 25 + 8 + 3] ^= 1;
        assertRefused("chunk IDAT at byte 33 fails its checksum", png);
        byte[] header = rgb(deflated(ROWS));
        header[23] ^= 1;
        assertRefused("chunk IHDR at byte 8 fails its checksum", header);
    }

    @Test
    void damageThatKeepsTheChecksumsIsNoticed() {
        assertRefused("its pixels take 14 bytes, 13 are there", rgb(deflated(Arrays.copyOf(ROWS, 13))));
        assertRefused("0 are there", rgb(NONE));
        assertRefused("0 are there", file(header(2, 2, 8, 2, 0), chunk("IEND", NONE)));
        byte[] wrongSum = deflated(ROWS);
        wrongSum[wrongSum.length - 1] ^= 1;
        assertRefused("chunk IDAT cannot be inflated", rgb(wrongSum));
        byte[] filter = ROWS.clone();
        filter[7] = 9;
        assertRefused("damaged PNG", rgb(deflated(filter)));
    }

    @Test
    void chunksOutOfOrderAreRefused() {
        byte[] pixels = deflated(ROWS);
        byte[] first = Arrays.copyOf(pixels, 5);
        byte[] second = Arrays.copyOfRange(pixels, 5, pixels.length);
        byte[] text = chunk("tEXt", "a\0b".getBytes(StandardCharsets.US_ASCII));
        byte[] end = chunk("IEND", NONE);
        byte[] header = header(2, 2, 8, 2, 0);
        assertRefused("IHDR", file(text, header, chunk("IDAT", pixels), end));
        assertRefused("IHDR", file(header, header, chunk("IDAT", pixels), end));
        assertRefused(
                "chunk tEXt stands between", file(header, chunk("IDAT", first), text, chunk("IDAT", second), end));
        assertRefused("chunk ABCD", rgb(pixels, chunk("ABCD", NONE)));
        assertRefused("before its chunk IEND", file(header, chunk("IDAT", pixels)));
        assertRefused("palette", file(header(2, 2, 8, 3, 0), chunk("IDAT", pixels), end));
    }

    @Test
    void whatDoesNotConcernThePixelsIsNotHeldAgainstThem() throws Exception {
        byte[] pixels = deflated(ROWS);
        byte[] garbage = "a\0\0this was never deflated".getBytes(StandardCharsets.US_ASCII);
        // Were the texts and the profile inflated, they would fail; or, made to, fill the memory.
        byte[] png = rgb(
                pixels, chunk("iCCP", garbage), chunk("zTXt", garbage), chunk("iTXt", garbage), chunk("tEXt", NONE));
        assertArrayEquals(PIXELS, ImageDecoder.decode(png).pixels());
        byte[] more = Arrays.copyOf(png, png.length + 20);
        assertArrayEquals(PIXELS, ImageDecoder.decode(more).pixels(), "bytes behind the end");
        byte[] pieces = file(
                header(2, 2, 8, 2, 0),
                chunk("IDAT", Arrays.copyOf(pixels, 3)),
                chunk("IDAT", NONE),
                chunk("IDAT", Arrays.copyOfRange(pixels, 3, pixels.length)),
                chunk("IEND", NONE));
        assertArrayEquals(PIXELS, ImageDecoder.decode(pieces).pixels());
        byte[] palette = file(
                header(1, 1, 8, 3, 0),
                chunk("zTXt", garbage),
                chunk("PLTE", new byte[] {10, 20, 30}),
                chunk("IDAT", deflated(new byte[] {0, 0})),
                chunk("IEND", NONE));
        assertArrayEquals(new byte[] {10, 20, 30}, ImageDecoder.decode(palette).pixels());
    }

    @Test
    void aPixelWhoseColourIsNotInThePaletteIsDamage() {
        assertRefused(
                "colour 1 of a palette of 1",
                file(
                        header(1, 1, 8, 3, 0),
                        chunk("PLTE", new byte[] {10, 20, 30}),
                        chunk("IDAT", deflated(new byte[] {0, 1})),
                        chunk("IEND", NONE)));
    }

    @Test
    void aTransparentColourIsWhite() throws Exception {
        byte[] key = {0, 100, 0, 100, 0, 100};
        byte[] expected = PIXELS.clone();
        Arrays.fill(expected, 9, 12, (byte) 255);
        assertArrayEquals(
                expected,
                ImageDecoder.decode(rgb(deflated(ROWS), chunk("tRNS", key))).pixels());
    }

    @Test
    void interlacedRowsAreCounted() throws Exception {
        // Adam7 stores a gray picture of 3×2 in passes 1 (0,0), 4 (2,0), 6 (1,0) and 7 (all of row 1).
        byte[] passes = {0, 10, 0, 30, 0, 20, 0, 40, 50, 60};
        byte[] png = file(header(3, 2, 8, 0, 1), chunk("IDAT", deflated(passes)), chunk("IEND", NONE));
        RgbImage image = ImageDecoder.decode(png);
        for (int i = 0; i < 6; i++) {
            assertEquals(10 * (i + 1), image.value(i % 3, i / 3, 0));
        }
        assertRefused(
                "its pixels take 10 bytes, 9 are there",
                file(header(3, 2, 8, 0, 1), chunk("IDAT", deflated(Arrays.copyOf(passes, 9))), chunk("IEND", NONE)));
    }

    @Test
    void sixteenBitsThatAreNearlyBlackThroughoutAreRefused() {
        assertRefused(
                "from 0 to 200",
                file(
                        header(1, 1, 16, 0, 0),
                        chunk("IDAT", deflated(new byte[] {0, 0, (byte) 200})),
                        chunk("IEND", NONE)));
    }

    @Test
    void orientationMayBeALongInABigEndianBlock() throws Exception {
        byte[] exif = ByteBuffer.allocate(26)
                .put("MM\0*".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x112)
                .putShort((short) 4)
                .putInt(1)
                .putInt(6)
                .array();
        // Orientation 6 is turned clockwise: red comes to the upper right.
        byte[] turned = {0, 0, -1, -1, 0, 0, 100, 100, 100, 0, -1, 0};
        assertArrayEquals(
                turned,
                ImageDecoder.decode(rgb(deflated(ROWS), chunk("eXIf", exif))).pixels());
    }

    @Test
    void sizesAreLookedAtFirst() {
        assertRefused("0×2 pixels", file(header(0, 2, 8, 2, 0), chunk("IEND", NONE)));
        assertRefused("too large: 4294967295×4294967295", file(header(-1, -1, 8, 2, 0), chunk("IEND", NONE)));
        assertRefused("do not go together", file(header(2, 2, 3, 2, 0), chunk("IEND", NONE)));
    }

    @Test
    void filesOfWhichOneByteWasChangedAreRefused() throws IOException {
        Path cases = SharedFolder.require().resolve("cases/png-crc-ignored");
        try (Stream<Path> files = Files.list(cases)) {
            List<Path> pngs =
                    files.filter(file -> file.toString().endsWith(".png")).toList();
            assertEquals(12, pngs.size());
            for (Path png : pngs) {
                UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.read(png));
                assertTrue(e.getMessage().contains("fails its checksum"), e.getMessage());
            }
        }
    }
}
