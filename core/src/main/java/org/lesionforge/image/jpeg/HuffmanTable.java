package org.lesionforge.image.jpeg;

import java.util.Arrays;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import org.jspecify.annotations.Nullable;

/** A Huffman table (ITU T.81, B.2.4.2 and annex C) for looking up codes by the next bits. */
final class HuffmanTable {
    /** Codes up to this length are found by one look-up. */
    static final int LOOKAHEAD = 12;

    /** Where the length of a run begins in its entry. */
    static final int RUN_SHIFT = 6;

    /** More coefficients than a block has, so that it is detected together with runs that are too long. */
    static final int UNKNOWN = 64;

    static final int END_OF_BLOCK = 128;

    private static final int MAX_LENGTH = 16;

    private static final HuffmanTable[] STANDARD_DC = {
        of(JPEGHuffmanTable.StdDCLuminance), of(JPEGHuffmanTable.StdDCChrominance), null, null
    };
    private static final HuffmanTable[] STANDARD_AC = {
        of(JPEGHuffmanTable.StdACLuminance), of(JPEGHuffmanTable.StdACChrominance), null, null
    };

    private final byte[] symbols;

    /** By length: the first code that is longer, in 16 bits; and what makes a code an index into the symbols. */
    private final int[] limit = new int[MAX_LENGTH + 1];

    private final int[] offset = new int[MAX_LENGTH + 1];

    /** By the next bits: the code's length × 256 + the symbol; 0 for codes that are longer. */
    private final short[] lookup = new short[1 << LOOKAHEAD];

    private final boolean valid;
    private short @Nullable [] runs;

    /**
     * @param lengths how many codes have 1…16 bits
     * @param symbols those of all codes, in the codes' order
     */
    HuffmanTable(int[] lengths, byte[] symbols) {
        this.symbols = symbols;
        int code = 0;
        int index = 0;
        boolean fits = true;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            offset[length] = index - code;
            for (int i = 0; i < lengths[length - 1] && fits; i++) {
                // No code is all ones (C.2).
                fits = code < (1 << length) - 1;
                if (fits && length <= LOOKAHEAD) {
                    int first = code << (LOOKAHEAD - length);
                    short entry = (short) (length << 8 | (symbols[index] & 0xFF));
                    Arrays.fill(lookup, first, first + (1 << (LOOKAHEAD - length)), entry);
                }
                code++;
                index++;
            }
            limit[length] = code << (MAX_LENGTH - length);
            code <<= 1;
        }
        valid = fits;
    }

    private static HuffmanTable of(JPEGHuffmanTable table) {
        int[] lengths = new int[MAX_LENGTH];
        for (int i = 0; i < table.getLengths().length; i++) {
            lengths[i] = table.getLengths()[i];
        }
        byte[] symbols = new byte[table.getValues().length];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = (byte) table.getValues()[i];
        }
        return new HuffmanTable(lengths, symbols);
    }

    /** The tables of annex K.3.1, which frames of Motion JPEG leave out, at their usual places. */
    static HuffmanTable[] standardDc() {
        return STANDARD_DC.clone();
    }

    /** The tables of annex K.3.2, as above. */
    static HuffmanTable[] standardAc() {
        return STANDARD_AC.clone();
    }

    /** Whether no length has more codes than possible. */
    boolean valid() {
        return valid;
    }

    /** Whether all symbols are categories of differences, 0…15. */
    boolean validForDc() {
        for (byte symbol : symbols) {
            if ((symbol & 0xF0) != 0) {
                return false;
            }
        }
        return valid;
    }

    /** Reads a code, of which 16 bits must be available; returns its symbol, 0…255. */
    int read(JpegBits bits) throws JpegCodeException {
        int entry = lookup[bits.peek(LOOKAHEAD)];
        if (entry != 0) {
            bits.skip(entry >> 8);
            return entry & 0xFF;
        }
        return readLong(bits);
    }

    private int readLong(JpegBits bits) throws JpegCodeException {
        int ahead = bits.peek(MAX_LENGTH);
        for (int length = LOOKAHEAD + 1; length <= MAX_LENGTH; length++) {
            if (ahead < limit[length]) {
                bits.skip(length);
                return symbols[(ahead >> (MAX_LENGTH - length)) + offset[length]] & 0xFF;
            }
        }
        bits.skip(MAX_LENGTH);
        throw new JpegCodeException("a code that its Huffman table does not have");
    }

    /**
     * Look-up by the next {@value #LOOKAHEAD} bits for skipping a block of sequential AC coefficients (F.1.2.2): an
     * entry covers several codes, each with the bits of its coefficient. Its lowest six bits hold the number of bits,
     * the bits above them the number of coefficients skipped: {@value #END_OF_BLOCK} more when the last code ends the
     * block, and {@value #UNKNOWN} where the first code is longer.
     */
    synchronized short[] runs() {
        if (runs == null) {
            short[] table = new short[1 << LOOKAHEAD];
            for (int ahead = 0; ahead < table.length; ahead++) {
                table[ahead] = run(ahead);
            }
            runs = table;
        }
        return runs;
    }

    private short run(int ahead) {
        int bits = 0;
        int length = 0;
        while (bits < LOOKAHEAD) {
            int entry = lookup[(ahead << bits) & ((1 << LOOKAHEAD) - 1)];
            int codeEnd = bits + (entry >> 8);
            if (entry == 0 || codeEnd > LOOKAHEAD) {
                break;
            }
            int zeros = (entry & 0xFF) >> 4;
            int category = entry & 0x0F;
            if (category == 0 && zeros < 15) {
                return entry(length + END_OF_BLOCK, codeEnd);
            }
            if (length + zeros + 1 > 63) {
                break;
            }
            length += zeros + 1;
            bits = codeEnd + category;
        }
        return length == 0 ? entry(UNKNOWN, 0) : entry(length, bits);
    }

    private static short entry(int length, int bits) {
        return (short) (length << RUN_SHIFT | bits);
    }
}
