package org.lesionforge.generator.zoo.dcgan;

import java.util.List;
import java.util.stream.IntStream;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.adversarial.AdamSettings;
import org.lesionforge.generator.adversarial.AdversarialFamily;
import org.lesionforge.generator.adversarial.AdversarialRecipe;
import org.lesionforge.generator.adversarial.ContestRule;
import org.lesionforge.generator.adversarial.NonSaturatingLoss;
import org.lesionforge.generator.adversarial.R1Penalty;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.generator.adversarial.UniformLatents;
import org.lesionforge.io.Seed;

/** The DCGAN of Radford, Metz and Chintala (2015, arXiv 1511.06434), with remedies for small classes. */
public final class Dcgan extends AdversarialFamily<DcganOptions> {
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
        common.requireBatchForNorm();
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
    protected DcganGenerator generator(GeneratorOptions common, DcganOptions own, Seed seed) {
        return new DcganGenerator(common, own, seed);
    }

    @Override
    protected DcganDiscriminator discriminator(GeneratorOptions common, DcganOptions own, Seed seed) {
        return new DcganDiscriminator(common, own, seed);
    }

    @Override
    protected SharedRemedies remedies(DcganOptions own) {
        return own.remedies().shared();
    }

    @Override
    public AdversarialRecipe recipe(DcganOptions own) {
        Remedies remedies = own.remedies();
        return new AdversarialRecipe(
                new UniformLatents(own.latent()),
                loss(own),
                new R1Penalty(remedies.r1(), remedies.r1Every()),
                1,
                remedies.shared().augmentation(),
                new AdamSettings(own.learningRate(), own.beta1(), DcganOptions.BETA2),
                remedies.shared().schedule());
    }

    private static NonSaturatingLoss loss(DcganOptions own) {
        return new NonSaturatingLoss(1 - own.remedies().labelSmoothing());
    }

    @Override
    protected List<AlarmRule> alarmRules(DcganOptions own) {
        return List.of(
                new ContestRule(loss(own).realTarget(), "--preset small-data, a lower --lr or --label-smoothing 0.1"));
    }
}
