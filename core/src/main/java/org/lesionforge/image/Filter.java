package org.lesionforge.image;

/** A resampling filter, with the kernel and support of the Pillow filter of the same name. */
public enum Filter {
    /** Every source pixel under the target pixel with the same weight. */
    BOX(0.5) {
        @Override
        double weight(double x) {
            return x > -0.5 && x <= 0.5 ? 1 : 0;
        }
    },
    /** The triangle. */
    BILINEAR(1) {
        @Override
        double weight(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },
    /** Keys' cubic convolution with a = −0.5 (Catmull-Rom). OpenCV and PyTorch use −0.75. */
    BICUBIC(2) {
        @Override
        double weight(double x) {
            double a = -0.5;
            double d = Math.abs(x);
            if (d < 1) {
                return ((a + 2) * d - (a + 3)) * d * d + 1;
            }
            return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
        }
    };

    private final double support;

    Filter(double support) {
        this.support = support;
    }

    /** The kernel is 0 farther than this from its centre; in target pixels when shrinking, in source pixels when enlarging. */
    double support() {
        return support;
    }

    abstract double weight(double x);
}
