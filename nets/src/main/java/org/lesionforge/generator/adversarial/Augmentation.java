package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.Flips;
import org.lesionforge.io.Seed;

/**
 * What the discriminator sees in the place of images.
 *
 * @param flips of the real images alone: the generator learns the mirror images too
 * @param shared of real and generated images, by separate draws from the same family
 */
public record Augmentation(Flips flips, DiffAugment shared) {
    /** @param images n × channels × side × side */
    Tensor ofReal(Tensor images, Seed random) {
        return shared.apply(flips.apply(images, random.of("flips")), random.of("real"));
    }

    /** @param images as {@link #ofReal}; gradients flow back to them */
    Tensor ofFake(Tensor images, Seed random) {
        return shared.apply(images, random.of("fake"));
    }
}
