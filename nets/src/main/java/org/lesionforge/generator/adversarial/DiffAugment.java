package org.lesionforge.generator.adversarial;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
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
        return images.add(Tensors.of(shifts, shifts.length, 1, 1, 1).to(images.device(), images.scalar_type()));
    }

    private Tensor translate(Tensor images, SplittableRandom random) {
        long side = images.size(2);
        int most = (int) Math.round(side * translation);
        TensorVector padded = torch.constant_pad_nd(images, new long[] {most, most, most, most}, new Scalar(0))
                .split(1);
        TensorVector moved = new TensorVector();
        for (long i = 0; i < padded.size(); i++) {
            int down = random.nextInt(2 * most + 1);
            int right = random.nextInt(2 * most + 1);
            moved.push_back(padded.get(i).narrow(2, down, side).narrow(3, right, side));
        }
        return torch.cat(moved);
    }
}
