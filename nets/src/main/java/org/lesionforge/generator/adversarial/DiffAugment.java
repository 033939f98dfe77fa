package org.lesionforge.generator.adversarial;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Tensors;

/**
 * Differentiable augmentation (Zhao et al. 2020, arXiv 2006.10738): the discriminator sees real and generated images only after random changes of
 * the same family, in its own step and in the generator's, whose gradients flow back through them. So a few images last longer, and the
 * changes do not leak into what is generated.
 *
 * @param translation by up to this share of the side, in whole pixels; 0 (middle grey) where the image has left
 * @param brightness … by up to this share of the range [−1, 1], one number for all of an image's values, which are not clamped
 */
public record DiffAugment(double translation, double brightness) {

    /**
     * Changes each image by draws of its own.
     *
     * @param images n × 3 × side × side
     * @param random what the draws follow from; another seed for real images than for generated ones
     */
    Tensor apply(Tensor images, Seed random) {
        Tensor lit = brightness > 0 ? brighten(images, random.of("brightness").random()) : images;
        return translation > 0 ? translate(lit, random.of("translation").random()) : lit;
    }

    private Tensor brighten(Tensor images, SplittableRandom random) {
        float[] shifts = new float[(int) images.size(0)];
        for (int i = 0; i < shifts.length; i++) {
            shifts[i] = (float) (2 * brightness * random.nextDouble(-1, 1));
        }
        return images.add(
                Tensors.send(Tensors.of(shifts, shifts.length, 1, 1, 1), images.device(), images.scalar_type()));
    }

    private Tensor translate(Tensor images, SplittableRandom random) {
        int most = (int) Math.round(images.size(2) * translation);
        int[] down = new int[(int) images.size(0)];
        int[] right = new int[down.length];
        for (int i = 0; i < down.length; i++) {
            down[i] = random.nextInt(2 * most + 1);
            right[i] = random.nextInt(2 * most + 1);
        }
        return images.is_cuda() ? gathered(images, most, down, right) : cut(images, most, down, right);
    }

    private static Tensor padded(Tensor images, int most) {
        return torch.constant_pad_nd(images, new long[] {most, most, most, most}, new Scalar(0));
    }

    /** One image after another: on the CPU half the time of {@link #gathered}. */
    static Tensor cut(Tensor images, int most, int[] down, int[] right) {
        long side = images.size(2);
        TensorVector padded = padded(images, most).split(1);
        TensorVector moved = new TensorVector();
        for (int i = 0; i < down.length; i++) {
            moved.push_back(padded.get(i).narrow(2, down[i], side).narrow(3, right[i], side));
        }
        return torch.cat(moved);
    }

    /** The same all at once: on a card, which would wait for each of many small calls. */
    static Tensor gathered(Tensor images, int most, int[] down, int[] right) {
        int side = (int) images.size(2);
        int wide = side + 2 * most;
        int n = down.length;
        long[] origins = new long[n * side * side];
        for (int i = 0; i < n; i++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    origins[(i * side + y) * side + x] = (long) (down[i] + y) * wide + right[i] + x;
                }
            }
        }
        // Pixel by pixel, as they lie in channels-last memory.
        long channels = images.size(1);
        Tensor pixels = padded(images, most).permute(0, 2, 3, 1).reshape(n, (long) wide * wide, channels);
        Tensor places =
                Tensors.send(Tensors.ofLongs(origins, n, (long) side * side, 1), images.device(), ScalarType.Long);
        return pixels.gather(1, places.expand(n, (long) side * side, channels))
                .view(n, side, side, channels)
                .permute(0, 3, 1, 2);
    }
}
