package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Goodfellow's alternating game in its non-saturating form (Goodfellow et al. 2014, arXiv 1406.2661): the discriminator minimises −log D(x) −
 * log(1 − D(G(z))), the generator −log D(G(z)), where D is the sigmoid of the logit. The sigmoid is part of the loss, where it does not saturate.
 *
 * @param realTarget what the discriminator learns of real images: 1, or less with one-sided label smoothing (Salimans et al. 2016)
 */
public record NonSaturatingLoss(double realTarget) implements AdversarialLoss {
    @Override
    public Tensor onReal(Tensor logits) {
        return crossEntropy(logits, realTarget);
    }

    @Override
    public Tensor onFake(Tensor logits) {
        return crossEntropy(logits, 0);
    }

    @Override
    public Tensor ofGenerator(Tensor logits) {
        return crossEntropy(logits, 1);
    }

    /** The mean probability that the images are real, in (0, 1). */
    @Override
    public Tensor score(Tensor logits) {
        return logits.detach().sigmoid().mean();
    }

    @Override
    public String scoreKey() {
        return "d";
    }

    private static Tensor crossEntropy(Tensor logits, double target) {
        return torch.binary_cross_entropy_with_logits(logits, torch.full_like(logits, new Scalar(target)));
    }
}
