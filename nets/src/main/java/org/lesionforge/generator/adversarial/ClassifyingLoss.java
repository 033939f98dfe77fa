package org.lesionforge.generator.adversarial;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The game of a discriminator that also classifies (Salimans et al. 2016, arXiv 1606.03498, section 5): of K + 1 logits the first K are those of the
 * classes of real images, the last is that of "generated". By softmax over all of them, p(real) = 1 − p(generated) = sigmoid(Z), where Z is the
 * logarithm of Σ exp of the first K, minus the last: on Z it is {@link NonSaturatingLoss}, softplus(−Z) for real and softplus(Z) for generated images.
 * Real images also cost the cross-entropy of their class among the first K. A constant added to all K + 1 logits changes nothing.
 *
 * <p>Both take logits. A softmax before a cross-entropy that has one of its own, as published code of it has, is another loss.
 */
public record ClassifyingLoss() implements AdversarialLoss {
    private static final NonSaturatingLoss GAME = new NonSaturatingLoss(1);

    @Override
    public Tensor onReal(Tensor logits) {
        return GAME.onReal(realness(logits));
    }

    @Override
    public Tensor onFake(Tensor logits) {
        return GAME.onFake(realness(logits));
    }

    @Override
    public Tensor ofGenerator(Tensor logits) {
        return GAME.ofGenerator(realness(logits));
    }

    @Override
    public boolean classifies() {
        return true;
    }

    @Override
    public Optional<Tensor> ofClasses(Tensor logits, Tensor labels) {
        return Optional.of(torch.cross_entropy_loss(ofRealClasses(logits), labels));
    }

    /** The mean probability that the images are real, in (0, 1). */
    @Override
    public Tensor score(Tensor logits) {
        return GAME.score(realness(logits));
    }

    @Override
    public String scoreKey() {
        return GAME.scoreKey();
    }

    /** Z, n × 1. */
    static Tensor realness(Tensor logits) {
        return ofRealClasses(logits).logsumexp(new long[] {1}, true).sub(logits.narrow(1, logits.size(1) - 1, 1));
    }

    /** @param logits n × (K + 1) */
    static Tensor ofRealClasses(Tensor logits) {
        return logits.narrow(1, 0, logits.size(1) - 1);
    }
}
