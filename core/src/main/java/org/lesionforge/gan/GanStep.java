package org.lesionforge.gan;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.gan.Discriminator.Statistics;
import org.lesionforge.torch.Adam;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * One iteration of Goodfellow's alternating game in its non-saturating form: the discriminator learns real → 1 and fake → 0 from two
 * separate batches, then the generator learns to maximise log D(G(z)).
 */
final class GanStep {
    /**
     * What one iteration came to.
     *
     * @param lossD −log D(x) − log(1 − D(G(z))), the mean over the batch
     * @param lossG −log D(G(z)) after the discriminator's update
     * @param dReal mean D(x), in (0, 1)
     * @param dFake mean D(G(z)) before the discriminator's update, in (0, 1)
     */
    record Outcome(double lossD, double lossG, double dReal, double dFake) {
        boolean isFinite() {
            return Double.isFinite(lossD) && Double.isFinite(lossG);
        }
    }

    private final Generator generator;
    private final Discriminator discriminator;
    private final Adam generatorAdam;
    private final Adam discriminatorAdam;

    GanStep(Generator generator, Discriminator discriminator, GanOptions options) {
        this.generator = generator;
        this.discriminator = discriminator;
        generatorAdam = new Adam(generator, options.learningRate(), options.beta1(), GanOptions.BETA2);
        discriminatorAdam = new Adam(discriminator, options.learningRate(), options.beta1(), GanOptions.BETA2);
    }

    /**
     * @param real n × 3 × size × size in [−1, 1]
     * @param z n × latent
     */
    Outcome run(Tensor real, Tensor z) {
        try (Scope scope = new Scope()) {
            Tensor fake = generator.forward(z);
            Outcome half = stepDiscriminator(real, fake.detach());
            double lossG = stepGenerator(fake);
            return new Outcome(half.lossD(), lossG, half.dReal(), half.dFake());
        }
    }

    Outcome stepDiscriminator(Tensor real, Tensor fake) {
        discriminatorAdam.zeroGradients();
        Tensor onReal = discriminator.forward(real, Statistics.UPDATE);
        Tensor lossReal = crossEntropy(onReal, torch.ones_like(onReal));
        lossReal.backward();
        Tensor onFake = discriminator.forward(fake, Statistics.UPDATE);
        Tensor lossFake = crossEntropy(onFake, torch.zeros_like(onFake));
        lossFake.backward();
        discriminatorAdam.step();
        return new Outcome(
                Tensors.item(lossReal) + Tensors.item(lossFake), 0, meanProbability(onReal), meanProbability(onFake));
    }

    /** Leaves the discriminator as it found it: no gradient reaches its parameters, no statistic is updated. */
    double stepGenerator(Tensor fake) {
        StateDict.requireGradients(discriminator, false);
        try {
            generatorAdam.zeroGradients();
            Tensor onFake = discriminator.forward(fake, Statistics.KEEP);
            Tensor loss = crossEntropy(onFake, torch.ones_like(onFake));
            loss.backward();
            generatorAdam.step();
            return Tensors.item(loss);
        } finally {
            StateDict.requireGradients(discriminator, true);
        }
    }

    private static Tensor crossEntropy(Tensor logits, Tensor targets) {
        return torch.binary_cross_entropy_with_logits(logits, targets);
    }

    private static double meanProbability(Tensor logits) {
        return Tensors.item(logits.detach().sigmoid().mean());
    }
}
