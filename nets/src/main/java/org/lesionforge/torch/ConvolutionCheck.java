package org.lesionforge.torch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.MissingRequirementException;

/**
 * Whether convolutions are computed right. On a virtual machine that hides the sizes of the processor's caches, oneDNN's kernels for AVX-512 were
 * seen to compute wrong sums, and nothing said so: trainings ran, and all their numbers were wrong.
 */
final class ConvolutionCheck {
    private static final int IMAGES = 2;
    private static final int IN = 40;
    private static final int OUT = 48;
    private static final int SIDE = 19;
    private static final int KERNEL = 3;
    private static final int STRIDE = 2;
    private static final int OUT_SIDE = (SIDE - KERNEL) / STRIDE + 1;

    private ConvolutionCheck() {}

    /** @throws MissingRequirementException when a convolution of whole numbers, whose sums are exact, comes out otherwise */
    static void require() {
        float[] images = wholeNumbers(IMAGES * IN * SIDE * SIDE, 7);
        float[] kernels = wholeNumbers(OUT * IN * KERNEL * KERNEL, 5);
        // A Scope, and Tensors.floats, would load libtorch, which is what this is a part of.
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor x = Tensors.of(images, IMAGES, IN, SIDE, SIDE);
            Tensor kernel = Tensors.of(kernels, OUT, IN, KERNEL, KERNEL);
            long[] stride = {STRIDE, STRIDE};
            Tensor y = torch.conv2d(x, kernel, new TensorOptional(), stride, new long[] {0, 0}, new long[] {1, 1}, 1);
            float[] values = new float[Math.toIntExact(y.numel())];
            new FloatPointer(y.contiguous().data_ptr()).get(values);
            require(images, kernels, values);
        }
    }

    /** Compares each value with the sum of products that it stands for. */
    static void require(float[] images, float[] kernels, float[] values) {
        for (int i = 0; i < values.length; i++) {
            float expected = value(images, kernels, i);
            if (values[i] != expected) {
                throw new MissingRequirementException(
                        "libtorch computes convolutions wrongly on this machine (" + values[i] + " instead of "
                                + expected
                                + "), so no number from it could be trusted; oneDNN's kernels for AVX-512 do that where the"
                                + " processor's caches are hidden: set ONEDNN_MAX_CPU_ISA=AVX2 in the environment before Java starts");
            }
        }
    }

    private static float value(float[] images, float[] kernels, int i) {
        int x = i % OUT_SIDE;
        int y = i / OUT_SIDE % OUT_SIDE;
        int out = i / (OUT_SIDE * OUT_SIDE) % OUT;
        int image = i / (OUT_SIDE * OUT_SIDE * OUT);
        float sum = 0;
        for (int in = 0; in < IN; in++) {
            for (int dy = 0; dy < KERNEL; dy++) {
                int row = ((image * IN + in) * SIDE + y * STRIDE + dy) * SIDE + x * STRIDE;
                int weight = ((out * IN + in) * KERNEL + dy) * KERNEL;
                for (int dx = 0; dx < KERNEL; dx++) {
                    sum += images[row + dx] * kernels[weight + dx];
                }
            }
        }
        return sum;
    }

    /** From −5 to 5, in an order without a short period. */
    private static float[] wholeNumbers(int count, int factor) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (int) ((long) i * i * factor % 101 % 11) - 5;
        }
        return values;
    }
}
