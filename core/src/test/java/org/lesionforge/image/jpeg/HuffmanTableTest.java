package org.lesionforge.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HuffmanTableTest {
    private static JpegBits bits(String binary) {
        JpegBits bits = new JpegBits(JpegFiles.packed(binary));
        bits.start(0);
        bits.refill();
        return bits;
    }

    /** Codes of table K.3: 00, 010, 011, 100, 101, 110, 1110, 11110, …, 111111110 for the categories 0 to 11. */
    @Test
    void codesAreThoseOfTheStandard() throws Exception {
        HuffmanTable table = HuffmanTable.standardDc()[0];
        JpegBits bits = bits("00 010 011 100 101 110 1110 11110 111110 1111110 11111110 111111110");
        for (int category = 0; category < 12; category++) {
            bits.refill();
            assertEquals(category, table.read(bits));
        }
        assertThrows(JpegCodeException.class, () -> table.read(bits("1".repeat(24))));
    }

    /** Table K.5: run 15, category 10 is the last of all codes, 1111111111111110; run 0, category 3 is 100. */
    @Test
    void longCodesAreFound() throws Exception {
        HuffmanTable table = HuffmanTable.standardAc()[0];
        assertEquals(0xFA, table.read(bits("1111111111111110")));
        assertEquals(0x03, table.read(bits("100")));
        assertEquals(0xF0, table.read(bits("11111111001")));
    }

    @Test
    void tablesThatCannotBe() {
        int[] lengths = new int[16];
        lengths[0] = 1;
        assertTrue(new HuffmanTable(lengths, new byte[] {5}).validForDc());
        assertFalse(new HuffmanTable(lengths, new byte[] {16}).validForDc());
        lengths[0] = 2;
        assertFalse(new HuffmanTable(lengths, new byte[] {5, 6}).valid(), "a code of ones");
        lengths[0] = 1;
        lengths[1] = 1;
        assertTrue(new HuffmanTable(lengths, new byte[] {5, 6}).valid());
        lengths[1] = 2;
        assertFalse(new HuffmanTable(lengths, new byte[] {5, 6, 7}).valid());
    }

    /** Runs of several codes go to the same coefficient and bit as the codes one by one. */
    @Test
    void runsAreTheCodesOneByOne() throws Exception {
        HuffmanTable table = HuffmanTable.standardAc()[1];
        Random random = new Random(8);
        byte[] file = new byte[64];
        int blocks = 0;
        for (int i = 0; i < 5000; i++) {
            random.nextBytes(file);
            JpegBits byRuns = new JpegBits(file);
            JpegBits byCodes = new JpegBits(file);
            byRuns.start(0);
            byCodes.start(0);
            byRuns.refill();
            int k = byRuns.skipRuns(table.runs(), 1);
            int expected = 1;
            while (expected < k) {
                byCodes.refill();
                int symbol = table.read(byCodes);
                if ((symbol & 0x0F) == 0 && symbol != 0xF0) {
                    expected = 64;
                } else {
                    expected += (symbol >> 4) + 1;
                    byCodes.skip(symbol & 0x0F);
                }
            }
            byCodes.refill();
            byRuns.refill();
            assertEquals(expected, k);
            assertEquals(byCodes.peek(32), byRuns.peek(32));
            blocks += k == 64 ? 1 : 0;
        }
        assertTrue(blocks > 1000, blocks + " whole blocks");
    }

    @Test
    void differencesAreExtended() {
        // Table F.1: those of category 3 are −7 to −4 and 4 to 7.
        JpegBits bits = bits("000 011 100 111 0 1");
        assertEquals(-7, bits.takeSigned(3));
        assertEquals(-4, bits.takeSigned(3));
        assertEquals(0, bits.takeSigned(0));
        assertEquals(4, bits.takeSigned(3));
        assertEquals(7, bits.takeSigned(3));
        assertEquals(-1, bits.takeSigned(1));
        assertEquals(1, bits.takeSigned(1));
    }
}
