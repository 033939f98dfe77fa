package org.lesionforge.metric.fidelity;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Fréchet distance between two Gaussians (Dowson and Landau 1982; as FID by Heusel et al. 2017):
 * ‖μ₁ − μ₂‖² + Tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½), in float64, covariances divided by n − 1.
 *
 * <p>For any factors Σ = FᵀF, Tr (Σ₁Σ₂)^½ is the sum of the singular values of F₁F₂ᵀ. So no matrix square root is
 * needed, and rank-deficient covariances, for which the usual {@code sqrtm} gives complex numbers or needs a small
 * multiple of the identity added, need no special treatment. With fewer images than dimensions F is the matrix of
 * centred features and no d × d matrix is formed; otherwise F is a pivoted Cholesky factor.
 *
 * <p>It is biased upwards by about 1/n: compare only numbers from equally many images, and print how many.
 */
public final class FrechetDistance {
    private FrechetDistance() {}

    /**
     * @param a n × d, n at least 2
     * @param b m × d, m at least 2
     * @return at least 0, in squared feature units
     * @throws IllegalArgumentException when d differs, a set has fewer than 2 images, or a feature is not finite
     */
    public static double between(Features a, Features b) {
        return distance(Gaussian.of(a), Gaussian.of(b));
    }

    /**
     * {@return the distance as {@link #between(Features, Features)}, with the moments of one set}
     *
     * @param a n × d, n at least 2
     * @param b mean and covariance of length d
     */
    public static double between(Features a, FeatureMoments b) {
        return distance(Gaussian.of(a), b.gaussian());
    }

    /**
     * {@return the distance as {@link #between(Features, Features)}, with the moments of both sets}
     *
     * @param a mean and covariance of length d
     * @param b likewise
     */
    public static double between(FeatureMoments a, FeatureMoments b) {
        return distance(a.gaussian(), b.gaussian());
    }

    /**
     * @param meanA d values
     * @param covarianceA d × d, symmetric, positive semi-definite
     * @param meanB d values
     * @param covarianceB d × d
     */
    static double ofGaussians(double[] meanA, double[][] covarianceA, double[] meanB, double[][] covarianceB) {
        return distance(Gaussian.of(meanA, covarianceA), Gaussian.of(meanB, covarianceB));
    }

    static double distance(Gaussian a, Gaussian b) {
        if (a.mean().length != b.mean().length) {
            throw new IllegalArgumentException(
                    "expected features of one length, got " + a.mean().length + " and " + b.mean().length);
        }
        double squaredShift = 0;
        for (int k = 0; k < a.mean().length; k++) {
            double shift = a.mean()[k] - b.mean()[k];
            squaredShift += shift * shift;
        }
        double spread = a.trace() + b.trace() - 2 * sumOfSingularValues(a.factor(), b.factor());
        // Negative only through rounding: the exact value is a squared distance.
        return squaredShift + Math.max(0, spread);
    }

    private static double sumOfSingularValues(DMatrixRMaj a, DMatrixRMaj b) {
        if (a.numRows == 0 || b.numRows == 0) {
            return 0;
        }
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numRows);
        CommonOps_DDRM.multTransB(a, b, product);
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(product.numRows, product.numCols, false, false, true);
        if (!svd.decompose(product)) {
            throw new ArithmeticException("the singular values of a " + product.numRows + " × " + product.numCols
                    + " matrix did not converge");
        }
        double sum = 0;
        double[] values = svd.getSingularValues();
        for (int i = 0; i < svd.numberOfSingularValues(); i++) {
            sum += values[i];
        }
        return sum;
    }
}
