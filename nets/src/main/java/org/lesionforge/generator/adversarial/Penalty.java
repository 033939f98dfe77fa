package org.lesionforge.generator.adversarial;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Seed;

/** What is added to the discriminator's loss for its gradient towards images. No memory, no nets. */
public interface Penalty {
    /**
     * {@return whether a step has it}
     *
     * @param iteration steps done before it
     */
    boolean isDue(long iteration);

    /** {@return whether {@link #points} gives some where it is due} */
    default boolean hasOwnPoints() {
        return false;
    }

    /**
     * Images of its own at which the gradient is taken, in a further pass through the discriminator. Its value is then reported as
     * {@code loss_penalty}, and the mean length of the gradients as {@code slope}.
     *
     * @param real n × channels × side × side, as the discriminator sees them
     * @param fake shaped as {@code real}
     * @param random for what is drawn
     * @return shaped as {@code real}; nothing where the gradient is taken at the real images, in the pass that the loss is of
     */
    default Optional<Tensor> points(Tensor real, Tensor fake, Seed random) {
        return Optional.empty();
    }

    /**
     * The penalty, a number that can be differentiated again.
     *
     * @param gradients n × …, those of the logits towards the images, each part of a graph
     * @return one number
     */
    Tensor of(Tensor gradients);
}
