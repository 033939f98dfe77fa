package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Seed;

/** What a generator makes its images of in a step of its training. */
@FunctionalInterface
public interface GeneratorInputs {
    /**
     * The inputs of as many images as there are real ones.
     *
     * @param real n × channels × side × side in [−1, 1], which inputs may follow from where the generator refines images
     * @param random what is drawn for them
     * @return n × …, as the generator's {@code forward} takes them
     */
    Tensor of(Tensor real, Seed random);
}
