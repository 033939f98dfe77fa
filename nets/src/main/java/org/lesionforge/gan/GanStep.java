package org.lesionforge.gan;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.gan.Discriminator.Statistics;
import org.lesionforge.io.Seed;
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
     * @param skipped whether a net was left as it was, because its loss or gradient was not finite, or its gradient exploded
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
    private final Flips flips;
    private final DiffAugment augment;
    private final double realTarget;
    private final R1Penalty r1;
    private final Seed seed;

    GanStep(Generator generator, Discriminator discriminator, GanOptions options) {
        this.generator = generator;
        this.discriminator = discriminator;
        generatorUpdate = new NetUpdate(generator, options);
        discriminatorUpdate = new NetUpdate(discriminator, options);
        Remedies remedies = options.remedies();
        flips = remedies.flips();
        augment = new DiffAugment(remedies.translation(), remedies.brightness());
        realTarget = 1 - remedies.labelSmoothing();
        r1 = new R1Penalty(remedies.r1(), remedies.r1Every());
        seed = new Seed(options.seed()).of("remedies");
    }

    /**
     * @param real n × 3 × size × size in [−1, 1]
     * @param z n × latent
     * @param iteration what the random choices of remedies follow from: nothing of them is remembered from one iteration to the next
     */
    Outcome run(Tensor real, Tensor z, long iteration) {
        try (Scope scope = new Scope()) {
            generatorUpdate.begin();
            discriminatorUpdate.begin();
            Seed random = seed.at(iteration);
            Tensor x = augment.apply(flips.apply(real, random.of("flips")), random.of("real"));
            Tensor fake = augment.apply(generator.forward(z), random.of("fake"));
            Discrimination told = stepDiscriminator(x, fake.detach(), iteration);
            double lossG = stepGenerator(fake);
            return new Outcome(
                    told.loss(),
                    lossG,
                    told.dReal(),
                    told.dFake(),
                    discriminatorUpdate.gradient(),
                    generatorUpdate.gradient(),
                    !discriminatorUpdate.applied() || !generatorUpdate.applied());
        }
    }

    /** How well the discriminator told real images from generated ones, before its update; as in {@link Outcome}. */
    record Discrimination(double loss, double dReal, double dFake) {}

    Discrimination stepDiscriminator(Tensor real, Tensor fake, long iteration) {
        Verdict onReal = learn(real, realTarget, r1.isDue(iteration));
        Verdict onFake = learn(fake, 0, false);
        double loss = onReal.loss + onFake.loss;
        discriminatorUpdate.apply(loss);
        return new Discrimination(loss, onReal.probability, onFake.probability);
    }

    /** What the discriminator made of a batch: its loss, and the mean of its probabilities that the images are real. */
    private record Verdict(double loss, double probability) {}

    /** Adds the gradients of one batch to the discriminator's, and frees its activations before the next one needs theirs. */
    private Verdict learn(Tensor images, double target, boolean penalised) {
        try (Scope scope = new Scope()) {
            Tensor x = penalised ? images.detach().requires_grad_(true) : images;
            Tensor logits = discriminator.forward(x, Statistics.UPDATE);
            Tensor loss = crossEntropy(logits, target);
            (penalised ? loss.add(r1.of(logits, x)) : loss).backward();
            discriminator.addGradients();
            return new Verdict(
                    Tensors.item(loss), Tensors.item(logits.detach().sigmoid().mean()));
        }
    }

    /** Leaves the discriminator as it found it: no gradient reaches its parameters, no statistic is updated. */
    double stepGenerator(Tensor fake) {
        StateDict.requireGradients(discriminator, false);
        try {
            Tensor onFake = discriminator.forward(fake, Statistics.KEEP);
            Tensor loss = crossEntropy(onFake, 1);
            loss.backward();
            generator.addGradients();
            double value = Tensors.item(loss);
            generatorUpdate.apply(value);
            return value;
        } finally {
            StateDict.requireGradients(discriminator, true);
        }
    }

    /** How much of the learning rate both nets take from here on. */
    void setRateShare(double share) {
        generatorUpdate.setRateShare(share);
        discriminatorUpdate.setRateShare(share);
    }

    /** How the generator learns. */
    NetUpdate generatorUpdate() {
        return generatorUpdate;
    }

    /** How the discriminator learns. */
    NetUpdate discriminatorUpdate() {
        return discriminatorUpdate;
    }

    private static Tensor crossEntropy(Tensor logits, double target) {
        return torch.binary_cross_entropy_with_logits(logits, torch.full_like(logits, new Scalar(target)));
    }

    /** Frees what the optimisers remember, not the nets. */
    @Override
    public void close() {
        generatorUpdate.close();
        discriminatorUpdate.close();
    }
}
