package org.lesionforge.gan;

import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.gan.Discriminator.Statistics;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Optimizers;
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
    private final Flips flips;
    private final DiffAugment augment;
    private final double realTarget;
    private final R1Penalty r1;
    private final Seed seed;

    GanStep(Generator generator, Discriminator discriminator, GanOptions options) {
        this.generator = generator;
        this.discriminator = discriminator;
        Remedies remedies = options.remedies();
        flips = remedies.flips();
        augment = new DiffAugment(remedies.translation(), remedies.brightness());
        realTarget = 1 - remedies.labelSmoothing();
        r1 = new R1Penalty(remedies.r1(), remedies.r1Every());
        seed = new Seed(options.seed()).of("remedies");
        generatorAdam = Optimizers.adam(generator, options.learningRate(), options.beta1(), GanOptions.BETA2);
        discriminatorAdam = Optimizers.adam(discriminator, options.learningRate(), options.beta1(), GanOptions.BETA2);
    }

    /**
     * @param real n × 3 × size × size in [−1, 1]
     * @param z n × latent
     * @param iteration what the random choices of remedies follow from: nothing of them is remembered from one iteration to the next
     */
    Outcome run(Tensor real, Tensor z, long iteration) {
        try (Scope scope = new Scope()) {
            Seed random = seed.at(iteration);
            Tensor x = augment.apply(flips.apply(real, random.of("flips")), random.of("real"));
            Tensor fake = augment.apply(generator.forward(z), random.of("fake"));
            Outcome half = stepDiscriminator(x, fake.detach(), iteration);
            double lossG = stepGenerator(fake);
            return new Outcome(half.lossD(), lossG, half.dReal(), half.dFake());
        }
    }

    Outcome stepDiscriminator(Tensor real, Tensor fake, long iteration) {
        discriminatorAdam.zero_grad();
        Verdict onReal = learn(real, realTarget, r1.isDue(iteration));
        Verdict onFake = learn(fake, 0, false);
        discriminatorAdam.step();
        return new Outcome(onReal.loss + onFake.loss, 0, onReal.probability, onFake.probability);
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
            return new Verdict(
                    Tensors.item(loss), Tensors.item(logits.detach().sigmoid().mean()));
        }
    }

    /** Leaves the discriminator as it found it: no gradient reaches its parameters, no statistic is updated. */
    double stepGenerator(Tensor fake) {
        StateDict.requireGradients(discriminator, false);
        try {
            generatorAdam.zero_grad();
            Tensor onFake = discriminator.forward(fake, Statistics.KEEP);
            Tensor loss = crossEntropy(onFake, 1);
            loss.backward();
            generatorAdam.step();
            return Tensors.item(loss);
        } finally {
            StateDict.requireGradients(discriminator, true);
        }
    }

    private static Tensor crossEntropy(Tensor logits, double target) {
        return torch.binary_cross_entropy_with_logits(logits, torch.full_like(logits, new Scalar(target)));
    }
}
