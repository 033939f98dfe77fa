package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.Tensor;

/** What is added to the discriminator's loss on real images. No memory, no nets. */
public interface Penalty {
    /**
     * {@return whether a step has it}
     *
     * @param iteration steps done before it
     */
    boolean isDue(long iteration);

    /**
     * The penalty, a number that can be differentiated again.
     *
     * @param logits what the discriminator made of {@code images}
     * @param images n × …, part of the graph behind {@code logits}
     * @return one number
     */
    Tensor of(Tensor logits, Tensor images);
}
