package org.lesionforge.metric;

import java.util.List;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.metric.statistics.Normal;

/**
 * One measure with its uncertainty due to the test images.
 *
 * @param value on the images themselves; the mean over seeds where there are several
 * @param ci95 percentile bootstrap over groups: for other test images of the same kind and the same trained classifiers
 */
public record Estimate(double value, Interval ci95) {
    /**
     * One measure, and its interval over draws of groups.
     *
     * @param measure taken of each seed's outcomes; the mean over seeds is the estimate
     * @param seeds outcomes of each seed's classifier on the same images; at least one
     * @param bootstrap over these images' groups
     * @return value and interval; {@code NaN} where the measure is undefined
     * @throws IllegalArgumentException without seeds, or when the numbers of images disagree
     */
    public static Estimate of(Measure measure, List<Outcomes> seeds, GroupBootstrap bootstrap) {
        int[] once = once(seeds, bootstrap);
        return new Estimate(mean(measure, seeds, once), bootstrap.interval(times -> mean(measure, seeds, times)));
    }

    /**
     * The paired difference of two arms on the same images: each draw of images is used for both.
     *
     * @param measure taken of both arms
     * @param a outcomes of each seed's classifier of the first arm; at least one
     * @param b likewise of the second
     * @param bootstrap over the groups of the images that both share
     * @return b minus a
     * @throws IllegalArgumentException as {@link #of}
     */
    public static Estimate ofDifference(Measure measure, List<Outcomes> a, List<Outcomes> b, GroupBootstrap bootstrap) {
        int[] once = once(a, bootstrap);
        once(b, bootstrap);
        return new Estimate(
                mean(measure, b, once) - mean(measure, a, once),
                bootstrap.interval(times -> mean(measure, b, times) - mean(measure, a, times)));
    }

    /** {@return half the interval's width over 1.96: accurate where draws are about normal} */
    public double standardError() {
        return ci95.standardError();
    }

    /**
     * {@return the two-sided p-value of the hypothesis that the true value is 0, assuming normal draws; {@code NaN}
     * where the interval is}
     */
    public double pValue() {
        double z = value == 0 ? 0 * standardError() : value / standardError();
        return 2 * Normal.lowerTail(-Math.abs(z));
    }

    private static double mean(Measure measure, List<Outcomes> seeds, int[] times) {
        double sum = 0;
        for (Outcomes seed : seeds) {
            sum += measure.of(seed, times);
        }
        return sum / seeds.size();
    }

    /** Every image counted once. */
    private static int[] once(List<Outcomes> seeds, GroupBootstrap bootstrap) {
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("expected the outcomes of at least one seed, got none");
        }
        for (Outcomes seed : seeds) {
            if (seed.size() != bootstrap.images()) {
                throw new IllegalArgumentException(
                        "expected outcomes of " + bootstrap.images() + " images, got " + seed.size());
            }
        }
        return seeds.get(0).once();
    }
}
