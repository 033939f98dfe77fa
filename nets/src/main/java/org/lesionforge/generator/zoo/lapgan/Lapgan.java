package org.lesionforge.generator.zoo.lapgan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.adversarial.AdamSettings;
import org.lesionforge.generator.adversarial.AdversarialModel;
import org.lesionforge.generator.adversarial.AdversarialRecipe;
import org.lesionforge.generator.adversarial.AdversarialSummary;
import org.lesionforge.generator.adversarial.Augmentation;
import org.lesionforge.generator.adversarial.AverageGenerator;
import org.lesionforge.generator.adversarial.DiffAugment;
import org.lesionforge.generator.adversarial.GeneratorInputs;
import org.lesionforge.generator.adversarial.NetSampler;
import org.lesionforge.generator.adversarial.NonSaturatingLoss;
import org.lesionforge.generator.adversarial.OptimizerSettings;
import org.lesionforge.generator.adversarial.R1Penalty;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.generator.adversarial.UniformLatents;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.generator.zoo.dcgan.DcganDiscriminator;
import org.lesionforge.generator.zoo.dcgan.DcganGenerator;
import org.lesionforge.io.Seed;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.StateDict;
import org.lesionforge.training.Range;
import org.lesionforge.training.RateSchedule;

/**
 * The LAPGAN of Denton, Chintala, Szlam and Fergus (2015, arXiv 1506.05751): a small DCGAN makes coarse images, and for each doubling of the side a
 * generator of its own adds detail. The levels are trained by themselves, one after the other, each for all epochs.
 */
public final class Lapgan implements ModelFamily<LapganOptions> {
    /** The family. */
    public static final Lapgan FAMILY = new Lapgan();

    private static final double BETA2 = 0.999;
    private static final int SMALLEST = 16;

    private Lapgan() {}

    @Override
    public String name() {
        return "lapgan";
    }

    @Override
    public String title() {
        return "LAPGAN";
    }

    /** Powers of two from twice the smallest base on. */
    @Override
    public List<Integer> sizes() {
        return IntStream.iterate(SMALLEST, side -> side <= 256, side -> 2 * side)
                .boxed()
                .toList();
    }

    @Override
    public Class<LapganOptions> optionsType() {
        return LapganOptions.class;
    }

    @Override
    public LapganOptions defaults() {
        return LapganOptions.DEFAULTS;
    }

    @Override
    public List<Preset<LapganOptions>> presets() {
        return List.of(
                new Preset<>(
                        Preset.PAPER,
                        GeneratorOptions.DEFAULTS.with().batch(128).build(),
                        defaults()),
                new Preset<>(
                        "small-data",
                        GeneratorOptions.DEFAULTS.with().batch(16).build(),
                        defaults()
                                .with()
                                .width(64)
                                .kernel(4)
                                .sgdRate(0)
                                .conditioningNoise(0.1)
                                .remedies(SharedRemedies.SMALL_DATA)
                                .build()));
    }

    @Override
    public void check(GeneratorOptions common, LapganOptions own) {
        Range.require(
                own.base() < common.size(),
                "the generator's base",
                "below the size of " + common.size() + " pixels (a LAPGAN has two levels at least)",
                own.base());
        common.requireBatchForNorm();
    }

    @Override
    public boolean conditional(LapganOptions own) {
        return own.conditional();
    }

    @Override
    public boolean canBeConditional() {
        return true;
    }

    @Override
    public boolean averages(LapganOptions own) {
        return own.remedies().averages();
    }

    /** One for each level. */
    @Override
    public int stages(GeneratorOptions common, LapganOptions own) {
        return own.levels(common.size());
    }

    @Override
    public GenerativeModel create(GeneratorOptions common, LapganOptions own, Compute compute) {
        List<Level> levels = new ArrayList<>();
        for (int level = 0; level < stages(common, own); level++) {
            levels.add(level(level, common, own, compute));
        }
        return new LapganModel(levels, common, own, compute);
    }

    private Level level(int level, GeneratorOptions common, LapganOptions own, Compute compute) {
        Seed seed = new Seed(common.seed()).of(PyramidGenerator.name(level));
        GeneratorOptions options =
                common.with().size(own.base() << level).seed(seed.value()).build();
        Map<GeneratorWeights, GeneratorNet> generators = new LinkedHashMap<>();
        generators.put(GeneratorWeights.RAW, generator(level, common, own, seed.of("generator")));
        if (averages(own)) {
            generators.put(GeneratorWeights.EMA, generator(level, common, own, seed.of("generator")));
        }
        DiscriminatorNet discriminator = discriminator(level, common, own, seed.of("discriminator"));
        generators.values().forEach(net -> net.to(compute.device(), false));
        discriminator.to(compute.device(), false);
        Optional<AnnealedSgd> sgd =
                level > 0 && own.sgdRate() > 0 ? Optional.of(new AnnealedSgd(own.sgdRate())) : Optional.empty();
        AdversarialRecipe recipe = recipe(level, common, own, sgd);
        GeneratorInputs inputs = level == 0
                ? (real, random) -> recipe.latents().batch(random, (int) real.size(0), compute)
                : new Conditioning(own.pyramid(), recipe.latents(), own.conditioningNoise(), compute);
        AdversarialModel model = new AdversarialModel(
                new AdversarialModel.Nets(generators.get(GeneratorWeights.RAW), discriminator),
                Optional.ofNullable(generators.get(GeneratorWeights.EMA))
                        .map(net -> new AverageGenerator(net, own.remedies().decay())),
                recipe,
                inputs,
                List.of(),
                options,
                compute);
        return new Level(
                model,
                generators,
                discriminator instanceof ResidualDiscriminator residual ? Optional.of(residual) : Optional.empty(),
                sgd,
                common.epochs(),
                seed.of("dropout"));
    }

    private static GeneratorNet generator(int level, GeneratorOptions common, LapganOptions own, Seed seed) {
        return level == 0
                ? new DcganGenerator(ofBase(common, own), own.ofDcgan(), seed)
                : new ResidualGenerator(
                        own.base() << level, common.channels(), own.residualWidth(), planes(common, own), seed);
    }

    private static DiscriminatorNet discriminator(int level, GeneratorOptions common, LapganOptions own, Seed seed) {
        return level == 0
                ? new DcganDiscriminator(ofBase(common, own), own.ofDcgan(), seed)
                : new ResidualDiscriminator(
                        own.base() << level, common.channels(), own.residualWidth(), planes(common, own), seed);
    }

    private static ClassPlanes planes(GeneratorOptions common, LapganOptions own) {
        return new ClassPlanes(own.conditional() ? common.classCount() : 0);
    }

    private static GeneratorOptions ofBase(GeneratorOptions common, LapganOptions own) {
        return common.with().size(own.base()).build();
    }

    /** Images are mirrored before they are made coarse, not by the levels. */
    private static AdversarialRecipe recipe(
            int level, GeneratorOptions common, LapganOptions own, Optional<AnnealedSgd> sgd) {
        SharedRemedies remedies = own.remedies();
        int side = own.base() << level;
        OptimizerSettings adam = new AdamSettings(own.learningRate(), own.beta1(), BETA2);
        RateSchedule schedule = remedies.schedule();
        return new AdversarialRecipe(
                new UniformLatents(level == 0 ? own.latent() : side * side),
                new NonSaturatingLoss(1),
                R1Penalty.NONE,
                1,
                new Augmentation(Flips.NONE, new DiffAugment(remedies.translation(), remedies.brightness())),
                sgd.isPresent() ? sgd.get() : adam,
                sgd.isEmpty()
                        ? schedule
                        : (step, steps) -> schedule.share(step, steps)
                                * AnnealedSgd.rateShare(Level.epoch(step, steps, common.epochs())));
    }

    @Override
    public Sampler load(GeneratorOptions common, LapganOptions own, Map<String, Tensor> snapshot, Compute compute) {
        List<GeneratorNet> nets = IntStream.range(0, stages(common, own))
                .mapToObj(level -> generator(level, common, own, new Seed(0)))
                .toList();
        PyramidGenerator pyramid = new PyramidGenerator(nets, own);
        try {
            StateDict.load(pyramid, snapshot);
        } catch (RuntimeException e) {
            StateDict.free(pyramid);
            throw e;
        }
        pyramid.to(compute.device(), false);
        return NetSampler.owning(pyramid, own.latents(common.size()), common, compute);
    }

    /** The nets of all levels; the memory of the largest step and the cost of the mean one. */
    @Override
    public GeneratorSummary summary(GeneratorOptions common, LapganOptions own) {
        List<GeneratorSummary.Net> nets = new ArrayList<>();
        long weights = 0;
        long average = 0;
        long activations = 0;
        double gigaflop = 0;
        int levels = stages(common, own);
        for (int level = 0; level < levels; level++) {
            GeneratorSummary summary = ofLevel(level, common, own);
            int side = own.base() << level;
            summary.nets()
                    .forEach(net ->
                            nets.add(new GeneratorSummary.Net(net.name() + "-" + side, net.patch(), net.layers())));
            weights += summary.memory().nets();
            average += summary.memory().average();
            activations = Math.max(activations, summary.memory().activations());
            gigaflop += summary.gigaflopPerImage() / levels;
        }
        return new GeneratorSummary(nets, new GeneratorSummary.Memory(weights, average, activations), gigaflop);
    }

    private GeneratorSummary ofLevel(int level, GeneratorOptions common, LapganOptions own) {
        GeneratorNet generator = generator(level, common, own, new Seed(0));
        DiscriminatorNet discriminator = discriminator(level, common, own, new Seed(0));
        try {
            return AdversarialSummary.of(
                    generator.summary(),
                    discriminator.summary(),
                    averages(own),
                    common.batch(),
                    recipe(level, common, own, Optional.empty()));
        } finally {
            StateDict.free(generator);
            StateDict.free(discriminator);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
