package org.lesionforge.generator.zoo.mlp;

import java.util.List;
import java.util.stream.IntStream;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.adversarial.AdamSettings;
import org.lesionforge.generator.adversarial.AdversarialFamily;
import org.lesionforge.generator.adversarial.AdversarialRecipe;
import org.lesionforge.generator.adversarial.ClassifyingLoss;
import org.lesionforge.generator.adversarial.ContestRule;
import org.lesionforge.generator.adversarial.NonSaturatingLoss;
import org.lesionforge.generator.adversarial.NormalLatents;
import org.lesionforge.generator.adversarial.R1Penalty;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.io.Seed;

/**
 * The vanilla GAN (Goodfellow et al. 2014, arXiv 1406.2661) of fully connected layers, with the non-saturating loss, Adam, and the layers that it
 * usually has today.
 *
 * <p>With a classifier head its discriminator also learns the classes of the real images, as Rashid et al. (2019, "Skin Lesion Classification Using
 * GAN based Data Augmentation") do, in the form of Salimans et al. (2016, arXiv 1606.03498): see {@link ClassifyingLoss}.
 */
public final class Mlp extends AdversarialFamily<MlpOptions> {
    /** The family. */
    public static final Mlp FAMILY = new Mlp();

    private static final double BETA2 = 0.999;

    /** Without label smoothing. */
    private static final NonSaturatingLoss LOSS = new NonSaturatingLoss(1);

    private Mlp() {}

    @Override
    public String name() {
        return "mlp";
    }

    @Override
    public String title() {
        return "Vanilla GAN";
    }

    /** Powers of two from 8 to 256: at 256 pixels the last layer alone has 200 million weights. */
    @Override
    public List<Integer> sizes() {
        return IntStream.rangeClosed(3, 8).mapToObj(exponent -> 1 << exponent).toList();
    }

    @Override
    public Class<MlpOptions> optionsType() {
        return MlpOptions.class;
    }

    @Override
    public MlpOptions defaults() {
        return MlpOptions.DEFAULTS;
    }

    @Override
    public List<Preset<MlpOptions>> presets() {
        MlpOptions usual = defaults();
        return List.of(
                new Preset<>(Preset.PAPER, GeneratorOptions.DEFAULTS, usual),
                new Preset<>(
                        "small-data",
                        GeneratorOptions.DEFAULTS.with().batch(16).build(),
                        new MlpOptions(
                                usual.latent(),
                                usual.learningRate(),
                                usual.beta1(),
                                usual.classifierHead(),
                                SharedRemedies.SMALL_DATA)));
    }

    @Override
    public void check(GeneratorOptions common, MlpOptions own) {
        common.requireBatchForNorm();
    }

    @Override
    protected GeneratorNet generator(GeneratorOptions common, MlpOptions own, Seed seed) {
        return new MlpGenerator(common, own, seed);
    }

    @Override
    protected DiscriminatorNet discriminator(GeneratorOptions common, MlpOptions own, Seed seed) {
        int logits = own.classifierHead() ? common.classCount() + 1 : 1;
        return new MlpDiscriminator(common, logits, seed);
    }

    @Override
    protected SharedRemedies remedies(MlpOptions own) {
        return own.remedies();
    }

    @Override
    public AdversarialRecipe recipe(MlpOptions own) {
        return new AdversarialRecipe(
                new NormalLatents(own.latent()),
                own.classifierHead() ? new ClassifyingLoss() : LOSS,
                R1Penalty.NONE,
                1,
                own.remedies().augmentation(),
                new AdamSettings(own.learningRate(), own.beta1(), BETA2),
                own.remedies().schedule());
    }

    @Override
    protected List<AlarmRule> alarmRules(MlpOptions own) {
        return List.of(new ContestRule(LOSS.realTarget(), "--preset small-data or a lower --lr"));
    }
}
