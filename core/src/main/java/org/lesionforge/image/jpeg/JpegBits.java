package org.lesionforge.image.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of one entropy-coded segment (ITU T.81, B.1.1.5 and F.2.2.5), without the zero bytes stuffed after each
 * 0xFF.
 *
 * <p>The segment ends at the first marker, or with the file. After its end zeros are read, and {@link #exhausted} is
 * true.
 */
final class JpegBits {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] file;
    private int at;

    /** The next bit is the highest one. */
    private long buffer;

    private int count;
    private int padding;
    private boolean overfilled;

    JpegBits(byte[] file) {
        this.file = file;
    }

    /** Begins the segment whose first byte is at {@code start}. */
    void start(int start) {
        at = start;
        buffer = 0;
        count = 0;
        padding = 0;
    }

    /** At least 56 bits can be read afterwards. */
    void refill() {
        if (at <= file.length - Long.BYTES) {
            long word = (long) WORD.get(file, at);
            if (!contains0xFF(word)) {
                // Reading a partly used byte again gives the same bits.
                buffer |= word >>> count;
                at += (63 - count) >>> 3;
                count |= 56;
                return;
            }
        }
        refillByBytes();
    }

    private static boolean contains0xFF(long word) {
        return ((~word - 0x0101010101010101L) & word & 0x8080808080808080L) != 0;
    }

    private void refillByBytes() {
        while (count < 56) {
            int value = 0;
            if (at < file.length && file[at] != (byte) 0xFF) {
                value = file[at++] & 0xFF;
            } else {
                int next = afterFill(at);
                if (next < file.length && file[next] == 0) {
                    value = 0xFF;
                    at = next + 1;
                } else {
                    padding += 8;
                }
            }
            buffer |= (long) value << (56 - count);
            count += 8;
        }
    }

    /** The first byte from {@code from} on that is no 0xFF, or the file's length. */
    private int afterFill(int from) {
        int next = from;
        while (next < file.length && file[next] == (byte) 0xFF) {
            next++;
        }
        return next;
    }

    /** @param n 1…32, of bits that are there since {@link #refill} */
    int peek(int n) {
        return (int) (buffer >>> (64 - n));
    }

    /** @param n 0…56, of bits that are there since {@link #refill} */
    void skip(int n) {
        buffer <<= n;
        count -= n;
    }

    /** @param n 0…32 */
    int take(int n) {
        if (n == 0) {
            return 0;
        }
        int value = peek(n);
        skip(n);
        return value;
    }

    /** A difference or coefficient of category {@code n}, 0…15 (T.81, F.2.2.1 EXTEND). */
    int takeSigned(int n) {
        // Without branches, since the half a value is in is unpredictable; n = 0 gives 0 − 0.
        int value = (int) (buffer >>> 1 >>> (63 - n));
        int negative = (int) (~buffer >>> 63);
        skip(n);
        return value - negative * ((1 << n) - 1);
    }

    /**
     * Skips AC coefficients of a block of a sequential frame by table entries. Most blocks need nothing else, so most
     * of the time is spent here.
     *
     * @param runs {@link HuffmanTable#runs}
     * @param k the next coefficient, 1…64
     * @return the next coefficient, whose code has to be read by itself; 64 at the end of the block. 31 bits are there
     */
    int skipRuns(short[] runs, int k) {
        int next = k;
        while (next < 64) {
            if (count < 32) {
                refill();
            }
            int entry = runs[(int) (buffer >>> (64 - HuffmanTable.LOOKAHEAD))];
            int after = next + (entry >> HuffmanTable.RUN_SHIFT);
            if (after > 64) {
                // A complete block has no end-of-block code.
                if (after <= HuffmanTable.END_OF_BLOCK || after >= HuffmanTable.END_OF_BLOCK + 64) {
                    break;
                }
                after = 64;
            }
            int bits = entry & ((1 << HuffmanTable.RUN_SHIFT) - 1);
            buffer <<= bits;
            count -= bits;
            next = after;
        }
        return next;
    }

    /** Skips any number of bits. */
    void skipFar(int n) {
        int left = n;
        while (left > 0) {
            refill();
            int step = Math.min(left, 56);
            skip(step);
            left -= step;
        }
    }

    /** Whether more bits were read than the segment has. */
    boolean exhausted() {
        return count < padding;
    }

    /** The byte that the next bit is in, or one a few bytes before it where bytes are stuffed. */
    int position() {
        return at - Math.max(0, count - padding) / 8;
    }

    /**
     * Position of the marker after this segment, of which all bits but the padding of the last byte must have been
     * read.
     *
     * @return {@link #segmentEnd}; −1 when whole bytes are left, other than one of ones: some encoders (jpeg-js) pad a
     *     last byte that is already full
     */
    int end() {
        refill();
        skip((count - padding) & 7);
        refill();
        if (count - padding == 8 && peek(8) == 0xFF) {
            skip(8);
            overfilled = true;
        }
        if (count > padding) {
            return -1;
        }
        return segmentEnd();
    }

    /** Where the last 0xFF of the next marker is, or the file's length, once all bits have been read. */
    int segmentEnd() {
        int next = afterFill(at);
        return next < file.length ? next - 1 : next;
    }

    /** Whether a finished segment had a surplus byte of ones. */
    boolean overfilled() {
        return overfilled;
    }
}
