package org.lesionforge.metric.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.Samples;

/** References: closed forms, and NumPy 2.4 (symmetric eigenvalues of Σ₁^½ Σ₂ Σ₁^½) on the same numbers. */
final class FrechetDistanceTest {
    @Test
    void diagonalGaussiansInClosedForm() {
        double[][] a = {{4, 0, 0}, {0, 1, 0}, {0, 0, 0.25}};
        double[][] b = {{1, 0, 0}, {0, 9, 0}, {0, 0, 0.25}};
        // Shift 1 + 4; spreads (2 − 1)² + (1 − 3)² + 0.
        assertEquals(10, FrechetDistance.ofGaussians(new double[] {0, 0, 5}, a, new double[] {1, 2, 5}, b), 1e-12);
    }

    @Test
    void correlatedGaussiansInClosedForm() {
        // Both have the eigenvectors (1, ±1)/√2: eigenvalues 3, 1 and 12, 4, so (√3 − √12)² + (1 − 2)² = 3 + 1.
        double[][] a = {{2, 1}, {1, 2}};
        double[][] b = {{8, 4}, {4, 8}};
        assertEquals(4, FrechetDistance.ofGaussians(new double[2], a, new double[2], b), 1e-12);
    }

    @Test
    void singularGaussiansInClosedForm() {
        // Along (1, 1) and along (1, 0): Tr = 2 + 1, and (Σ₁Σ₂)^½ has trace √(1) = 1.
        double[][] a = {{1, 1}, {1, 1}};
        double[][] b = {{1, 0}, {0, 0}};
        assertEquals(1, FrechetDistance.ofGaussians(new double[2], a, new double[2], b), 1e-12);
        double[][] none = {{0, 0}, {0, 0}};
        assertEquals(2, FrechetDistance.ofGaussians(new double[2], a, new double[2], none), 1e-12);
    }

    @Test
    void sampledGaussiansComeCloseToTheirClosedForm() {
        // 4 dimensions, shift ½ each, standard deviations 1 and 2: 4·¼ + 4·1.
        double distance =
                FrechetDistance.between(Samples.normal(20_000, 4, 0, 1, 1), Samples.normal(20_000, 4, 0.5, 2, 2));
        assertEquals(5, distance, 0.1);
    }

    @Test
    void everyShapeAgreesWithTheReference() {
        assertEquals(1.1011869207746177, waves(40, 50, 12), 1e-9);
        assertEquals(4.686439295310915, waves(8, 9, 12), 1e-6);
        assertEquals(3.787237292740029, waves(8, 50, 12), 1e-6);
    }

    @Test
    void covariancesOfSeveralBlocksAgreeWithTheReference() {
        assertEquals(0.12773508076245754, waves(1300, 513, 12), 1e-9);
    }

    private static double waves(int n, int m, int d) {
        return FrechetDistance.between(Samples.wave(n, d, Math::sin, 0), Samples.wave(m, d, Math::cos, 0.1));
    }

    @Test
    void agreesWithEigenvaluesOnRandomFeatures() {
        for (int seed = 0; seed < 5; seed++) {
            for (int n : new int[] {6, 20, 21, 60}) {
                Features a = Samples.normal(n, 20, 0, 1, 10 + seed);
                Features b = Samples.normal(30, 20, 0.2, 1.3, 20 + seed);
                assertEquals(byEigenvalues(a, b), FrechetDistance.between(a, b), 1e-6, "n = " + n);
            }
        }
    }

    /** The textbook form: covariances, and symmetric eigenvalues of Σ₁^½ Σ₂ Σ₁^½. */
    private static double byEigenvalues(Features a, Features b) {
        int d = a.dimensions();
        double[] meanA = mean(a);
        double[] meanB = mean(b);
        DMatrixRMaj covarianceA = covariance(a, meanA);
        DMatrixRMaj covarianceB = covariance(b, meanB);
        DMatrixRMaj root = new DMatrixRMaj(d, d);
        EigenDecomposition_F64<DMatrixRMaj> eigen = eigen(covarianceA);
        for (int i = 0; i < d; i++) {
            DMatrixRMaj vector = eigen.getEigenVector(i);
            double value = Math.sqrt(Math.max(0, eigen.getEigenvalue(i).real));
            CommonOps_DDRM.multAddTransB(value, vector, vector, root);
        }
        DMatrixRMaj left = CommonOps_DDRM.mult(root, covarianceB, null);
        EigenDecomposition_F64<DMatrixRMaj> product = eigen(CommonOps_DDRM.mult(left, root, null));
        double distance = CommonOps_DDRM.trace(covarianceA) + CommonOps_DDRM.trace(covarianceB);
        for (int i = 0; i < d; i++) {
            distance -= 2 * Math.sqrt(Math.max(0, product.getEigenvalue(i).real));
            distance += Math.pow(meanA[i] - meanB[i], 2);
        }
        return distance;
    }

    private static EigenDecomposition_F64<DMatrixRMaj> eigen(DMatrixRMaj matrix) {
        DMatrixRMaj symmetric = new DMatrixRMaj(matrix);
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numRows; j++) {
                symmetric.set(i, j, (matrix.get(i, j) + matrix.get(j, i)) / 2);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(matrix.numRows, true, true);
        assertTrue(eigen.decompose(symmetric));
        return eigen;
    }

    private static double[] mean(Features features) {
        double[] mean = new double[features.dimensions()];
        for (int i = 0; i < features.count(); i++) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += features.vector(i)[k] / (double) features.count();
            }
        }
        return mean;
    }

    private static DMatrixRMaj covariance(Features features, double[] mean) {
        DMatrixRMaj covariance = new DMatrixRMaj(mean.length, mean.length);
        for (int i = 0; i < features.count(); i++) {
            for (int j = 0; j < mean.length; j++) {
                for (int k = 0; k < mean.length; k++) {
                    double term = (features.vector(i)[j] - mean[j]) * (features.vector(i)[k] - mean[k]);
                    covariance.add(j, k, term / (features.count() - 1));
                }
            }
        }
        return covariance;
    }

    @Test
    void identicalSetsAreAtDistanceZero() {
        Features few = Samples.normal(10, 50, 1, 1, 3);
        Features many = Samples.normal(100, 50, 1, 1, 4);
        assertEquals(0, FrechetDistance.between(few, few), 1e-9);
        assertEquals(0, FrechetDistance.between(many, many), 1e-9);
        Features constant = new FeatureArray(5, 3, new float[15]);
        assertEquals(0, FrechetDistance.between(constant, constant));
    }

    @Test
    void repeatedImagesAreNothingSpecial() {
        // 60 images of which only 3 differ: rank 2 in 10 dimensions, through the covariance path.
        FeatureArray base = Samples.normal(3, 10, 0, 1, 5);
        float[] repeated = new float[600];
        for (int i = 0; i < 60; i++) {
            System.arraycopy(base.values(), i % 3 * 10, repeated, i * 10, 10);
        }
        Features rankTwo = new FeatureArray(60, 10, repeated);
        Features other = Samples.normal(80, 10, 0, 1, 6);
        assertEquals(0, FrechetDistance.between(rankTwo, rankTwo), 1e-9);
        assertEquals(byEigenvalues(rankTwo, other), FrechetDistance.between(rankTwo, other), 1e-5);
    }

    @Test
    void sizesOfThePaperAreQuick() {
        Features a = Samples.normal(374, 768, 0, 1, 7);
        Features b = Samples.normal(374, 768, 0.1, 1, 8);
        assertTimeout(Duration.ofSeconds(15), () -> assertTrue(FrechetDistance.between(a, b) > 7.68));
    }

    @Test
    void unusableFeaturesAreNamed() {
        Features one = new FeatureArray(1, 2, new float[2]);
        assertThrows(IllegalArgumentException.class, () -> FrechetDistance.between(one, one));
        Features broken = new FeatureArray(2, 2, new float[] {1, 2, 3, Float.NaN});
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> FrechetDistance.between(broken, broken));
        assertEquals("feature 1 of image 1 is NaN", failure.getMessage());
        Features longer = new FeatureArray(2, 3, new float[6]);
        Features shorter = new FeatureArray(2, 2, new float[4]);
        assertThrows(IllegalArgumentException.class, () -> FrechetDistance.between(longer, shorter));
    }
}
