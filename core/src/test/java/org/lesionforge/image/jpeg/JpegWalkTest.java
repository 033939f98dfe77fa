package org.lesionforge.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesionforge.image.jpeg.FlatJpeg.FLAT;
import static org.lesionforge.image.jpeg.JpegFiles.data;
import static org.lesionforge.image.jpeg.JpegFiles.hex;
import static org.lesionforge.image.jpeg.JpegFiles.indexOf;
import static org.lesionforge.image.jpeg.JpegFiles.inserted;
import static org.lesionforge.image.jpeg.JpegFiles.joined;
import static org.lesionforge.image.jpeg.JpegFiles.without;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;

class JpegWalkTest {
    private static final byte[] END = hex("ffd9");

    @TempDir
    Path folder;

    private static void assertRefused(String expected, byte[] file) {
        UnreadableImageException e =
                assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(file), expected);
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    private static JpegWalk assertWhole(byte[] file) throws UnreadableImageException {
        JpegWalk walk = JpegWalk.of(file);
        assertTrue(walk.complete());
        assertDoesNotThrow(() -> ImageDecoder.decode(file));
        return walk;
    }

    @Test
    void everyTruncationOfEveryKindIsRefused() throws Exception {
        for (Map.Entry<String, byte[]> kind : JpegFiles.sevenKinds().entrySet()) {
            byte[] whole = kind.getValue();
            assertEquals(whole.length, assertWhole(whole).end(), kind.getKey());
            for (int length = 3; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                UnreadableImageException e = assertThrows(
                        UnreadableImageException.class,
                        () -> ImageDecoder.decode(cut),
                        kind.getKey() + " of " + whole.length + " bytes cut at " + length);
                assertEquals("truncated JPEG", e.getMessage());
            }
        }
    }

    @Test
    void anEndMarkDoesNotMakeACutFileWhole() throws Exception {
        for (Map.Entry<String, byte[]> kind : JpegFiles.sevenKinds().entrySet()) {
            byte[] whole = kind.getValue();
            for (int length = 3; length < whole.length - 2; length++) {
                byte[] cut = joined(Arrays.copyOf(whole, length), END);
                assertThrows(
                        UnreadableImageException.class,
                        () -> ImageDecoder.decode(cut),
                        kind.getKey() + " of " + whole.length + " bytes cut at " + length);
            }
        }
    }

    @Test
    void whatFollowsTheEndMarkIsNotDamage() throws Exception {
        for (byte[] whole : JpegFiles.sevenKinds().values()) {
            byte[] pixels = ImageDecoder.decode(whole).pixels();
            for (byte[] tail : List.of(new byte[1], whole, Arrays.copyOf(whole, whole.length / 2), new byte[5000])) {
                byte[] followed = joined(whole, tail);
                assertEquals(whole.length, JpegWalk.of(followed).end());
                assertArrayEquals(pixels, ImageDecoder.decode(followed).pixels());
            }
        }
    }

    @Test
    void halfAFileFollowedByTheWholeIsRefused() throws Exception {
        for (byte[] whole : JpegFiles.sevenKinds().values()) {
            int scans = data(whole);
            for (int at = scans; at < whole.length - 2; at += 97) {
                assertRefused("JPEG", joined(Arrays.copyOf(whole, at), whole));
            }
        }
    }

    @Test
    void aTailOfZerosIsRefused() throws Exception {
        for (byte[] whole : JpegFiles.sevenKinds().values()) {
            for (int at = data(whole); at < whole.length - 2; at += 53) {
                byte[] sparse = Arrays.copyOf(Arrays.copyOf(whole, at), whole.length);
                assertRefused("JPEG", sparse);
                assertRefused("JPEG", joined(sparse, END));
            }
        }
    }

    @Test
    void bytesThatComeTwiceAreRefused() throws Exception {
        for (Map.Entry<String, byte[]> kind : JpegFiles.sevenKinds().entrySet()) {
            byte[] whole = kind.getValue();
            int start = data(whole);
            for (int at = start; at < whole.length - 130; at += 101) {
                assertRefused("JPEG", inserted(whole, at, Arrays.copyOfRange(whole, at, at + 128)));
            }
        }
    }

    @Test
    void restartMarkersCountInOrder() throws Exception {
        byte[] whole = JpegFiles.sevenKinds().get("restart markers");
        int first = indexOf(whole, 0xD0, 1, 2);
        int second = indexOf(whole, 0xD1, 1, first);
        byte[] swapped = whole.clone();
        swapped[first + 1] = whole[second + 1];
        swapped[second + 1] = whole[first + 1];
        assertRefused("damaged JPEG: marker FFD1 at byte " + first + " where restart marker 0 belongs", swapped);
        assertRefused("damaged JPEG: ", without(whole, first, 2));
        assertRefused("damaged JPEG: ", without(whole, first, second - first));
        assertRefused("damaged JPEG: marker FFD0 at byte " + (first + 2), inserted(whole, first, hex("ffd0")));
        int third = indexOf(whole, 0xD2, 1, second);
        assertRefused("damaged JPEG: marker FFD2", without(whole, second + 2, third - second - 2));
        byte[] without = without(whole, indexOf(whole, 0xDD, 1, 2), 6);
        assertRefused("damaged JPEG: marker FFD0 at byte " + (first - 6) + " before the end of unit 3 of 9", without);
    }

    @Test
    void whatIsNotTheDataIsNotDamage() throws Exception {
        byte[] whole = JpegFiles.sevenKinds().get("4:2:0");
        byte[] pixels = ImageDecoder.decode(whole).pixels();
        int frame = indexOf(whole, 0xC0, 1, 2);
        byte[] badProfile = inserted(whole, frame, hex("ffe2 0012 4943435f50524f46494c4500 0907 1234"));
        byte[] badExif = inserted(whole, frame, hex("ffe1 000a 457869660000 ffff"));
        byte[] filledUp = inserted(whole, frame, hex("ffec 0004 1234 0000"));
        byte[] comment = inserted(whole, frame, hex("fffe 0006 ffd8ffd9"));
        byte[] fill = inserted(whole, frame, hex("ffffff"));
        byte[] fillBeforeEnd = inserted(whole, whole.length - 2, hex("ffff"));
        byte[] versionTwo = whole.clone();
        versionTwo[indexOf(whole, 0xE0, 1, 2) + 9] = 2;
        for (byte[] file : List.of(badProfile, badExif, filledUp, comment, fill, fillBeforeEnd, versionTwo)) {
            assertWhole(file);
            assertArrayEquals(pixels, ImageDecoder.decode(file).pixels());
        }
        assertFalse(JpegHeader.of(versionTwo).orElseThrow().usual(), "libjpeg would print that it does not know it");
    }

    @Test
    void nothingOfLibjpegReachesStandardError() throws Exception {
        byte[] whole = JpegFiles.sevenKinds().get("4:2:0");
        byte[] versionTwo = whole.clone();
        versionTwo[indexOf(whole, 0xE0, 1, 2) + 9] = 2;
        byte[] notSequential = whole.clone();
        notSequential[data(whole) - 2] = 0;
        byte[] filledUp = inserted(whole, indexOf(whole, 0xC0, 1, 2), new byte[2]);
        byte[] unknownTransform = inserted(whole, 2, hex("ffee000e41646f626500640000000007"));
        byte[] overfilled = flat("c0", 32, 8, FLAT.repeat(4) + "1".repeat(8));
        byte[] cut = joined(Arrays.copyOf(whole, whole.length / 2), END);
        List<byte[]> files = List.of(
                versionTwo,
                notSequential,
                filledUp,
                unknownTransform,
                overfilled,
                cut,
                JpegFiles.sevenKinds().get("progressive"));
        for (int i = 0; i < files.size(); i++) {
            Files.write(folder.resolve(i + ".jpg"), files.get(i));
        }
        assertEquals(
                List.of(
                        "0.jpg read, 45",
                        "1.jpg read, 45",
                        "2.jpg read, 45",
                        "3.jpg read, 45",
                        "4.jpg read, 32",
                        "5.jpg refused",
                        "6.jpg read, 23"),
                JpegProcess.run(folder));
    }

    @Test
    void bitByBit() throws Exception {
        byte[] gray = new FlatJpeg()
                .frame("c0", 24, 8, "11")
                .scan("003f00", 1)
                .bits(FLAT.repeat(3))
                .end();
        assertWhole(gray);
        assertEquals(128, ImageDecoder.decode(gray).value(23, 7, 0));
        assertRefused(
                "the end mark at byte 97 before the end of unit 4 of 4 of scan 1", flat("c0", 32, 8, FLAT.repeat(3)));
        assertRefused("damaged JPEG: surplus bytes", flat("c0", 8, 8, FLAT.repeat(3)));
        assertRefused("a code that its Huffman table does not have near byte", flat("c0", 8, 8, "1".repeat(40)));
        String zeros = "11111111001";
        assertWhole(flat("c0", 8, 8, "00" + zeros.repeat(3) + "1010"));
        assertRefused("a run of coefficients beyond the end", flat("c0", 8, 8, "00" + zeros.repeat(4) + "1010"));
        // Twice the category 11 of differences (code 111111110), 2047 each.
        String far = "111111110" + "1".repeat(11) + "1010";
        assertWhole(flat("c0", 8, 8, far));
        assertRefused("a DC coefficient out of range", flat("c0", 16, 8, far + far));
        // Eight ones too much, of encoders that fill up a byte that is full.
        byte[] overfilled = flat("c0", 32, 8, FLAT.repeat(4) + "1".repeat(8));
        assertFalse(assertWhole(overfilled).regular(), "libjpeg may print that they are too many");
        assertRefused("surplus bytes", flat("c0", 32, 8, FLAT.repeat(4) + "0".repeat(8)));
        assertRefused("surplus bytes", flat("c0", 32, 8, FLAT.repeat(4) + "1".repeat(16)));
    }

    private static byte[] flat(String marker, int width, int height, String bits) {
        return new FlatJpeg()
                .frame(marker, width, height, "11")
                .scan("003f00", 1)
                .bits(bits)
                .end();
    }

    @Test
    void unitsOfEverySampling() throws Exception {
        // 40×24 pixels: of 16×16 there are 3×2 units with 4 + 1 + 1 blocks; alone, 5×3 blocks of brightness, 3×2 of
        // colour.
        byte[] together = new FlatJpeg()
                .frame("c1", 40, 24, "22", "11", "11")
                .scan("003f00", 1, 2, 3)
                .bits(FLAT.repeat(6 * 6))
                .end();
        assertWhole(together);
        byte[] apart = new FlatJpeg()
                .frame("c1", 40, 24, "22", "11", "11")
                .scan("003f00", 1)
                .bits(FLAT.repeat(15))
                .scan("003f00", 2)
                .bits(FLAT.repeat(6))
                .segment("dd", "0004")
                .scan("003f00", 3)
                .bits(FLAT.repeat(4))
                .raw("ffd0")
                .bits(FLAT.repeat(2))
                .end();
        assertWhole(apart);
        assertArrayEquals(
                ImageDecoder.decode(together).pixels(),
                ImageDecoder.decode(apart).pixels());
        byte[] one = new FlatJpeg()
                .frame("c1", 40, 24, "22", "11", "11")
                .scan("003f00", 1)
                .bits(FLAT.repeat(15))
                .end();
        assertRefused("scans are missing; coefficient 0 of component 2 has not come", one);
        byte[] twice = new FlatJpeg()
                .frame("c1", 16, 8, "11")
                .scan("003f00", 1)
                .bits(FLAT.repeat(2))
                .scan("003f00", 1)
                .bits(FLAT.repeat(2))
                .end();
        assertRefused("scans out of order, component 1", twice);
        byte[] lastMarker = new FlatJpeg()
                .segment("dd", "0001")
                .frame("c0", 8, 8, "11")
                .scan("003f00", 1)
                .bits(FLAT)
                .raw("ffd0")
                .end();
        assertWhole(lastMarker);
        assertRefused(
                "out of order",
                new FlatJpeg()
                        .frame("c0", 8, 8, "11")
                        .scan("003f00", 1)
                        .bits(FLAT)
                        .raw("ffd0")
                        .end());
    }

    /** A table with two codes: 0 ends the band of one block (EOB0), 10 that of two or three (EOB1). */
    private static FlatJpeg progressive(int width) {
        return new FlatJpeg()
                .segment("c4", "00" + "01" + "00".repeat(15) + "00" + "10" + "0101" + "00".repeat(14) + "0010")
                .frame("c2", width, 8, "11");
    }

    @Test
    void scansOfAProgressiveFileComeInOrderAndAll() throws Exception {
        assertWhole(progressive(16)
                .scan("000000", 1)
                .bits("00")
                .scan("013f00", 1)
                .bits("100")
                .end());
        assertRefused(
                "a run of ended bands beyond the last block",
                progressive(16)
                        .scan("000000", 1)
                        .bits("00")
                        .scan("013f00", 1)
                        .bits("101")
                        .end());
        assertRefused(
                "coefficient 1 of component 1 has not come",
                progressive(16).scan("000000", 1).bits("00").end());
        assertRefused(
                "coefficient 6 of component 1 has not come",
                progressive(16)
                        .scan("000000", 1)
                        .bits("00")
                        .scan("010500", 1)
                        .bits("00")
                        .end());
        assertRefused(
                "coefficient 0 of component 1 lacks some of its bits",
                progressive(16)
                        .scan("000001", 1)
                        .bits("00")
                        .scan("013f00", 1)
                        .bits("00")
                        .end());
        assertWhole(progressive(16)
                .scan("000001", 1)
                .bits("00")
                .scan("013f00", 1)
                .bits("00")
                .scan("000010", 1)
                .bits("11")
                .end());
        assertRefused(
                "scans out of order",
                progressive(16)
                        .scan("013f00", 1)
                        .bits("00")
                        .scan("000000", 1)
                        .bits("00")
                        .end());
        assertRefused(
                "scans out of order",
                progressive(16)
                        .scan("000000", 1)
                        .bits("00")
                        .scan("013f10", 1)
                        .bits("00")
                        .end());
        assertRefused(
                "is not possible", progressive(16).scan("003f00", 1).bits("00").end());
    }

    @Test
    void moreThanFiveHundredScansAreNotRead() throws Exception {
        FlatJpeg file = progressive(8).scan("000000", 1).bits("0");
        int scans = 1;
        for (int k = 1; k <= 63; k++) {
            file.scan("%02x%02x07".formatted(k, k), 1).bits("0");
            for (int low = 6; low >= 0; low--) {
                file.scan("%02x%02x%x%x".formatted(k, k, low + 1, low), 1).bits("0");
            }
            scans += 8;
        }
        assertEquals(505, scans);
        assertRefused("too many scans: at most 500 are read", file.end());
    }

    @Test
    void headersThatCannotBeAreRefused() {
        assertRefused("no pixels", new FlatJpeg().frame("c0", 8, 8, "11").end());
        assertRefused(
                "a scan without a frame",
                new FlatJpeg().scan("003f00", 1).bits(FLAT).end());
        assertRefused("DNL", flat("c0", 8, 0, FLAT));
        assertRefused(
                "sampling factors 5×1", new FlatJpeg().frame("c0", 8, 8, "51").end());
        assertRefused(
                "a second frame",
                new FlatJpeg().frame("c0", 8, 8, "11").frame("c0", 8, 8, "11").end());
        assertRefused(
                "names component 3",
                new FlatJpeg().frame("c0", 8, 8, "11").scan("003f00", 3).end());
        assertRefused(
                "a second file begins",
                new FlatJpeg().frame("c0", 8, 8, "11").raw("ffd8").end());
        assertRefused(
                "AC Huffman table 0",
                new FlatJpeg()
                        .frame("c2", 8, 8, "11")
                        .segment("c4", "00" + "01" + "00".repeat(15) + "00")
                        .scan("000000", 1)
                        .bits("0")
                        .scan("013f00", 1)
                        .bits("0")
                        .end());
        assertRefused(
                "more codes than there can be",
                new FlatJpeg()
                        .segment("c4", "10" + "03" + "00".repeat(15) + "000102")
                        .frame("c0", 8, 8, "11")
                        .scan("003f00", 1)
                        .bits(FLAT)
                        .end());
        assertRefused(
                "where a marker should be",
                new FlatJpeg()
                        .raw("0012")
                        .frame("c0", 8, 8, "11")
                        .scan("003f00", 1)
                        .bits(FLAT)
                        .end());
        assertRefused(
                "where a marker should be",
                new FlatJpeg()
                        .frame("c0", 8, 8, "11")
                        .scan("003f00", 1)
                        .bits(FLAT)
                        .segment("fe", "41")
                        .raw("00")
                        .end());
    }

    /** Of codings that are not walked through, only the markers are. */
    @Test
    void aCutArithmeticFileIsTruncated() throws Exception {
        FlatJpeg file = new FlatJpeg().frame("c9", 8, 8, "11").scan("003f00", 1).raw("123456ff00789a");
        byte[] whole = file.end();
        assertFalse(JpegWalk.of(whole).complete());
        for (int length = 3; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> JpegWalk.of(cut));
            assertEquals("truncated JPEG", e.getMessage());
        }
    }

    @Test
    void progressiveFilesAndRestartMarkersHaveThePixelsOfJavasDecoder() throws Exception {
        BufferedImage picture = JpegFiles.picture(61, 47, BufferedImage.TYPE_3BYTE_BGR);
        byte[] plain =
                ImageDecoder.decode(JpegFiles.written(picture, false, 2, 0)).pixels();
        for (byte[] file : List.of(JpegFiles.written(picture, true, 2, 0), JpegFiles.written(picture, false, 2, 3))) {
            assertTrue(JpegHeader.of(file).orElseThrow().usual());
            assertArrayEquals(plain, ImageDecoder.decode(file).pixels());
        }
    }

    @Test
    void notOneOfThePhotographsIsRefused() throws Exception {
        Path data = SharedFolder.require().resolve("data");
        List<String> refused = new ArrayList<>();
        int files = 0;
        for (String set : List.of("ham10000_224", "isic2017_256")) {
            for (Path file : jpegs(data.resolve(set))) {
                files++;
                try {
                    JpegWalk.of(Files.readAllBytes(file));
                } catch (UnreadableImageException e) {
                    refused.add(file + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), refused);
        assertEquals(6163, files);
    }

    @Test
    void damagedFilesSeenInTheWildAreRefused() throws Exception {
        Path cases = SharedFolder.require().resolve("cases");
        List<Path> cut = jpegs(cases.resolve("jpeg-cut-accepted"));
        assertEquals(14, cut.size());
        for (Path file : cut) {
            assertRefused("truncated JPEG", Files.readAllBytes(file));
        }
        Path damaged = cases.resolve("jpeg-damaged/a");
        assertRefused("marker FFD8 at byte 2500", Files.readAllBytes(damaged.resolve("concat.jpg")));
        assertRefused("surplus bytes", Files.readAllBytes(damaged.resolve("dup_block.jpg")));
        assertRefused("surplus bytes", Files.readAllBytes(damaged.resolve("prog_zerotail.jpg")));
        assertWhole(Files.readAllBytes(damaged.resolve("ok.jpg")));
    }

    private static List<Path> jpegs(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
    }
}
