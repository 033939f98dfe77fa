package org.lesionforge.metric.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rank test of Mann and Whitney (1947): whether one sample tends to smaller values than another. Normal
 * approximation with correction for ties and continuity, as SciPy's {@code mannwhitneyu(a, b, method="asymptotic")};
 * with fewer than about 8 values on a side it is rough.
 *
 * @param u number of pairs (a, b) with a above b, ties counted half
 * @param probabilityAbove u over the number of pairs: the chance that a random a is above a random b; ½ when there is no difference
 * @param pLess one-sided p-value for a being smaller, when both come from one distribution
 * @param pTwoSided p-value for a difference as large as this in either direction
 */
public record MannWhitney(double u, double probabilityAbove, double pLess, double pTwoSided) {
    /**
     * Ranks both samples together.
     *
     * @param a at least one value, in any order
     * @param b likewise
     * @return the statistic, and p-values of both sides
     * @throws IllegalArgumentException when a sample is empty
     */
    public static MannWhitney of(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            throw new IllegalArgumentException(
                    "expected at least one value in each sample, got " + a.length + " and " + b.length);
        }
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        int[] order = IntStream.range(0, all.length)
                .boxed()
                .sorted((i, j) -> Double.compare(all[i], all[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        double rankSum = 0;
        double ties = 0;
        for (int start = 0; start < order.length; ) {
            int end = start;
            while (end < order.length && all[order[end]] == all[order[start]]) {
                end++;
            }
            double tied = end - start;
            double rank = (start + 1 + end) / 2.0;
            for (int i = start; i < end; i++) {
                rankSum += order[i] < a.length ? rank : 0;
            }
            ties += tied * tied * tied - tied;
            start = end;
        }
        double pairs = (double) a.length * b.length;
        double u = rankSum - a.length * (a.length + 1.0) / 2;
        double n = all.length;
        double std = Math.sqrt(pairs / 12 * (n + 1 - ties / n / (n - 1)));
        return new MannWhitney(u, u / pairs, pLess(u - pairs / 2, std), pTwoSided(u - pairs / 2, std));
    }

    private static double pLess(double shift, double std) {
        return std > 0 ? Normal.lowerTail((shift + 0.5) / std) : 1;
    }

    private static double pTwoSided(double shift, double std) {
        return std > 0 ? Math.min(1, 2 * Normal.lowerTail((0.5 - Math.abs(shift)) / std)) : 1;
    }
}
