package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.Tensor;

/**
 * The dual of the Wasserstein-1 distance (Arjovsky et al. 2017, arXiv 1701.07875): the critic minimises E D(G(z)) − E D(x), the generator −E D(G(z)).
 * Minus the critic's loss estimates the distance between real and generated images as far as the critic is 1-Lipschitz.
 */
public record WassersteinLoss() implements AdversarialLoss {
    @Override
    public Tensor onReal(Tensor logits) {
        return logits.mean().neg();
    }

    @Override
    public Tensor onFake(Tensor logits) {
        return logits.mean();
    }

    @Override
    public Tensor ofGenerator(Tensor logits) {
        return logits.mean().neg();
    }

    /** The mean of the critic's answers, which have no bounds. */
    @Override
    public Tensor score(Tensor logits) {
        return logits.detach().mean();
    }

    @Override
    public String scoreKey() {
        return "critic";
    }
}
