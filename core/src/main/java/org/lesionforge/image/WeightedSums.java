package org.lesionforge.image;

import java.util.Arrays;

/**
 * Weighted sums of whole lines of samples in Pillow's fixed point. One line at a time, all its samples alike: Java's
 * compiler vectorises such a loop if it uses plain arrays with one index.
 */
final class WeightedSums {
    private static final int HALF = 1 << (ResampleWeights.PRECISION_BITS - 1);

    private final int[][] weights;
    private final int[] first;
    private final int[] sums;

    /** @param length samples of each line */
    WeightedSums(ResampleWeights weights, int length) {
        this.weights = weights.fixedPoint();
        this.first = weights.first();
        this.sums = new int[length];
    }

    /**
     * @param lines samples in 0…255, each line of the given length
     * @param offset number in the source of the first of {@code lines}
     * @return target line {@code i}, samples in 0…255; overwritten by the next call
     */
    int[] line(int i, int[][] lines, int offset) {
        Arrays.fill(sums, HALF);
        int[] of = weights[i];
        int at = first[i] - offset;
        int k = 0;
        // Four at a time, so that the sums are read and written a quarter as often.
        for (; k + 3 < of.length; k += 4, at += 4) {
            add(lines[at], of[k], lines[at + 1], of[k + 1], lines[at + 2], of[k + 2], lines[at + 3], of[k + 3]);
        }
        for (; k < of.length; k++, at++) {
            add(lines[at], of[k]);
        }
        clip();
        return sums;
    }

    private void add(int[] line, int weight) {
        int[] into = sums;
        for (int i = 0; i < into.length; i++) {
            into[i] += line[i] * weight;
        }
    }

    private void add(int[] a, int forA, int[] b, int forB, int[] c, int forC, int[] d, int forD) {
        int[] into = sums;
        for (int i = 0; i < into.length; i++) {
            into[i] += a[i] * forA + b[i] * forB + c[i] * forC + d[i] * forD;
        }
    }

    private void clip() {
        int[] into = sums;
        for (int i = 0; i < into.length; i++) {
            int value = into[i] >> ResampleWeights.PRECISION_BITS;
            int notNegative = value & ~(value >> 31);
            into[i] = (notNegative | ((255 - notNegative) >> 31)) & 255;
        }
    }
}
