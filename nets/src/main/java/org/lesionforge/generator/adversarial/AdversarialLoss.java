package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.Tensor;

/** What both nets minimise, from the discriminator's logits. No memory, no nets. */
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

    /**
     * {@return the mean score of a batch, as it is reported}
     *
     * @param logits n × 1
     */
    double score(Tensor logits);

    /** {@return what the score is called in {@code stats.jsonl}, before {@code _real} and {@code _fake}} */
    String scoreKey();
}
