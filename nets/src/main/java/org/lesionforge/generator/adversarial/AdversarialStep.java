package org.lesionforge.generator.adversarial;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet.Statistics;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * One iteration of an alternating game: the discriminator learns from a real and a generated batch, then, where its turn has come, the generator
 * from what the discriminator makes of the same generated batch.
 */
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
        generatorUpdate = new NetUpdate(generator, recipe.optimizer());
        discriminatorUpdate = new NetUpdate(discriminator, recipe.optimizer());
    }

    /**
     * @param real n × channels × size × size in [−1, 1]
     * @param labels n class indices: of the real images, and of those to be generated
     * @param z n × latent
     * @param iteration what the augmentation's random choices follow from: nothing of them is remembered from one iteration to the next
     * @return the losses, of the generator after the discriminator's update; the discriminator's mean score of both batches before its update; the
     *     lengths of both gradients. Nothing of the generator where it stays
     */
    StepResult run(Tensor real, Tensor labels, Tensor z, long iteration) {
        try (Scope scope = new Scope()) {
            generatorUpdate.begin();
            discriminatorUpdate.begin();
            Seed random = seed.at(iteration);
            Tensor x = recipe.augmentation().ofReal(real, random);
            boolean moves = recipe.generatorMoves(iteration);
            Tensor fake = recipe.augmentation().ofFake(generate(z, labels, moves), random);
            Discrimination found = stepDiscriminator(x, fake.detach(), labels, iteration);
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("loss_d", found.loss());
            if (moves) {
                numbers.put("loss_g", stepGenerator(fake, labels));
            }
            found.classes().ifPresent(loss -> numbers.put("loss_class", loss));
            found.slope().ifPresent(slope -> numbers.put("loss_penalty", slope.penalty()));
            numbers.put(recipe.loss().scoreKey() + "_real", found.real());
            numbers.put(recipe.loss().scoreKey() + "_fake", found.fake());
            found.slope().ifPresent(slope -> numbers.put("slope", slope.length()));
            numbers.put("gradient_d", discriminatorUpdate.gradient());
            if (moves) {
                numbers.put("gradient_g", generatorUpdate.gradient());
            }
            return new StepResult(numbers, !discriminatorUpdate.applied() || (moves && !generatorUpdate.applied()));
        }
    }

    private Tensor generate(Tensor z, Tensor labels, boolean learns) {
        if (learns) {
            return asFloats(generator.forward(z, labels));
        }
        try (NoGradGuard noGradient = new NoGradGuard()) {
            return asFloats(generator.forward(z, labels));
        }
    }

    /** Logits in float32, and so are the losses made of them. */
    private Tensor judge(Tensor images, Tensor labels, Statistics statistics) {
        return asFloats(discriminator.forward(images, labels, statistics));
    }

    /** Images and logits are float32 whatever layers are computed in; the same tensor where that is what it is. */
    private static Tensor asFloats(Tensor values) {
        return values.to(values.device(), ScalarType.Float);
    }

    /**
     * How well the discriminator told real images from generated ones, before its update.
     *
     * @param loss without the penalty and without that of classes
     * @param classes its loss of the real images' classes, where it learns them
     * @param real its mean score of the real images
     * @param fake … and of the generated ones
     * @param slope at points of the penalty's own
     */
    record Discrimination(double loss, Optional<Double> classes, double real, double fake, Optional<Slope> slope) {}

    /**
     * How steep the discriminator is.
     *
     * @param penalty for that
     * @param length of its gradient towards an image, in the mean
     */
    record Slope(double penalty, double length) {}

    Discrimination stepDiscriminator(Tensor real, Tensor fake, Tensor labels, long iteration) {
        boolean due = recipe.penalty().isDue(iteration);
        Optional<Tensor> points =
                due ? recipe.penalty().points(real, fake, seed.at(iteration).of("penalty")) : Optional.empty();
        Verdict onReal = learn(real, labels, true, due && points.isEmpty());
        Verdict onFake = learn(fake, labels, false, false);
        Optional<Slope> slope = points.map(x -> penalise(x, labels));
        double loss = onReal.loss + onFake.loss;
        discriminatorUpdate.apply(
                loss + onReal.classes.orElse(0.0) + slope.map(Slope::penalty).orElse(0.0));
        return new Discrimination(loss, onReal.classes, onReal.score, onFake.score, slope);
    }

    /** What the discriminator made of a batch: its loss, that of the classes where it learns them, and its mean score. */
    private record Verdict(double loss, Optional<Double> classes, double score) {}

    /** Adds the gradients of one batch to the discriminator's, and frees its activations before the next one needs theirs. */
    private Verdict learn(Tensor images, Tensor labels, boolean real, boolean penalised) {
        try (Scope scope = new Scope()) {
            Tensor x = penalised ? images.detach().requires_grad_(true) : images;
            Tensor logits = judge(x, labels, Statistics.UPDATE);
            Tensor loss = real ? recipe.loss().onReal(logits) : recipe.loss().onFake(logits);
            Optional<Tensor> classes = real ? recipe.loss().ofClasses(logits, labels) : Optional.empty();
            Tensor whole = classes.map(loss::add).orElse(loss);
            Gradients.add(penalised ? whole.add(recipe.penalty().of(Gradients.towards(x, logits))) : whole);
            discriminator.addGradients();
            return new Verdict(
                    Tensors.item(loss),
                    classes.map(Tensors::item),
                    recipe.loss().score(logits));
        }
    }

    /** Adds the gradients of the penalty at {@code points}. */
    private Slope penalise(Tensor points, Tensor labels) {
        try (Scope scope = new Scope()) {
            Tensor x = points.detach().requires_grad_(true);
            Tensor gradients = Gradients.towards(x, judge(x, labels, Statistics.KEEP));
            Tensor penalty = recipe.penalty().of(gradients);
            Gradients.add(penalty);
            discriminator.addGradients();
            return new Slope(
                    Tensors.item(penalty),
                    Tensors.item(Gradients.lengths(gradients).mean()));
        }
    }

    /** Leaves the discriminator as it found it: no gradient reaches its parameters, no statistic is updated. */
    double stepGenerator(Tensor fake, Tensor labels) {
        StateDict.requireGradients(discriminator, false);
        try {
            Tensor loss = recipe.loss().ofGenerator(judge(fake, labels, Statistics.KEEP));
            Gradients.add(loss);
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
