package org.lesionforge.classifier.recipe;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * Where each place of a new image comes from in the old one: {@code (a·x + b·y + c, d·x + e·y + f)}. Both images reach from −1 to 1, x to the right and y
 * down, to the outer edges of their pixels (libtorch's {@code align_corners} false), so that a map means the same at any size.
 *
 * @param a share of x in the old x
 * @param b share of y in the old x
 * @param c the old x of the new centre
 * @param d share of x in the old y
 * @param e share of y in the old y
 * @param f the old y of the new centre
 */
record AffineMap(double a, double b, double c, double d, double e, double f) {
    /** The image as it is. */
    static final AffineMap IDENTITY = new AffineMap(1, 0, 0, 0, 1, 0);

    // libtorch numbers them: at::native::GridSamplerInterpolation and GridSamplerPadding.
    private static final int BILINEAR = 0;
    private static final int REFLECTION = 2;

    /**
     * {@return the map that turns an image about its centre}
     *
     * @param degrees counter-clockwise
     */
    static AffineMap rotation(double degrees) {
        // Each new place asks where it comes from, so the matrix turns the other way; y points down.
        double angle = Math.toRadians(degrees);
        return new AffineMap(Math.cos(angle), -Math.sin(angle), 0, Math.sin(angle), Math.cos(angle), 0);
    }

    /**
     * {@return the map that slants an image: its middle row stays, the rows above it move to the right and those below to the left}
     *
     * @param degrees between the old columns and the new, above −90 and below 90
     */
    static AffineMap shear(double degrees) {
        return new AffineMap(1, Math.tan(Math.toRadians(degrees)), 0, 0, 1, 0);
    }

    /**
     * {@return the map that mirrors an image}
     *
     * @param mirrored whether left and right are exchanged
     * @param upsideDown whether top and bottom are exchanged
     */
    static AffineMap flip(boolean mirrored, boolean upsideDown) {
        return new AffineMap(mirrored ? -1 : 1, 0, 0, 0, upsideDown ? -1 : 1, 0);
    }

    /**
     * This map's effect on an image, and then another's on the result.
     *
     * @param next what happens to the image afterwards
     * @return both in one, so that pixels are interpolated once
     */
    AffineMap then(AffineMap next) {
        return new AffineMap(
                a * next.a + b * next.d,
                a * next.b + b * next.e,
                a * next.c + b * next.f + c,
                d * next.a + e * next.d,
                d * next.b + e * next.e,
                d * next.c + e * next.f + f);
    }

    /**
     * Moves images on their device, all at once, by bilinear interpolation between the centres of pixels; what comes from outside an image is its
     * reflection at its outer edge.
     *
     * @param images n × channels × height × width, floating point
     * @param maps one per image
     * @return as {@code images}, in channels-last memory
     * @throws IllegalArgumentException when there are more or fewer maps than images
     */
    static Tensor apply(Tensor images, List<AffineMap> maps) {
        if (images.size(0) != maps.size()) {
            throw new IllegalArgumentException(
                    "expected a map for each of " + images.size(0) + " images, got " + maps.size());
        }
        float[] matrices = new float[maps.size() * 6];
        for (int i = 0; i < maps.size(); i++) {
            AffineMap map = maps.get(i);
            matrices[6 * i] = (float) map.a;
            matrices[6 * i + 1] = (float) map.b;
            matrices[6 * i + 2] = (float) map.c;
            matrices[6 * i + 3] = (float) map.d;
            matrices[6 * i + 4] = (float) map.e;
            matrices[6 * i + 5] = (float) map.f;
        }
        try (Scope scope = new Scope()) {
            Tensor transforms =
                    Tensors.send(Tensors.of(matrices, maps.size(), 2, 3), images.device(), images.scalar_type());
            Tensor grid = torch.affine_grid_generator(transforms, images.shape(), false);
            Tensor moved = torch.grid_sampler(images, grid, BILINEAR, REFLECTION, false);
            return scope.keep(moved.contiguous(MemoryFormat.ChannelsLast));
        }
    }
}
