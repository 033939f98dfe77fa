package org.lesionforge.generator.zoo.lapgan;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.torch.AutocastOff;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * How images are halved and doubled. An image is its coarse one, doubled, and the detail that this lacks: I = u(d(I)) + h (Burt and Adelson 1983,
 * <i>The Laplacian pyramid as a compact image code</i>). Whatever d and u are, that is exact.
 */
enum Pyramid {
    /** Means of 2×2 pixels; bilinear interpolation between the pixels' centres. */
    BOX {
        @Override
        Tensor down(Tensor images) {
            long[] two = {2, 2};
            return torch.avg_pool2d(images, two, two, new long[] {0, 0}, false, true, null);
        }

        @Override
        Tensor up(Tensor images) {
            return torch.upsample_bilinear2d(images, new long[] {2 * images.size(2), 2 * images.size(3)}, false);
        }
    },

    /**
     * Burt and Adelson's filter (1 4 6 4 1)/16 in both directions, mirrored at the border: before every second pixel is taken, and, four times as
     * strong, over the pixels with zeros between them.
     */
    BURT {
        @Override
        Tensor down(Tensor images) {
            return filtered(images, 2, 1);
        }

        @Override
        Tensor up(Tensor images) {
            return filtered(spread(spread(images, 3), 2), 1, 4);
        }
    };

    private static final float[] FILTER = {1, 4, 6, 4, 1};
    private static final float FILTER_SUM = 16;

    /**
     * Halves images.
     *
     * @param images n × channels × side × side, of an even side
     * @return n × channels × side/2 × side/2
     */
    abstract Tensor down(Tensor images);

    /**
     * Doubles images.
     *
     * @param images n × channels × side × side
     * @return n × channels × 2 side × 2 side
     */
    abstract Tensor up(Tensor images);

    private static Tensor filtered(Tensor images, long stride, float strength) {
        // Images are float32, also where nets are trained in bfloat16.
        try (Scope scope = new Scope();
                AutocastOff off = new AutocastOff()) {
            int width = FILTER.length;
            float[] kernel = new float[width * width];
            for (int i = 0; i < kernel.length; i++) {
                kernel[i] = strength * FILTER[i / width] * FILTER[i % width] / (FILTER_SUM * FILTER_SUM);
            }
            long channels = images.size(1);
            Tensor weight = Tensors.of(kernel, 1, 1, width, width)
                    .to(images.device(), images.scalar_type())
                    .repeat(channels, 1, 1, 1);
            long border = width / 2;
            return scope.keep(torch.conv2d(
                    torch.reflection_pad2d(images, border, border, border, border),
                    weight,
                    new TensorOptional(),
                    new long[] {stride, stride},
                    new long[] {0, 0},
                    new long[] {1, 1},
                    channels));
        }
    }

    /** Puts a zero behind every value in one dimension. */
    private static Tensor spread(Tensor images, long dimension) {
        return torch.stack(new TensorVector(images, torch.zeros_like(images)), dimension + 1)
                .flatten(dimension, dimension + 1);
    }
}
