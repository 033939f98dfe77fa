package org.lesionforge.generator.adversarial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.ImageClassifier;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.ModelOptions;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.adversarial.net.DiscriminatorClassifier;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.StateDict;
import org.lesionforge.training.TensorGroups;

/**
 * A family of one generator and one discriminator that learn from each other, with {@link SharedRemedies}: it says which nets and which recipe, and
 * the rest follows.
 *
 * @param <O> its own options
 */
public abstract class AdversarialFamily<O extends ModelOptions> implements ModelFamily<O> {
    /** A family without nets yet. */
    protected AdversarialFamily() {}

    /**
     * Makes the generator, on the CPU.
     *
     * @param common with the size and channels of the images
     * @param own its own options
     * @param seed of the weights
     * @return a net of the caller's
     */
    protected abstract GeneratorNet generator(GeneratorOptions common, O own, Seed seed);

    /**
     * Makes the discriminator, on the CPU.
     *
     * @param common with the size and channels of the images
     * @param own its own options
     * @param seed of the weights
     * @return a net of the caller's
     */
    protected abstract DiscriminatorNet discriminator(GeneratorOptions common, O own, Seed seed);

    /**
     * {@return the remedies that are on}
     *
     * @param own its own options
     */
    protected abstract SharedRemedies remedies(O own);

    /**
     * {@return how the nets learn from each other}
     *
     * @param own its own options
     */
    public abstract AdversarialRecipe recipe(O own);

    /**
     * {@return what a training is watched for, each rule at its beginning}
     *
     * @param own its own options
     */
    protected abstract List<AlarmRule> alarmRules(O own);

    @Override
    public final boolean averages(O own) {
        return remedies(own).averages();
    }

    @Override
    public final int cycle(O own) {
        return recipe(own).discriminatorSteps();
    }

    @Override
    public final GenerativeModel create(GeneratorOptions common, O own, Compute compute) {
        Seed seed = new Seed(common.seed());
        GeneratorNet generator = generator(common, own, seed.of("generator"));
        generator.to(compute.device(), false);
        DiscriminatorNet discriminator = discriminator(common, own, seed.of("discriminator"));
        discriminator.to(compute.device(), false);
        return new AdversarialModel(
                new AdversarialModel.Nets(generator, discriminator),
                averages(own) ? Optional.of(average(common, own, seed, compute)) : Optional.empty(),
                recipe(own),
                alarmRules(own),
                common,
                compute);
    }

    private AverageGenerator average(GeneratorOptions common, O own, Seed seed, Compute compute) {
        GeneratorNet net = generator(common, own, seed.of("generator"));
        net.to(compute.device(), false);
        return new AverageGenerator(net, remedies(own).decay());
    }

    @Override
    public final Sampler load(GeneratorOptions common, O own, Map<String, Tensor> snapshot, Compute compute) {
        GeneratorNet generator = generator(common, own, new Seed(0));
        Map<String, Tensor> ofGenerator = new LinkedHashMap<>(snapshot);
        if (classifies(own)) {
            ofGenerator.keySet().removeIf(name -> name.startsWith(AdversarialModel.DISCRIMINATOR + "."));
        }
        load(generator, ofGenerator);
        generator.to(compute.device(), false);
        return NetSampler.owning(generator, recipe(own).latents(), common, compute);
    }

    /** Frees a net that the tensors are not of. */
    private static void load(Module net, Map<String, Tensor> tensors) {
        try {
            StateDict.load(net, tensors);
        } catch (RuntimeException e) {
            StateDict.free(net);
            throw e;
        }
    }

    @Override
    public final boolean classifies(O own) {
        return recipe(own).loss().classifies();
    }

    @Override
    public final Optional<ImageClassifier> classifier(
            GeneratorOptions common, O own, Map<String, Tensor> snapshot, Compute compute) {
        if (!classifies(own)) {
            return Optional.empty();
        }
        DiscriminatorNet discriminator = discriminator(common, own, new Seed(0));
        load(discriminator, TensorGroups.of(AdversarialModel.DISCRIMINATOR, snapshot));
        discriminator.to(compute.device(), false);
        return Optional.of(new DiscriminatorClassifier(discriminator, common.size(), compute));
    }

    @Override
    public final GeneratorSummary summary(GeneratorOptions common, O own) {
        GeneratorNet generator = generator(common, own, new Seed(0));
        DiscriminatorNet discriminator = discriminator(common, own, new Seed(0));
        try {
            return AdversarialSummary.of(
                    generator.summary(), discriminator.summary(), averages(own), common.batch(), recipe(own));
        } finally {
            StateDict.free(generator);
            StateDict.free(discriminator);
        }
    }

    @Override
    public final String toString() {
        return name();
    }
}
