package org.lesionforge.metric.fidelity;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Mean and covariance, the latter as a factor.
 *
 * @param mean d values
 * @param factor F, rows × d, with FᵀF the covariance
 * @param trace of the covariance
 */
record Gaussian(double[] mean, DMatrixRMaj factor, double trace) {
    /** Number of images per block. */
    private static final int BLOCK = 512;
    /** Largest negative remainder of a singular matrix rounded to float32, as a share of the largest variance. */
    private static final double NEGATIVE = 1e-3;

    static Gaussian of(Features features) {
        double[] mean = mean(features);
        if (features.count() <= features.dimensions()) {
            DMatrixRMaj centred = centred(features, 0, features.count(), mean);
            return new Gaussian(mean, centred, squares(centred));
        }
        return of(mean, covariance(features, mean));
    }

    /** @throws IllegalArgumentException when there are fewer than 2 images, or a feature is not finite */
    static double[] mean(Features features) {
        int n = features.count();
        int d = features.dimensions();
        if (n < 2) {
            throw new IllegalArgumentException("a covariance needs at least 2 images, got " + n);
        }
        double[] mean = new double[d];
        float[] vector = new float[d];
        for (int i = 0; i < n; i++) {
            features.read(i, vector, 0);
            for (int k = 0; k < d; k++) {
                if (!Float.isFinite(vector[k])) {
                    throw new IllegalArgumentException("feature " + k + " of image " + i + " is " + vector[k]);
                }
                mean[k] += vector[k];
            }
        }
        for (int k = 0; k < d; k++) {
            mean[k] /= n;
        }
        return mean;
    }

    /** Block by block, so that memory does not grow with the number of images. */
    static DMatrixRMaj covariance(Features features, double[] mean) {
        int d = mean.length;
        DMatrixRMaj sum = new DMatrixRMaj(d, d);
        DMatrixRMaj products = new DMatrixRMaj(d, d);
        for (int start = 0; start < features.count(); start += BLOCK) {
            int end = Math.min(features.count(), start + BLOCK);
            CommonOps_DDRM.multInner(centred(features, start, end, mean), products);
            CommonOps_DDRM.addEquals(sum, products);
        }
        return sum;
    }

    /** Rows F of images {@code start} to {@code end}; the sum of FᵀF over all blocks is the covariance. */
    private static DMatrixRMaj centred(Features features, int start, int end, double[] mean) {
        int d = mean.length;
        DMatrixRMaj rows = new DMatrixRMaj(end - start, d);
        double scale = 1 / Math.sqrt(features.count() - 1.0);
        float[] vector = new float[d];
        int out = 0;
        for (int i = start; i < end; i++) {
            features.read(i, vector, 0);
            for (int k = 0; k < d; k++) {
                rows.data[out++] = (vector[k] - mean[k]) * scale;
            }
        }
        return rows;
    }

    private static double squares(DMatrixRMaj matrix) {
        double sum = 0;
        for (double value : matrix.data) {
            sum += value * value;
        }
        return sum;
    }

    static Gaussian of(double[] mean, double[][] covariance) {
        int d = mean.length;
        DMatrixRMaj matrix = new DMatrixRMaj(d, d);
        if (covariance.length != d) {
            throw new IllegalArgumentException("expected " + d + " rows of covariance, got " + covariance.length);
        }
        for (int i = 0; i < d; i++) {
            if (covariance[i].length != d) {
                throw new IllegalArgumentException(
                        "expected " + d + " columns of covariance, got " + covariance[i].length);
            }
            System.arraycopy(covariance[i], 0, matrix.data, i * d, d);
        }
        return of(mean.clone(), matrix);
    }

    /** @throws IllegalArgumentException when the matrix is not positive semi-definite, beyond rounding */
    static Gaussian of(double[] mean, DMatrixRMaj covariance) {
        return new Gaussian(mean, pivotedCholesky(covariance), CommonOps_DDRM.trace(covariance));
    }

    /**
     * F with FᵀF = {@code matrix}, one row per unit of numerical rank (Higham 1990): always takes the largest remaining
     * diagonal entry and stops when only rounding errors remain, so singular matrices are allowed.
     */
    private static DMatrixRMaj pivotedCholesky(DMatrixRMaj matrix) {
        int d = matrix.numRows;
        double[] rest = new double[d];
        double largest = 0;
        for (int k = 0; k < d; k++) {
            rest[k] = matrix.get(k, k);
            largest = Math.max(largest, rest[k]);
        }
        double negligible = d * Math.ulp(largest);
        DMatrixRMaj factor = new DMatrixRMaj(d, d);
        double[] f = factor.data;
        double[] row = new double[d];
        int rank = 0;
        for (; rank < d; rank++) {
            int pivot = indexOfLargest(rest);
            if (rest[pivot] <= negligible) {
                break;
            }
            System.arraycopy(matrix.data, pivot * d, row, 0, d);
            for (int r = 0; r < rank; r++) {
                double weight = f[r * d + pivot];
                int at = r * d;
                for (int k = 0; k < d; k++) {
                    row[k] -= weight * f[at + k];
                }
            }
            double root = Math.sqrt(rest[pivot]);
            for (int k = 0; k < d; k++) {
                double value = row[k] / root;
                f[rank * d + k] = value;
                rest[k] -= value * value;
            }
            rest[pivot] = 0;
        }
        for (int k = 0; k < d; k++) {
            if (rest[k] < -NEGATIVE * largest || (largest == 0 && rest[k] < 0)) {
                throw new IllegalArgumentException(
                        "not a covariance: it is not positive semi-definite (row " + k + ")");
            }
        }
        factor.reshape(rank, d, true);
        return factor;
    }

    private static int indexOfLargest(double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            best = values[k] > values[best] ? k : best;
        }
        return best;
    }
}
