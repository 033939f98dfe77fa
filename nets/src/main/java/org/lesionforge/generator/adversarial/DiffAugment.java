package org.lesionforge.generator.adversarial;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
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
     * Changes each image by draws of its own, all at once on their device.
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
        return images.add(Tensors.of(shifts, shifts.length, 1, 1, 1).to(images.device(), images.scalar_type()));
    }

    private Tensor translate(Tensor images, SplittableRandom random) {
        int side = (int) images.size(2);
        int most = (int) Math.round(side * translation);
        int n = (int) images.size(0);
        long[] rows = new long[n * side];
        long[] columns = new long[n * side];
        for (int i = 0; i < n; i++) {
            int down = random.nextInt(2 * most + 1);
            int right = random.nextInt(2 * most + 1);
            for (int k = 0; k < side; k++) {
                rows[i * side + k] = (long) down + k;
                columns[i * side + k] = (long) right + k;
            }
        }
        Tensor padded = torch.constant_pad_nd(images, new long[] {most, most, most, most}, new Scalar(0));
        long channels = images.size(1);
        Tensor moved = padded.gather(2, places(rows, padded, n, 1, side, 1).expand(n, channels, side, padded.size(3)))
                .gather(3, places(columns, padded, n, 1, 1, side).expand(n, channels, side, side));
        return moved.contiguous(MemoryFormat.ChannelsLast);
    }

    private static Tensor places(long[] places, Tensor like, long... shape) {
        return Tensors.ofLongs(places, shape).to(like.device(), ScalarType.Long);
    }
}
