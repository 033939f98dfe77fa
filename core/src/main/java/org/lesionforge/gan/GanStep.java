package org.lesionforge.gan;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.gan.Discriminator.Statistics;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * One iteration of Goodfellow's alternating game in its non-saturating form: the discriminator learns real → 1 and fake → 0 from two
 * separate batches, then the generator learns to maximise log D(G(z)).
 */
final class GanStep implements AutoCloseable {
    /**
     * What one iteration came to.
     *
     * @param lossD −log D(x) − log(1 − D(G(z))), the mean over the batch
     * @param lossG −log D(G(z)) after the discriminator's update
     * @param dReal mean D(x), in (0, 1)
     * @param dFake mean D(G(z)) before the discriminator's update, in (0, 1)
     * @param gradientD length of the discriminator's gradient
     * @param gradientG length of the generator's gradient
     * @param skipped whether a net was left as it was, because its loss or gradient was no number, or its gradient exploded
     */
    record Outcome(
            double lossD,
            double lossG,
            double dReal,
            double dFake,
            double gradientD,
            double gradientG,
            boolean skipped) {}

    private final Generator generator;
    private final Discriminator discriminator;
    private final NetUpdate generatorUpdate;
    private final NetUpdate discriminatorUpdate;

    GanStep(Generator generator, Discriminator discriminator, GanOptions options) {
        this.generator = generator;
        this.discriminator = discriminator;
        generatorUpdate = new NetUpdate(generator, options);
        discriminatorUpdate = new NetUpdate(discriminator, options);
    }

    /**
     * @param real n × 3 × size × size in [−1, 1]
     * @param z n × latent
     */
    Outcome run(Tensor real, Tensor z) {
        try (Scope scope = new Scope()) {
            generatorUpdate.begin();
            discriminatorUpdate.begin();
            Tensor fake = generator.forward(z);
            Outcome half = stepDiscriminator(real, fake.detach());
            double lossG = stepGenerator(fake);
            return new Outcome(
                    half.lossD(),
                    lossG,
                    half.dReal(),
                    half.dFake(),
                    half.gradientD(),
                    generatorUpdate.gradient(),
                    half.skipped() || !generatorUpdate.applied());
        }
    }

    Outcome stepDiscriminator(Tensor real, Tensor fake) {
        discriminatorUpdate.zeroGradients();
        Tensor onReal = discriminator.forward(real, Statistics.UPDATE);
        Tensor lossReal = crossEntropy(onReal, torch.ones_like(onReal));
        lossReal.backward();
        Tensor onFake = discriminator.forward(fake, Statistics.UPDATE);
        Tensor lossFake = crossEntropy(onFake, torch.zeros_like(onFake));
        lossFake.backward();
        double loss = Tensors.item(lossReal) + Tensors.item(lossFake);
        discriminatorUpdate.apply(loss);
        return new Outcome(
                loss,
                0,
                meanProbability(onReal),
                meanProbability(onFake),
                discriminatorUpdate.gradient(),
                0,
                !discriminatorUpdate.applied());
    }

    /** Leaves the discriminator as it found it: no gradient reaches its parameters, no statistic is updated. */
    double stepGenerator(Tensor fake) {
        StateDict.requireGradients(discriminator, false);
        try {
            generatorUpdate.zeroGradients();
            Tensor onFake = discriminator.forward(fake, Statistics.KEEP);
            Tensor loss = crossEntropy(onFake, torch.ones_like(onFake));
            loss.backward();
            double value = Tensors.item(loss);
            generatorUpdate.apply(value);
            return value;
        } finally {
            StateDict.requireGradients(discriminator, true);
        }
    }

    /** How the generator learns. */
    NetUpdate generatorUpdate() {
        return generatorUpdate;
    }

    /** How the discriminator learns. */
    NetUpdate discriminatorUpdate() {
        return discriminatorUpdate;
    }

    private static Tensor crossEntropy(Tensor logits, Tensor targets) {
        return torch.binary_cross_entropy_with_logits(logits, targets);
    }

    private static double meanProbability(Tensor logits) {
        return Tensors.item(logits.detach().sigmoid().mean());
    }

    /** Frees what the optimisers remember, not the nets. */
    @Override
    public void close() {
        generatorUpdate.close();
        discriminatorUpdate.close();
    }
}
