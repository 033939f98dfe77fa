package org.lesionforge.duplicate;

/**
 * The content of 32×32 pixels without their lowest cosine coefficients. Two lesions may have the same coarse shape and
 * colours; copies of one photograph share their detail too. By Parseval's theorem its correlation is computed from the
 * coefficients alone.
 */
final class Detail {
    private static final int SIDE = 32;
    private static final int BLOCK = 8;
    private static final int LOW = PerceptualHash.COEFFICIENTS;
    private static final double[][] COSINES = orthonormalCosines();

    private final double[] pixels;
    private final double[] low;
    private final double energy;

    private Detail(double[] pixels) {
        this.pixels = pixels;
        this.low = lowCoefficients(pixels);
        this.energy = dot(pixels, pixels);
    }

    /** The detail of an image in one view. */
    static Detail of(Thumbnail image, View view) {
        double[] grey = new double[SIDE * SIDE];
        image.sample(view.left(), view.top(), view.side(), SIDE, grey);
        return new Detail(view.laidOver(grey, SIDE));
    }

    /** Root mean square of what is left without the {@code cut × cut} lowest coefficients, in grey levels. */
    double strength(int cut) {
        return Math.sqrt(energy(cut) / pixels.length);
    }

    /**
     * Correlation with another in [−1, 1] without the {@code cut × cut} lowest coefficients; 0 when either has no
     * other.
     */
    double correlation(Detail other, int cut) {
        double energies = energy(cut) * other.energy(cut);
        return energies > 0 ? (dot(pixels, other.pixels) - lowDot(other, cut)) / Math.sqrt(energies) : 0;
    }

    /**
     * Mean over 16 blocks of the correlation within each: copies agree everywhere, two lesions at most where they are darkest. 0 for a block without
     * detail.
     */
    double agreement(Detail other, int cut) {
        double[] a = without(cut);
        double[] b = other.without(cut);
        double sum = 0;
        for (int y = 0; y < SIDE; y += BLOCK) {
            for (int x = 0; x < SIDE; x += BLOCK) {
                sum += blockCorrelation(a, b, y * SIDE + x);
            }
        }
        return sum * BLOCK * BLOCK / pixels.length;
    }

    private static double blockCorrelation(double[] a, double[] b, int first) {
        double sumA = 0;
        double sumB = 0;
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        for (int y = 0; y < BLOCK; y++) {
            for (int i = first + y * SIDE; i < first + y * SIDE + BLOCK; i++) {
                sumA += a[i];
                sumB += b[i];
                squaresA += a[i] * a[i];
                squaresB += b[i] * b[i];
                products += a[i] * b[i];
            }
        }
        double n = BLOCK * BLOCK;
        double variances = (squaresA - sumA * sumA / n) * (squaresB - sumB * sumB / n);
        return variances > 0 ? (products - sumA * sumB / n) / Math.sqrt(variances) : 0;
    }

    private double[] without(int cut) {
        double[] rest = pixels.clone();
        for (int u = 0; u < cut; u++) {
            for (int v = 0; v < cut; v++) {
                for (int i = 0; i < rest.length; i++) {
                    rest[i] -= low[u * LOW + v] * COSINES[u][i / SIDE] * COSINES[v][i % SIDE];
                }
            }
        }
        return rest;
    }

    private double energy(int cut) {
        return Math.max(0, energy - lowDot(this, cut));
    }

    private double lowDot(Detail other, int cut) {
        double sum = 0;
        for (int u = 0; u < cut; u++) {
            for (int v = 0; v < cut; v++) {
                sum += low[u * LOW + v] * other.low[u * LOW + v];
            }
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] lowCoefficients(double[] pixels) {
        double[] low = new double[LOW * LOW];
        for (int y = 0; y < SIDE; y++) {
            for (int v = 0; v < LOW; v++) {
                double across = 0;
                for (int x = 0; x < SIDE; x++) {
                    across += COSINES[v][x] * pixels[y * SIDE + x];
                }
                for (int u = 0; u < LOW; u++) {
                    low[u * LOW + v] += COSINES[u][y] * across;
                }
            }
        }
        return low;
    }

    private static double[][] orthonormalCosines() {
        double[][] cosines = new double[LOW][SIDE];
        for (int u = 0; u < LOW; u++) {
            for (int k = 0; k < SIDE; k++) {
                cosines[u][k] = Math.sqrt((u == 0 ? 1.0 : 2.0) / SIDE) * Math.cos(Math.PI * u * (k + 0.5) / SIDE);
            }
        }
        return cosines;
    }
}
