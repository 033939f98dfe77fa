package org.lesionforge.image.jpeg;

/**
 * A refinement scan of a band of AC coefficients (ITU T.81, G.1.2.3): a code for each coefficient that becomes
 * non-zero, and in between a bit for each that was non-zero before.
 */
final class AcRefinementCodes implements BlockCodes {
    private final HuffmanTable table;
    private final JpegScan scan;
    private final long[] nonZero;

    /** Number of following blocks without a new coefficient in this band. */
    private int endOfBandRun;

    AcRefinementCodes(HuffmanTable table, JpegScan scan, long[] nonZero) {
        this.table = table;
        this.scan = scan;
        this.nonZero = nonZero;
    }

    @Override
    public void walk(JpegBits bits, int unit) throws JpegCodeException {
        long before = nonZero[unit];
        int k = scan.start();
        while (k <= scan.end() && endOfBandRun == 0) {
            bits.refill();
            int symbol = table.read(bits);
            int zeros = symbol >> 4;
            int category = symbol & 0x0F;
            if (category == 0 && symbol != ZERO_RUN) {
                endOfBandRun = (1 << zeros) + bits.take(zeros);
                break;
            }
            if (category > 1) {
                throw new JpegCodeException("a new coefficient of more than one bit in a refinement");
            }
            int place = zero(before, k, zeros);
            if (place > scan.end()) {
                throw new JpegCodeException("a run of coefficients beyond the end of its band");
            }
            bits.skip(category);
            bits.skipFar(Long.bitCount(before & from(k) & ~from(place)));
            nonZero[unit] |= (long) category << place;
            k = place + 1;
        }
        if (endOfBandRun > 0) {
            bits.skipFar(Long.bitCount(before & from(k) & ~from(scan.end() + 1)));
            endOfBandRun--;
        }
    }

    /** Index, from {@code k} on, of the zero coefficient after {@code zeros} other zeros; 64 when there are fewer. */
    private static int zero(long nonZero, int k, int zeros) {
        long left = ~nonZero & from(k);
        for (int i = 0; i < zeros; i++) {
            left &= left - 1;
        }
        return Long.numberOfTrailingZeros(left);
    }

    /** The coefficients from {@code k} on, 0…64. */
    private static long from(int k) {
        return k == Long.SIZE ? 0 : -1L << k;
    }

    @Override
    public void endInterval() throws JpegCodeException {
        if (endOfBandRun > 0) {
            throw new JpegCodeException("a run of ended bands beyond the last block");
        }
    }
}
