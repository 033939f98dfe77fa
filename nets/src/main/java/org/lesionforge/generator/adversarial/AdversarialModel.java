package org.lesionforge.generator.adversarial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.LabelShares;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.net.ClassLayers;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.io.Seed;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.optim.Optimizer;
import org.lesionforge.training.TensorGroups;

/** A generator and a discriminator that learn from each other by an {@link AdversarialRecipe}, and the generator's average where there is one. */
public final class AdversarialModel implements GenerativeModel {
    private static final String GENERATOR = "generator";
    /** What the names of its tensors begin with. */
    static final String DISCRIMINATOR = "discriminator";

    private final GeneratorNet generator;
    private final DiscriminatorNet discriminator;
    private final Optional<AverageGenerator> average;
    private final AdversarialRecipe recipe;
    private final GeneratorInputs inputs;
    private final AdversarialStep step;
    private final List<AlarmRule> alarmRules;
    private final GeneratorOptions options;
    private final Compute compute;
    private final Seed seed;

    /**
     * Takes over the nets.
     *
     * @param nets on the device of {@code compute}
     * @param average begins as the generator begins
     * @param recipe how they learn
     * @param alarmRules what the training is watched for
     * @param options with the seed, and the size and channels of the images
     * @param compute where the nets are
     */
    public AdversarialModel(
            Nets nets,
            Optional<AverageGenerator> average,
            AdversarialRecipe recipe,
            List<AlarmRule> alarmRules,
            GeneratorOptions options,
            Compute compute) {
        this(
                nets,
                average,
                recipe,
                (real, random) -> recipe.latents().batch(random, (int) real.size(0), compute),
                alarmRules,
                options,
                compute);
    }

    /**
     * Takes over the nets of a generator whose inputs are more than latents.
     *
     * @param nets on the device of {@code compute}
     * @param average begins as the generator begins
     * @param recipe how they learn
     * @param inputs what the generator makes its images of while it is trained
     * @param alarmRules what the training is watched for
     * @param options with the seed, and the size and channels of the images
     * @param compute where the nets are
     */
    public AdversarialModel(
            Nets nets,
            Optional<AverageGenerator> average,
            AdversarialRecipe recipe,
            GeneratorInputs inputs,
            List<AlarmRule> alarmRules,
            GeneratorOptions options,
            Compute compute) {
        generator = nets.generator();
        discriminator = nets.discriminator();
        this.average = average;
        this.recipe = recipe;
        this.inputs = inputs;
        this.alarmRules = List.copyOf(alarmRules);
        this.options = options;
        this.compute = compute;
        seed = new Seed(options.seed());
        step = new AdversarialStep(generator, discriminator, recipe, seed.of("remedies"));
    }

    /**
     * Both nets.
     *
     * @param generator that is to be learned
     * @param discriminator that it learns from
     */
    public record Nets(GeneratorNet generator, DiscriminatorNet discriminator) {}

    @Override
    public StepResult step(Batch batch, long iteration) {
        try (Scope scope = new Scope()) {
            int images = (int) batch.images().size(0);
            Tensor z = inputs.of(batch.images(), seed.of("latents").at(iteration));
            step.setRateShare(recipe.schedule().share(iteration, batch.iterations()));
            StepResult result = step.run(batch.images(), batch.labels(), z, iteration);
            average.ifPresent(own -> own.update(generator, images, (iteration + 1) * images));
            return result;
        }
    }

    /** The generators there are. */
    private Map<GeneratorWeights, GeneratorNet> generators() {
        Map<GeneratorWeights, GeneratorNet> generators = new LinkedHashMap<>();
        generators.put(GeneratorWeights.RAW, generator);
        average.ifPresent(own -> generators.put(GeneratorWeights.EMA, own.net()));
        return generators;
    }

    @Override
    public Map<GeneratorWeights, Sampler> samplers() {
        Map<GeneratorWeights, Sampler> samplers = new LinkedHashMap<>();
        generators()
                .forEach((weights, net) ->
                        samplers.put(weights, NetSampler.borrowing(net, recipe.latents(), options, compute)));
        return samplers;
    }

    @Override
    public Map<GeneratorWeights, Map<String, Tensor>> snapshots() {
        Map<GeneratorWeights, Map<String, Tensor>> snapshots = new LinkedHashMap<>();
        generators().forEach((weights, net) -> {
            Map<String, Tensor> snapshot = StateDict.of(net);
            if (recipe.loss().classifies()) {
                TensorGroups.put(snapshot, DISCRIMINATOR, StateDict.of(discriminator));
            }
            snapshots.put(weights, snapshot);
        });
        return snapshots;
    }

    @Override
    public void prepareSnapshot(Seed statistics, LabelShares shares) {
        average.ifPresent(own -> own.measureStatistics(recipe.latents(), shares, statistics, compute));
    }

    private Stream<Optimizer> optimisers() {
        return Stream.of(
                step.generatorUpdate().optimizer(), step.discriminatorUpdate().optimizer());
    }

    @Override
    public double learningRate() {
        return step.generatorUpdate().optimizer().learningRate();
    }

    @Override
    public void scaleLearningRate(double factor) {
        optimisers().forEach(each -> each.setLearningRate(each.learningRate() * factor));
    }

    @Override
    public boolean hasRowPerClass(String name) {
        return ClassLayers.own(name);
    }

    @Override
    public List<AlarmRule> alarmRules() {
        return alarmRules;
    }

    /** What its state is called in a checkpoint. */
    private String optimiserOf(String net) {
        return recipe.optimizer().word() + "." + net;
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        generators().forEach((weights, net) -> TensorGroups.put(tensors, weights.file(), StateDict.of(net)));
        TensorGroups.put(tensors, DISCRIMINATOR, StateDict.of(discriminator));
        TensorGroups.put(
                tensors,
                optimiserOf(GENERATOR),
                step.generatorUpdate().optimizer().state());
        TensorGroups.put(
                tensors,
                optimiserOf(DISCRIMINATOR),
                step.discriminatorUpdate().optimizer().state());
        return tensors;
    }

    @Override
    public void restore(Map<String, Tensor> tensors, JsonNode memo) {
        generators().forEach((weights, net) -> StateDict.load(net, TensorGroups.of(weights.file(), tensors)));
        StateDict.load(discriminator, TensorGroups.of(DISCRIMINATOR, tensors));
        step.generatorUpdate().optimizer().load(TensorGroups.of(optimiserOf(GENERATOR), tensors));
        step.discriminatorUpdate().optimizer().load(TensorGroups.of(optimiserOf(DISCRIMINATOR), tensors));
    }

    @Override
    public void close() {
        step.close();
        average.ifPresent(AverageGenerator::close);
        StateDict.free(generator);
        StateDict.free(discriminator);
    }
}
