package org.lesionforge.image.jpeg;

import java.util.Arrays;

/** DC coefficients, each coded as the difference from the one before (ITU T.81, F.1.2.1 and G.1.2.1). */
final class DcPrediction {
    /** Twice the range for 8-bit samples (F.1.1.3): a larger value shows that an earlier difference is damaged. */
    private static final int MAX = 2047;

    private final HuffmanTable[] tables;
    private final int max;
    private final int[] last;

    /**
     * @param tables by place of a component in the scan
     * @param low how many low bits are left out, 0…13
     */
    DcPrediction(HuffmanTable[] tables, int low) {
        this.tables = tables;
        max = MAX >> low;
        last = new int[tables.length];
    }

    /** Reads one difference; 31 bits must be available. */
    void walk(JpegBits bits, int component) throws JpegCodeException {
        int value = last[component] + bits.takeSigned(tables[component].read(bits));
        if (value > max || value < ~max) {
            throw new JpegCodeException("a DC coefficient out of range");
        }
        last[component] = value;
    }

    void reset() {
        Arrays.fill(last, 0);
    }
}
