package org.lesionforge.classifier;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Turns images about their centre, with bilinear interpolation; what comes from outside the image is its reflection. */
final class Rotation {
    // libtorch numbers them: at::native::GridSamplerInterpolation and GridSamplerPadding.
    private static final int BILINEAR = 0;
    private static final int REFLECTION = 2;

    private Rotation() {}

    /**
     * @param images n × 3 × side × side
     * @param degrees one angle per image, counter-clockwise
     * @return as {@code images}, in channels-last memory
     */
    static Tensor apply(Tensor images, double[] degrees) {
        try (Scope scope = new Scope()) {
            float[] matrices = new float[degrees.length * 6];
            for (int i = 0; i < degrees.length; i++) {
                // Each target point asks where it comes from, so the matrix turns the other way; y points down.
                double angle = Math.toRadians(degrees[i]);
                matrices[6 * i] = (float) Math.cos(angle);
                matrices[6 * i + 1] = (float) -Math.sin(angle);
                matrices[6 * i + 3] = (float) Math.sin(angle);
                matrices[6 * i + 4] = (float) Math.cos(angle);
            }
            Tensor transforms = Tensors.of(matrices, degrees.length, 2, 3).to(images.device(), images.scalar_type());
            Tensor grid = torch.affine_grid_generator(transforms, images.shape(), false);
            Tensor turned = torch.grid_sampler(images, grid, BILINEAR, REFLECTION, false);
            return scope.keep(turned.contiguous(MemoryFormat.ChannelsLast));
        }
    }
}
