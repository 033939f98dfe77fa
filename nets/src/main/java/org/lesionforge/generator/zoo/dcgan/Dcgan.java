package org.lesionforge.generator.zoo.dcgan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.Range;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.adversarial.AdamSettings;
import org.lesionforge.generator.adversarial.AdversarialModel;
import org.lesionforge.generator.adversarial.AdversarialRecipe;
import org.lesionforge.generator.adversarial.AdversarialSummary;
import org.lesionforge.generator.adversarial.Augmentation;
import org.lesionforge.generator.adversarial.AverageGenerator;
import org.lesionforge.generator.adversarial.ContestRule;
import org.lesionforge.generator.adversarial.DiffAugment;
import org.lesionforge.generator.adversarial.Flips;
import org.lesionforge.generator.adversarial.LinearDecay;
import org.lesionforge.generator.adversarial.NetSampler;
import org.lesionforge.generator.adversarial.NonSaturatingLoss;
import org.lesionforge.generator.adversarial.R1Penalty;
import org.lesionforge.generator.adversarial.UniformLatents;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.StateDict;
import org.lesionforge.training.AverageDecay;

/** The DCGAN of Radford, Metz and Chintala (2015, arXiv 1511.06434), with remedies for small classes. */
public final class Dcgan implements ModelFamily<DcganOptions> {
    /** The family. */
    public static final Dcgan FAMILY = new Dcgan();

    /** The paper's training, without remedies, with seed 0. */
    public static final GeneratorSpec<DcganOptions> PAPER = FAMILY.preset(Preset.PAPER);

    /**
     * For some hundreds of images: four times the steps from as many images, a smaller net, mirrored images, and remedies that stabilise the
     * generator at the end.
     */
    public static final GeneratorSpec<DcganOptions> SMALL_DATA = FAMILY.preset("small-data");

    private Dcgan() {}

    @Override
    public String name() {
        return "dcgan";
    }

    @Override
    public String title() {
        return "DCGAN";
    }

    /** Powers of two from 16 on: one stage at least between 4×4 and the widest map. */
    @Override
    public List<Integer> sizes() {
        return IntStream.rangeClosed(4, 12).mapToObj(exponent -> 1 << exponent).toList();
    }

    @Override
    public Class<DcganOptions> optionsType() {
        return DcganOptions.class;
    }

    @Override
    public DcganOptions defaults() {
        return DcganOptions.DEFAULTS;
    }

    @Override
    public List<Preset<DcganOptions>> presets() {
        Remedies remedies = Remedies.NONE
                .with()
                .flips(Flips.BOTH)
                .ema(10_000, 0.05)
                .rateDecay(1.0 / 3)
                .build();
        return List.of(
                new Preset<>(Preset.PAPER, GeneratorOptions.DEFAULTS, defaults()),
                new Preset<>(
                        "small-data",
                        GeneratorOptions.DEFAULTS.with().batch(16).build(),
                        defaults().with().width(64).kernel(4).remedies(remedies).build()));
    }

    @Override
    public void check(GeneratorOptions common, DcganOptions own) {
        Range.require(common.batch() >= 2, "batch", "at least 2 (batch norm needs two images)", common.batch());
    }

    @Override
    public boolean conditional(DcganOptions own) {
        return own.conditional();
    }

    @Override
    public boolean canBeConditional() {
        return true;
    }

    @Override
    public boolean averages(DcganOptions own) {
        return own.remedies().emaHalfLife() > 0;
    }

    @Override
    public GenerativeModel create(GeneratorOptions common, DcganOptions own, Compute compute) {
        Seed seed = new Seed(common.seed());
        Remedies remedies = own.remedies();
        DcganGenerator generator = generator(common, own, seed.of("generator"), compute);
        DcganDiscriminator discriminator = new DcganDiscriminator(common, own, seed.of("discriminator"));
        discriminator.to(compute.device(), false);
        Optional<AverageGenerator> average = averages(own)
                ? Optional.of(new AverageGenerator(
                        generator(common, own, seed.of("generator"), compute),
                        new AverageDecay.HalfLife(remedies.emaHalfLife(), remedies.emaRampUp())))
                : Optional.empty();
        NonSaturatingLoss loss = loss(remedies);
        return new AdversarialModel(
                new AdversarialModel.Nets(generator, discriminator),
                average,
                recipe(own),
                List.of(new ContestRule(
                        loss.realTarget(), "--preset small-data, a lower --lr or --label-smoothing 0.1")),
                common,
                compute);
    }

    private static DcganGenerator generator(GeneratorOptions common, DcganOptions own, Seed seed, Compute compute) {
        DcganGenerator generator = new DcganGenerator(common, own, seed);
        generator.to(compute.device(), false);
        return generator;
    }

    private static NonSaturatingLoss loss(Remedies remedies) {
        return new NonSaturatingLoss(1 - remedies.labelSmoothing());
    }

    /**
     * {@return how its nets learn from each other}
     *
     * @param own its own options
     */
    public static AdversarialRecipe recipe(DcganOptions own) {
        Remedies remedies = own.remedies();
        return new AdversarialRecipe(
                new UniformLatents(own.latent()),
                loss(remedies),
                new R1Penalty(remedies.r1(), remedies.r1Every()),
                1,
                new Augmentation(remedies.flips(), new DiffAugment(remedies.translation(), remedies.brightness())),
                new AdamSettings(own.learningRate(), own.beta1(), DcganOptions.BETA2),
                new LinearDecay(remedies.rateDecay()));
    }

    @Override
    public Sampler load(GeneratorOptions common, DcganOptions own, Map<String, Tensor> snapshot, Compute compute) {
        DcganGenerator generator = new DcganGenerator(common, own, new Seed(0));
        try {
            StateDict.load(generator, snapshot);
        } catch (RuntimeException e) {
            StateDict.free(generator);
            throw e;
        }
        generator.to(compute.device(), false);
        return NetSampler.owning(generator, new UniformLatents(own.latent()), common, compute);
    }

    @Override
    public GeneratorSummary summary(GeneratorOptions common, DcganOptions own) {
        return AdversarialSummary.of(
                ofGenerator(common, own), ofDiscriminator(common, own), averages(own), common.batch(), recipe(own));
    }

    private static ModelSummary ofGenerator(GeneratorOptions common, DcganOptions own) {
        DcganGenerator net = new DcganGenerator(common, own, new Seed(0));
        try {
            return net.summary();
        } finally {
            StateDict.free(net);
        }
    }

    private static ModelSummary ofDiscriminator(GeneratorOptions common, DcganOptions own) {
        DcganDiscriminator net = new DcganDiscriminator(common, own, new Seed(0));
        try {
            return net.summary();
        } finally {
            StateDict.free(net);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
