package org.lesionforge.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.lesionforge.image.jpeg.FlatJpeg.FLAT;
import static org.lesionforge.image.jpeg.FlatJpeg.flat;
import static org.lesionforge.image.jpeg.JpegAssertions.assertRefused;
import static org.lesionforge.image.jpeg.JpegAssertions.assertWhole;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;

/** The codes of a JPEG file, bit by bit: units, scans and headers that encoders do not write. */
final class JpegScansTest {
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
}
