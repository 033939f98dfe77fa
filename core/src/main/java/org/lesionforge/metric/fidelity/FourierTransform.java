package org.lesionforge.metric.fidelity;

/** The discrete Fourier transform of squares whose side is a power of two (Cooley and Tukey 1965, radix 2, in place). */
final class FourierTransform {
    private FourierTransform() {}

    /**
     * @param values side × side, row by row; not changed
     * @return |F|² of every frequency, row by row, the constant part first; not scaled
     */
    static double[] power(double[] values, int side) {
        double[] re = values.clone();
        double[] im = new double[values.length];
        for (int row = 0; row < side; row++) {
            transform(re, im, row * side, 1, side);
        }
        for (int column = 0; column < side; column++) {
            transform(re, im, column, side, side);
        }
        double[] power = new double[values.length];
        for (int i = 0; i < power.length; i++) {
            power[i] = re[i] * re[i] + im[i] * im[i];
        }
        return power;
    }

    /** Of {@code n} numbers from {@code first} on, {@code step} apart. */
    private static void transform(double[] re, double[] im, int first, int step, int n) {
        for (int i = 1, j = 0; i < n; i++) {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                swap(re, first + i * step, first + j * step);
                swap(im, first + i * step, first + j * step);
            }
        }
        for (int length = 2; length <= n; length <<= 1) {
            for (int k = 0; k < length / 2; k++) {
                double angle = -2 * Math.PI * k / length;
                double cos = Math.cos(angle);
                double sin = Math.sin(angle);
                for (int i = k; i < n; i += length) {
                    int a = first + i * step;
                    int b = a + length / 2 * step;
                    double turnedRe = re[b] * cos - im[b] * sin;
                    double turnedIm = re[b] * sin + im[b] * cos;
                    re[b] = re[a] - turnedRe;
                    im[b] = im[a] - turnedIm;
                    re[a] += turnedRe;
                    im[a] += turnedIm;
                }
            }
        }
    }

    private static void swap(double[] values, int i, int j) {
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
    }
}
