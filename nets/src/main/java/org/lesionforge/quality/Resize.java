package org.lesionforge.quality;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * How images are brought to the size that a network sees, 299×299 for FID's. Three conventions are in use, and they give three different distances between the same
 * images, so every number names its own.
 *
 * <p>Each is a linear map of rows followed by the same map of columns: R · X · Rᵀ.
 */
public enum Resize {
    /** TensorFlow 1's {@code resize_bilinear}: no half-pixel centres, no antialiasing. */
    TF("tf") {
        @Override
        void fill(double[] row, int target, double scale) {
            bilinear(row, target * scale);
        }
    },
    /** PyTorch's {@code interpolate(bilinear, align_corners=False)}: half-pixel centres, no antialiasing. */
    PYTORCH_FID("pytorch-fid") {
        @Override
        void fill(double[] row, int target, double scale) {
            bilinear(row, Math.max(0, (target + 0.5) * scale - 0.5));
        }
    },
    /** clean-fid (Parmar, Zhang, Zhu 2022): Pillow's antialiased bicubic on floats, clipped to 0…255, not rounded. */
    CLEAN("clean") {
        @Override
        void fill(double[] row, int target, double scale) {
            double stretch = Math.max(scale, 1);
            double centre = (target + 0.5) * scale;
            int first = Math.max(0, (int) (centre - 2 * stretch + 0.5));
            int end = Math.min(row.length, (int) (centre + 2 * stretch + 0.5));
            double sum = 0;
            for (int i = first; i < end; i++) {
                row[i] = cubic((i + 0.5 - centre) / stretch);
                sum += row[i];
            }
            for (int i = first; i < end; i++) {
                row[i] /= sum;
            }
        }
    };

    private final String label;

    Resize(String label) {
        this.label = label;
    }

    /** {@return the part of a metric's name: {@code tf}, {@code pytorch-fid} or {@code clean}} */
    public String label() {
        return label;
    }

    /**
     * The convention of a name.
     *
     * @param label {@code tf}, {@code pytorch-fid} or {@code clean}
     * @return the convention that is called so
     * @throws IllegalArgumentException when none is called so
     */
    public static Resize of(String label) {
        return Arrays.stream(values())
                .filter(resize -> resize.label.equals(label))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("resize is tf, pytorch-fid or clean, got '" + label + "'"));
    }

    /** Adds the weights of the source pixels for pixel {@code target}; {@code scale} is source size over target size. */
    abstract void fill(double[] row, int target, double scale);

    /** The map R, {@code to × from} in row-major order. */
    float[] matrix(int from, int to) {
        float[] matrix = new float[Math.multiplyExact(from, to)];
        for (int target = 0; target < to; target++) {
            double[] row = new double[from];
            fill(row, target, (double) from / to);
            for (int i = 0; i < from; i++) {
                matrix[target * from + i] = (float) row[i];
            }
        }
        return matrix;
    }

    /**
     * Resizes.
     *
     * @param images n × 3 × h × w, floating point, 0…255
     * @param side that is wanted, in pixels
     * @return n × 3 × {@code side} × {@code side}; {@code images} itself when that is its size
     */
    public Tensor apply(Tensor images, int side) {
        int height = Math.toIntExact(images.size(2));
        int width = Math.toIntExact(images.size(3));
        if (height == side && width == side) {
            return images;
        }
        try (Scope scope = new Scope()) {
            Tensor narrowed = images.matmul(map(width, side, images).t());
            Tensor resized = map(height, side, images).matmul(narrowed);
            if (this == CLEAN) {
                resized.clamp_(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(255.0)));
            }
            return scope.keep(resized);
        }
    }

    private Tensor map(int from, int to, Tensor images) {
        return Tensors.of(matrix(from, to), to, from).to(images.device(), images.scalar_type());
    }

    private static void bilinear(double[] row, double position) {
        int low = Math.min((int) position, row.length - 1);
        int high = Math.min(low + 1, row.length - 1);
        row[low] += 1 - (position - low);
        row[high] += position - low;
    }

    /** Catmull-Rom, a = −0.5: Pillow's bicubic. */
    private static double cubic(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return (1.5 * x - 2.5) * x * x + 1;
        }
        return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    }
}
