package org.lesionforge.generator.adversarial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.generator.LateNumbers;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet.Statistics;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

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
            Optional<Generation> made = moves ? Optional.of(stepGenerator(fake, labels)) : Optional.empty();
            return result(found, made);
        }
    }

    private StepResult result(Discrimination found, Optional<Generation> made) {
        Verdict real = found.real();
        Verdict fake = found.fake();
        LateNumbers numbers = new LateNumbers();
        List<Tensor> refused = new ArrayList<>(List.of(found.done().refused()));
        try (Scope scope = new Scope()) {
            numbers.put(
                    "loss_d",
                    torch.stack(new TensorVector(real.loss(), fake.loss())),
                    losses -> (double) losses[0] + losses[1]);
            made.ifPresent(its -> numbers.put("loss_g", its.loss()));
            real.classes().ifPresent(loss -> numbers.put("loss_class", loss));
            found.slope().ifPresent(slope -> numbers.put("loss_penalty", slope.penalty()));
            numbers.put(recipe.loss().scoreKey() + "_real", real.score());
            numbers.put(recipe.loss().scoreKey() + "_fake", fake.score());
            found.slope().ifPresent(slope -> numbers.put("slope", slope.length()));
            numbers.put("gradient_d", found.done().norms(), Gradients::norm);
            made.ifPresent(its -> {
                numbers.put("gradient_g", its.done().norms(), Gradients::norm);
                refused.add(its.done().refused());
            });
            return numbers.result(refused);
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
     * @param real what it made of the real images
     * @param fake … and of the generated ones
     * @param slope at points of the penalty's own
     * @param done its update
     */
    record Discrimination(Verdict real, Verdict fake, Optional<Slope> slope, NetUpdate.Done done) {}

    /**
     * How steep the discriminator is.
     *
     * @param penalty for that
     * @param length of its gradient towards an image, in the mean
     */
    record Slope(Tensor penalty, Tensor length) {}

    /**
     * What the generator came to.
     *
     * @param loss after the discriminator's update
     * @param done its update
     */
    record Generation(Tensor loss, NetUpdate.Done done) {}

    Discrimination stepDiscriminator(Tensor real, Tensor fake, Tensor labels, long iteration) {
        boolean due = recipe.penalty().isDue(iteration);
        Optional<Tensor> points =
                due ? recipe.penalty().points(real, fake, seed.at(iteration).of("penalty")) : Optional.empty();
        Verdict onReal = learn(real, labels, true, due && points.isEmpty());
        Verdict onFake = learn(fake, labels, false, false);
        Optional<Slope> slope = points.map(x -> penalise(x, labels));
        List<Tensor> losses = new ArrayList<>(List.of(onReal.loss, onFake.loss));
        onReal.classes.ifPresent(losses::add);
        slope.map(Slope::penalty).ifPresent(losses::add);
        return new Discrimination(onReal, onFake, slope, discriminatorUpdate.apply(losses));
    }

    /**
     * What the discriminator made of a batch.
     *
     * @param loss without the penalty and without that of classes
     * @param classes its loss of the images' classes, where it learns them
     * @param score its mean score
     */
    record Verdict(Tensor loss, Optional<Tensor> classes, Tensor score) {}

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
                    scope.keep(loss.detach()),
                    classes.map(its -> scope.keep(its.detach())),
                    scope.keep(recipe.loss().score(logits)));
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
                    scope.keep(penalty.detach()),
                    scope.keep(Gradients.lengths(gradients).mean().detach()));
        }
    }

    /** Leaves the discriminator as it found it: no gradient reaches its parameters, no statistic is updated. */
    Generation stepGenerator(Tensor fake, Tensor labels) {
        StateDict.requireGradients(discriminator, false);
        try {
            Tensor loss = recipe.loss().ofGenerator(judge(fake, labels, Statistics.KEEP));
            Gradients.add(loss);
            generator.addGradients();
            return new Generation(loss.detach(), generatorUpdate.apply(List.of(loss)));
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
