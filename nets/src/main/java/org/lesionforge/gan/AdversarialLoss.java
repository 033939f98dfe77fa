package org.lesionforge.gan;

import org.bytedeco.pytorch.Tensor;

/** What both nets minimise, from the discriminator's logits. No memory, no nets. */
interface AdversarialLoss {
    /** {@return the discriminator's loss on real images, one number} */
    Tensor onReal(Tensor logits);

    /** {@return the discriminator's loss on generated images, one number} */
    Tensor onFake(Tensor logits);

    /** {@return the generator's loss on what the discriminator makes of its images, one number} */
    Tensor ofGenerator(Tensor logits);

    /** {@return the mean score of a batch, as it is reported} */
    double score(Tensor logits);

    /** {@return what the score is called in {@code stats.jsonl}, before {@code _real} and {@code _fake}} */
    String scoreKey();
}
