package org.lesionforge.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.Interval;

/**
 * A curve with its pointwise 95 % band by bootstrap over groups: at each x, 95 of 100 draws lie inside. The whole curve lies inside less often.
 *
 * @param x evenly from 0 to 1
 * @param y the curve on the images themselves; with several seeds the mean of their curves
 * @param low lower end of the band
 * @param high upper end
 */
public record CurveBand(double[] x, double[] y, double[] low, double[] high) {
    private static final int POINTS = 201;

    /** Fewer draws than for numbers, since curves cost more and bands are only drawn. */
    private static final int RESAMPLES = 500;

    /**
     * Sensitivity against false positive rate.
     *
     * @param seeds outcomes of each seed's classifier on the same images; at least one
     * @param groups of these images
     * @param seed of the bootstrap
     * @return sensitivity at 201 false positive rates
     * @throws IllegalArgumentException when a class is missing
     */
    public static CurveBand roc(List<Outcomes> seeds, List<String> groups, long seed) {
        return of(CurveBand::rocAt, seeds, groups, seed);
    }

    /**
     * Precision against recall; as {@link #roc}.
     *
     * @param seeds what each seed's classifier made of the same images; at least one
     * @param groups of these images
     * @param seed of the bootstrap
     * @return precision at 201 recalls
     * @throws IllegalArgumentException when a class is missing
     */
    public static CurveBand precisionRecall(List<Outcomes> seeds, List<String> groups, long seed) {
        return of(CurveBand::precisionAt, seeds, groups, seed);
    }

    /** Writes a curve's values at ascending x. */
    @FunctionalInterface
    private interface Curve {
        double[] at(Sweep sweep, double[] x);
    }

    private static CurveBand of(Curve curve, List<Outcomes> seeds, List<String> groups, long seed) {
        double[] x = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = i / (POINTS - 1.0);
        }
        double[] y = mean(curve, seeds, seeds.get(0).once(), x);
        if (y.length == 0) {
            throw new IllegalArgumentException("a curve needs images of both classes");
        }
        List<double[]> draws = new ArrayList<>();
        new GroupBootstrap(groups, RESAMPLES, seed).draw(times -> {
            double[] drawn = mean(curve, seeds, times, x);
            if (drawn.length > 0) {
                draws.add(drawn);
            }
        });
        double[] low = new double[POINTS];
        double[] high = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            int point = i;
            Interval interval = Interval.percentile(
                    draws.stream().mapToDouble(draw -> draw[point]).sorted().toArray());
            low[i] = interval.low();
            high[i] = interval.high();
        }
        return new CurveBand(x, y, low, high);
    }

    /** Empty when no image of a class was drawn. */
    private static double[] mean(Curve curve, List<Outcomes> seeds, int[] times, double[] x) {
        double[] mean = new double[x.length];
        for (Outcomes outcomes : seeds) {
            Sweep sweep = outcomes.sweep(times);
            if (sweep.positives() == 0 || sweep.negatives() == 0) {
                return new double[0];
            }
            double[] y = curve.at(sweep, x);
            Arrays.setAll(mean, i -> mean[i] + y[i] / seeds.size());
        }
        return mean;
    }

    /** Linear between the steps; the upper end of a vertical one. */
    private static double[] rocAt(Sweep sweep, double[] x) {
        double[] y = new double[x.length];
        int step = 0;
        for (int i = 0; i < x.length; i++) {
            while (step + 1 < sweep.size() && sweep.falsePositiveRate(step + 1) <= x[i]) {
                step++;
            }
            y[i] = sweep.sensitivity(step);
            if (step + 1 < sweep.size()) {
                double from = sweep.falsePositiveRate(step);
                double share = (x[i] - from) / (sweep.falsePositiveRate(step + 1) - from);
                y[i] += share * (sweep.sensitivity(step + 1) - y[i]);
            }
        }
        return y;
    }

    /**
     * The precision at the highest threshold that reaches the recall; linear interpolation between steps would be too
     * optimistic.
     */
    private static double[] precisionAt(Sweep sweep, double[] x) {
        double[] y = new double[x.length];
        int step = 1;
        for (int i = 0; i < x.length; i++) {
            while (sweep.sensitivity(step) < x[i] - 1e-12) {
                step++;
            }
            y[i] = sweep.precision(step);
        }
        return y;
    }
}
