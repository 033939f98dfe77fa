package org.lesionforge.image.jpeg;

import java.util.stream.Stream;

/** Blocks of sequential frames (ITU T.81, F.1.2): a DC difference, then runs of AC coefficients up to an end of block. */
final class SequentialCodes implements BlockCodes {
    private static final int COEFFICIENTS = 64;

    private final DcPrediction prediction;
    private final HuffmanTable[] ac;
    private final short[][] runs;
    private final int[] components;

    /**
     * @param components by block of a unit: the place of its component in the scan
     * @param ac by place of a component in the scan
     */
    SequentialCodes(int[] components, DcPrediction prediction, HuffmanTable[] ac) {
        this.components = components;
        this.prediction = prediction;
        this.ac = ac;
        runs = Stream.of(ac).map(HuffmanTable::runs).toArray(short[][]::new);
    }

    @Override
    public void walk(JpegBits bits, int unit) throws JpegCodeException {
        for (int component : components) {
            bits.refill();
            prediction.walk(bits, component);
            walkAc(bits, ac[component], runs[component]);
        }
    }

    private static void walkAc(JpegBits bits, HuffmanTable table, short[] runs) throws JpegCodeException {
        int k = bits.skipRuns(runs, 1);
        while (k < COEFFICIENTS) {
            k = bits.skipRuns(runs, walkOne(bits, table, k));
        }
    }

    private static int walkOne(JpegBits bits, HuffmanTable table, int k) throws JpegCodeException {
        int symbol = table.read(bits);
        int category = symbol & 0x0F;
        if (category == 0 && symbol != ZERO_RUN) {
            return COEFFICIENTS;
        }
        int next = k + (symbol >> 4) + 1;
        if (next > COEFFICIENTS) {
            throw new JpegCodeException("a run of coefficients beyond the end of its block");
        }
        bits.skip(category);
        return next;
    }

    @Override
    public void endInterval() {
        prediction.reset();
    }
}
