package org.lesionforge.gan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.training.TensorGroups;

/**
 * Everything that training changes: nets, their average, the optimisers' state, and the counters. Restored from a
 * checkpoint, training continues as if it had never stopped.
 *
 * <p>No generator of random numbers is among it, for none lives longer than an iteration: order, latents and augmentation follow from the
 * seed and the number of the epoch or iteration.
 */
final class GanState implements AutoCloseable {
    final Generator generator;
    final Discriminator discriminator;
    final Optional<Ema> ema;
    final GanStep step;
    final StepGuard guard;
    final AlarmWatch alarms;

    /** Iterations done. */
    long iteration;
    /** The last epoch of which a snapshot was taken; 0 before the first. */
    int snapshotEpoch;
    /** Time of the iterations alone, over all starts. */
    double seconds;

    /** The beginning. */
    GanState(GanOptions options, Compute compute) {
        Seed seed = new Seed(options.seed());
        generator = onDevice(new Generator(options, seed.of("generator")), compute);
        discriminator = new Discriminator(options, seed.of("discriminator"));
        discriminator.to(compute.device(), false);
        ema = options.remedies().emaHalfLife() == 0
                ? Optional.empty()
                : Optional.of(
                        new Ema(onDevice(new Generator(options, seed.of("generator")), compute), options.remedies()));
        step = new GanStep(generator, discriminator, options);
        guard = new StepGuard(
                step.generatorUpdate().adam(), step.discriminatorUpdate().adam());
        alarms = new AlarmWatch(options);
    }

    private static Generator onDevice(Generator generator, Compute compute) {
        generator.to(compute.device(), false);
        return generator;
    }

    /** One iteration. */
    GanStep.Outcome advance(Tensor real, Tensor z) {
        GanStep.Outcome outcome = step.run(real, z, iteration);
        iteration++;
        int images = (int) real.size(0);
        ema.ifPresent(average -> average.update(generator, images, iteration * images));
        return outcome;
    }

    /** The generators there are, to be drawn from. */
    Map<GeneratorWeights, Generator> generators() {
        Map<GeneratorWeights, Generator> generators = new LinkedHashMap<>();
        generators.put(GeneratorWeights.RAW, generator);
        ema.ifPresent(average -> generators.put(GeneratorWeights.EMA, average.average()));
        return generators;
    }

    /** All tensors: its own, so that what is written to them changes it. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        generators().forEach((weights, net) -> TensorGroups.put(tensors, weights.file(), StateDict.of(net)));
        TensorGroups.put(tensors, "discriminator", StateDict.of(discriminator));
        TensorGroups.put(
                tensors, "adam.generator", step.generatorUpdate().adam().state());
        TensorGroups.put(
                tensors, "adam.discriminator", step.discriminatorUpdate().adam().state());
        return tensors;
    }

    /**
     * Takes up what another state of the same options came to.
     *
     * @param tensors as {@link #tensors} gives them
     * @throws UnusableInputException when they are those of other options
     */
    void restore(Checkpoint checkpoint, Map<String, Tensor> tensors) {
        generators().forEach((weights, net) -> StateDict.load(net, TensorGroups.of(weights.file(), tensors)));
        StateDict.load(discriminator, TensorGroups.of("discriminator", tensors));
        step.generatorUpdate().adam().load(TensorGroups.of("adam.generator", tensors));
        step.discriminatorUpdate().adam().load(TensorGroups.of("adam.discriminator", tensors));
        guard.restore(checkpoint.guard());
        alarms.restore(checkpoint.alarms());
        iteration = checkpoint.iteration();
        snapshotEpoch = checkpoint.snapshotEpoch();
        seconds = checkpoint.trainingSeconds();
    }

    /** Size of all tensors in a file. */
    long bytes() {
        try (Scope scope = new Scope()) {
            return bytes(tensors());
        }
    }

    /** Size of the generators in files. */
    long snapshotBytes() {
        try (Scope scope = new Scope()) {
            return generators().size() * bytes(StateDict.of(generator));
        }
    }

    private static long bytes(Map<String, Tensor> tensors) {
        return tensors.values().stream().mapToLong(Tensor::nbytes).sum();
    }

    @Override
    public void close() {
        step.close();
        generators().values().forEach(StateDict::free);
        StateDict.free(discriminator);
    }
}
