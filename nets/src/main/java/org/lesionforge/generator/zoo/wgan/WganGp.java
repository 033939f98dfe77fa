package org.lesionforge.generator.zoo.wgan;

import java.util.List;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.adversarial.AdamSettings;
import org.lesionforge.generator.adversarial.AdversarialFamily;
import org.lesionforge.generator.adversarial.AdversarialRecipe;
import org.lesionforge.generator.adversarial.GradientPenalty;
import org.lesionforge.generator.adversarial.NormalLatents;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.generator.adversarial.WassersteinLoss;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganGenerator;
import org.lesionforge.io.Seed;

/**
 * The Wasserstein GAN with gradient penalty of Gulrajani, Ahmed, Arjovsky, Dumoulin and Courville (2017, arXiv 1704.00028), between DCGAN's nets. A
 * step is one batch: the critic learns from each, the generator from every fifth, by the images that the critic has just judged.
 */
public final class WganGp extends AdversarialFamily<WganGpOptions> {
    /** The family. */
    public static final WganGp FAMILY = new WganGp();

    private static final double BETA1 = 0;
    private static final double BETA2 = 0.9;

    private WganGp() {}

    @Override
    public String name() {
        return "wgan-gp";
    }

    @Override
    public String title() {
        return "WGAN-GP";
    }

    @Override
    public List<Integer> sizes() {
        return Dcgan.FAMILY.sizes();
    }

    @Override
    public Class<WganGpOptions> optionsType() {
        return WganGpOptions.class;
    }

    @Override
    public WganGpOptions defaults() {
        return WganGpOptions.DEFAULTS;
    }

    @Override
    public List<Preset<WganGpOptions>> presets() {
        return List.of(
                new Preset<>(Preset.PAPER, GeneratorOptions.DEFAULTS, defaults()),
                new Preset<>(
                        "small-data",
                        GeneratorOptions.DEFAULTS.with().batch(16).build(),
                        defaults()
                                .with()
                                .kernel(4)
                                .remedies(SharedRemedies.SMALL_DATA)
                                .build()));
    }

    @Override
    public void check(GeneratorOptions common, WganGpOptions own) {
        common.requireBatchForNorm();
    }

    @Override
    protected GeneratorNet generator(GeneratorOptions common, WganGpOptions own, Seed seed) {
        return new DcganGenerator(common, own.ofDcgan(), seed);
    }

    @Override
    protected DiscriminatorNet discriminator(GeneratorOptions common, WganGpOptions own, Seed seed) {
        return new Critic(common, own, seed);
    }

    @Override
    protected SharedRemedies remedies(WganGpOptions own) {
        return own.remedies();
    }

    @Override
    public AdversarialRecipe recipe(WganGpOptions own) {
        return new AdversarialRecipe(
                new NormalLatents(own.latent()),
                new WassersteinLoss(),
                new GradientPenalty(own.gradientPenalty()),
                own.criticSteps(),
                own.remedies().augmentation(),
                new AdamSettings(own.learningRate(), BETA1, BETA2),
                own.remedies().schedule());
    }

    @Override
    protected List<AlarmRule> alarmRules(WganGpOptions own) {
        return List.of(new CriticRule());
    }
}
