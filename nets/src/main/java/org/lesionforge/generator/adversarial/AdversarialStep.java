package org.lesionforge.generator.adversarial;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet.Statistics;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** One iteration of an alternating game: the discriminator learns from a real and a generated batch, then the generator from its answer. */
final class AdversarialStep implements AutoCloseable {
    private final GeneratorNet generator;
    private final DiscriminatorNet discriminator;
    private final AdversarialRecipe recipe;
    private final NetUpdate generatorUpdate;
    private final NetUpdate discriminatorUpdate;
    private final Seed seed;

    /** @param seed of the augmentation */
    AdversarialStep(GeneratorNet generator, DiscriminatorNet discriminator, AdversarialRecipe recipe, Seed seed) {
        this.generator = generator;
        this.discriminator = discriminator;
        this.recipe = recipe;
        this.seed = seed;
        generatorUpdate = new NetUpdate(generator, recipe.adam());
        discriminatorUpdate = new NetUpdate(discriminator, recipe.adam());
    }

    /**
     * @param real n × channels × size × size in [−1, 1]
     * @param labels n class indices: of the real images, and of those to be generated
     * @param z n × latent
     * @param iteration what the augmentation's random choices follow from: nothing of them is remembered from one iteration to the next
     * @return the losses, of the generator after the discriminator's update; the discriminator's mean score of both batches before its update; the
     *     lengths of both gradients
     */
    StepResult run(Tensor real, Tensor labels, Tensor z, long iteration) {
        try (Scope scope = new Scope()) {
            generatorUpdate.begin();
            discriminatorUpdate.begin();
            Seed random = seed.at(iteration);
            Tensor x = recipe.augmentation().ofReal(real, random);
            Tensor fake = recipe.augmentation().ofFake(generator.forward(z, labels), random);
            Discrimination found = stepDiscriminator(x, fake.detach(), labels, iteration);
            double lossG = stepGenerator(fake, labels);
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("loss_d", found.loss());
            numbers.put("loss_g", lossG);
            numbers.put(recipe.loss().scoreKey() + "_real", found.real());
            numbers.put(recipe.loss().scoreKey() + "_fake", found.fake());
            numbers.put("gradient_d", discriminatorUpdate.gradient());
            numbers.put("gradient_g", generatorUpdate.gradient());
            return new StepResult(numbers, !discriminatorUpdate.applied() || !generatorUpdate.applied());
        }
    }

    /** How well the discriminator told real images from generated ones, before its update: its loss, and its mean scores. */
    record Discrimination(double loss, double real, double fake) {}

    Discrimination stepDiscriminator(Tensor real, Tensor fake, Tensor labels, long iteration) {
        Verdict onReal = learn(real, labels, true, recipe.penalty().isDue(iteration));
        Verdict onFake = learn(fake, labels, false, false);
        double loss = onReal.loss + onFake.loss;
        discriminatorUpdate.apply(loss);
        return new Discrimination(loss, onReal.score, onFake.score);
    }

    /** What the discriminator made of a batch: its loss, and its mean score. */
    private record Verdict(double loss, double score) {}

    /** Adds the gradients of one batch to the discriminator's, and frees its activations before the next one needs theirs. */
    private Verdict learn(Tensor images, Tensor labels, boolean real, boolean penalised) {
        try (Scope scope = new Scope()) {
            Tensor x = penalised ? images.detach().requires_grad_(true) : images;
            Tensor logits = discriminator.forward(x, labels, Statistics.UPDATE);
            Tensor loss = real ? recipe.loss().onReal(logits) : recipe.loss().onFake(logits);
            (penalised ? loss.add(recipe.penalty().of(logits, x)) : loss).backward();
            discriminator.addGradients();
            return new Verdict(Tensors.item(loss), recipe.loss().score(logits));
        }
    }

    /** Leaves the discriminator as it found it: no gradient reaches its parameters, no statistic is updated. */
    double stepGenerator(Tensor fake, Tensor labels) {
        StateDict.requireGradients(discriminator, false);
        try {
            Tensor loss = recipe.loss().ofGenerator(discriminator.forward(fake, labels, Statistics.KEEP));
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

    /** Frees what the optimisers remember, not the nets. */
    @Override
    public void close() {
        generatorUpdate.close();
        discriminatorUpdate.close();
    }
}
