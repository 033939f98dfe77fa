package org.lesionforge.image.jpeg;

import org.jspecify.annotations.Nullable;

/** The first scan of a band of AC coefficients in progressive frames (ITU T.81, G.1.2.2). */
final class ProgressiveAcCodes implements BlockCodes {
    /** Bits of a coefficient before quantisation (F.1.2.2.1), with a margin for encoders that round badly. */
    private static final int MAX_BITS = 15;

    private final HuffmanTable table;
    private final JpegScan scan;

    /** By block; null where no refinement follows. */
    private final long @Nullable [] nonZero;

    /** Number of following blocks without coefficients in this band. */
    private int endOfBandRun;

    ProgressiveAcCodes(HuffmanTable table, JpegScan scan, long @Nullable [] nonZero) {
        this.table = table;
        this.scan = scan;
        this.nonZero = nonZero;
    }

    @Override
    public void walk(JpegBits bits, int unit) throws JpegCodeException {
        if (endOfBandRun > 0) {
            endOfBandRun--;
            return;
        }
        long found = 0;
        int k = scan.start();
        while (k <= scan.end()) {
            bits.refill();
            int symbol = table.read(bits);
            int zeros = symbol >> 4;
            int category = symbol & 0x0F;
            if (category == 0 && symbol != ZERO_RUN) {
                endOfBandRun = (1 << zeros) - 1 + bits.take(zeros);
                break;
            }
            k += zeros;
            if (k > scan.end()) {
                throw new JpegCodeException("a run of coefficients beyond the end of its band");
            }
            if (category > MAX_BITS - scan.low()) {
                throw new JpegCodeException("an AC coefficient out of range");
            }
            bits.skip(category);
            found |= category == 0 ? 0 : 1L << k;
            k++;
        }
        if (nonZero != null) {
            nonZero[unit] |= found;
        }
    }

    @Override
    public void endInterval() throws JpegCodeException {
        if (endOfBandRun > 0) {
            throw new JpegCodeException("a run of ended bands beyond the last block");
        }
    }
}
