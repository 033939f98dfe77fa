package org.lesionforge.generator.adversarial;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** What both nets minimise, from the discriminator's logits: one for each image, where nothing else is said. No memory, no nets. */
public interface AdversarialLoss {
    /**
     * {@return the discriminator's loss on real images, one number}
     *
     * @param logits n × 1
     */
    Tensor onReal(Tensor logits);

    /**
     * {@return the discriminator's loss on generated images, one number}
     *
     * @param logits n × 1
     */
    Tensor onFake(Tensor logits);

    /**
     * {@return the generator's loss on what the discriminator makes of its images, one number}
     *
     * @param logits n × 1
     */
    Tensor ofGenerator(Tensor logits);

    /** {@return whether the discriminator also learns the classes of real images, from more logits than one} */
    default boolean classifies() {
        return false;
    }

    /**
     * {@return what the discriminator minimises beside {@link #onReal} for the classes of real images, one number; nothing unless it
     * {@linkplain #classifies() learns} them}
     *
     * @param logits n × (classes + 1)
     * @param labels n class indices
     */
    default Optional<Tensor> ofClasses(Tensor logits, Tensor labels) {
        return Optional.empty();
    }

    /**
     * {@return the mean score of a batch, as it is reported: one number, which nobody waits for}
     *
     * @param logits n × 1
     */
    Tensor score(Tensor logits);

    /** {@return what the score is called in {@code stats.jsonl}, before {@code _real} and {@code _fake}} */
    String scoreKey();
}
