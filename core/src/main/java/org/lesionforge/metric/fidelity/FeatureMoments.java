package org.lesionforge.metric.fidelity;

import org.ejml.data.DMatrixRMaj;

/**
 * Mean and covariance of feature vectors: the input of a {@link FrechetDistance}, which other programs store in place
 * of the vectors. They do not give the number of vectors.
 */
public final class FeatureMoments {
    /** Largest asymmetry, as a share of the largest variance: the rounding error of float32. */
    private static final double ASYMMETRY = 1e-5;

    private final Gaussian gaussian;
    private final DMatrixRMaj covariance;

    private FeatureMoments(Gaussian gaussian, DMatrixRMaj covariance) {
        this.gaussian = gaussian;
        this.covariance = covariance;
    }

    /**
     * In float64, the covariance divided by n − 1.
     *
     * @param features n × d, n at least 2
     * @return mean of d values, covariance of d × d
     * @throws IllegalArgumentException when there are fewer, or one is not finite
     */
    public static FeatureMoments of(Features features) {
        double[] mean = Gaussian.mean(features);
        DMatrixRMaj covariance = Gaussian.covariance(features, mean);
        return new FeatureMoments(Gaussian.of(mean, covariance), covariance);
    }

    /**
     * From a mean and a covariance that were taken elsewhere.
     *
     * @param mean d values
     * @param covariance d × d values, row by row
     * @return copies of both
     * @throws IllegalArgumentException when the lengths do not agree, a value is not finite, or the matrix is not symmetric and positive
     *     semi-definite
     */
    public static FeatureMoments of(double[] mean, double[] covariance) {
        int d = mean.length;
        if (d == 0 || covariance.length != (long) d * d) {
            throw new IllegalArgumentException("a mean of " + d + " values goes with a covariance of " + (long) d * d
                    + ", got " + covariance.length);
        }
        requireFinite("mu", mean, d);
        requireFinite("sigma", covariance, d);
        DMatrixRMaj matrix = new DMatrixRMaj(d, d, true, covariance);
        double largest = 0;
        for (int k = 0; k < d; k++) {
            largest = Math.max(largest, matrix.get(k, k));
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(matrix.get(i, j) - matrix.get(j, i)) > ASYMMETRY * largest) {
                    throw new IllegalArgumentException("sigma is not symmetric: it has " + matrix.get(i, j) + " in row "
                            + i + ", column " + j + ", and " + matrix.get(j, i) + " in row " + j + ", column " + i);
                }
            }
        }
        return new FeatureMoments(Gaussian.of(mean.clone(), matrix), matrix);
    }

    private static void requireFinite(String name, double[] values, int width) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + " holds " + values[i] + " at row " + i / width + ", column "
                        + i % width + "; statistics must be finite numbers");
            }
        }
    }

    /** {@return the length d of the vectors} */
    public int dimensions() {
        return gaussian.mean().length;
    }

    /** {@return a copy of the d means} */
    public double[] mean() {
        return gaussian.mean().clone();
    }

    /** {@return a copy of the d × d covariances, row by row} */
    public double[] covariance() {
        return covariance.data.clone();
    }

    /** Sum of the variances of all dimensions. */
    double totalVariance() {
        return gaussian.trace();
    }

    Gaussian gaussian() {
        return gaussian;
    }
}
