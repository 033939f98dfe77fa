package org.lesionforge.audit;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.metric.fidelity.Features;

/** Cosines between images' features after subtracting the mean feature, which all images share. */
final class Cosines {
    /** Without features. */
    static final Cosines NONE = new Cosines(new float[0][]);

    private final float[][] directions;

    private Cosines(float[][] directions) {
        this.directions = directions;
    }

    static Cosines of(Features features) {
        int d = features.dimensions();
        double[] mean = new double[d];
        for (int i = 0; i < features.count(); i++) {
            float[] vector = features.vector(i);
            for (int k = 0; k < d; k++) {
                mean[k] += vector[k] / (double) features.count();
            }
        }
        float[][] directions = new float[features.count()][d];
        for (int i = 0; i < directions.length; i++) {
            float[] vector = features.vector(i);
            double squares = 0;
            for (int k = 0; k < d; k++) {
                double centred = vector[k] - mean[k];
                squares += centred * centred;
            }
            double length = squares > 0 ? Math.sqrt(squares) : 1;
            for (int k = 0; k < d; k++) {
                directions[i][k] = (float) ((vector[k] - mean[k]) / length);
            }
        }
        return new Cosines(directions);
    }

    boolean isKnown() {
        return directions.length > 0;
    }

    /** In [−1, 1]; null without features. */
    @Nullable
    Double of(int a, int b) {
        return isKnown() ? (double) product(a, b) : null;
    }

    /** Pairs a &lt; b at least {@code least} alike, in order. */
    int[][] pairs(double least) {
        return IntStream.range(0, directions.length)
                .parallel()
                .boxed()
                .flatMap(a -> IntStream.range(a + 1, directions.length)
                        .filter(b -> product(a, b) >= least)
                        .mapToObj(b -> new int[] {a, b}))
                .toArray(int[][]::new);
    }

    private float product(int a, int b) {
        float[] x = directions[a];
        float[] y = directions[b];
        float even = 0;
        float odd = 0;
        for (int k = 0; k + 1 < x.length; k += 2) {
            even += x[k] * y[k];
            odd += x[k + 1] * y[k + 1];
        }
        return x.length % 2 == 0 ? even + odd : even + odd + x[x.length - 1] * y[x.length - 1];
    }
}
