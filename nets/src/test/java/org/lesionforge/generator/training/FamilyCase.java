package org.lesionforge.generator.training;

import java.util.List;
import java.util.Map;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.generator.zoo.dcgan.Remedies;
import org.lesionforge.generator.zoo.ddpm.Ddpm;
import org.lesionforge.generator.zoo.ddpm.DdpmOptions;
import org.lesionforge.generator.zoo.lapgan.Lapgan;
import org.lesionforge.generator.zoo.mlp.Mlp;
import org.lesionforge.generator.zoo.mlp.MlpOptions;
import org.lesionforge.generator.zoo.wgan.WganGp;

/**
 * A family as it is tested. A new one is listed in {@link #all}.
 *
 * @param tiny options of a training that takes a moment: of 16 pixels, with everything on that has a state
 * @param published parameters of each net with the options of the first preset, from the paper or by hand
 */
record FamilyCase(GeneratorSpec<?> tiny, Map<String, Long> published) {
    private static final String CONDITIONAL = ", conditional";

    @Override
    public String toString() {
        return tiny.family().name()
                + (tiny.conditional() ? CONDITIONAL : tiny.classifies() ? ", with a classifier" : "");
    }

    static List<FamilyCase> all() {
        return List.of(
                dcgan(),
                conditionalDcgan(),
                wganGp(),
                mlp(false),
                mlp(true),
                lapgan(),
                conditionalLapgan(),
                ddpm(),
                conditionalDdpm());
    }

    private static GeneratorSpec<DcganOptions> tinyDcgan() {
        return TinyTraining.NETS.own(own -> own.with()
                .remedies(Remedies.NONE
                        .with()
                        .flips(Flips.BOTH)
                        .translation(0.125)
                        .ema(20, 0.5)
                        .rateDecay(0.5)
                        .build())
                .build());
    }

    /** The published sizes are those of the first preset, which is not conditional. */
    private static FamilyCase conditionalDcgan() {
        return new FamilyCase(
                tinyDcgan().own(own -> own.with().conditional(true).build()).learning(2), dcgan().published());
    }

    private static FamilyCase ddpm() {
        return new FamilyCase(tinyDdpm(), Map.of("denoiser", denoiser(64)));
    }

    private static FamilyCase conditionalDdpm() {
        return new FamilyCase(
                tinyDdpm()
                        .own(own -> own.with()
                                .conditional(true)
                                .drawing(new DdpmOptions.Drawing(3, 2, 1.5))
                                .build())
                        .learning(2),
                ddpm().published());
    }

    private static GeneratorSpec<DdpmOptions> tinyDdpm() {
        return new GeneratorSpec<>(
                Ddpm.FAMILY,
                TinyTraining.NETS.common(),
                Ddpm.FAMILY
                        .preset("small-data")
                        .own()
                        .with()
                        .width(8)
                        .ema(20, 0.5)
                        .learning(1e-3, 2, 0.5)
                        .drawing(new DdpmOptions.Drawing(3, 2, 1))
                        .build());
    }

    /** Parameters of Ho et al.'s U-Net for 3 × 32 × 32; 35,746,307 with their width of 128. */
    private static long denoiser(long w) {
        // Residual blocks from and to multiples of w channels: down, in the middle, and up with what the way down had.
        int[][] blocks = {
            {1, 1}, {1, 1}, {1, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 2}, {4, 2}, {4, 2}, {4, 2},
            {4, 2}, {4, 2}, {4, 2}, {4, 2}, {4, 2}, {3, 2}, {3, 1}, {2, 1}, {2, 1}
        };
        // Two fully connected layers for the time, w → 4w → 4w.
        long count = 20 * w * w + 8 * w;
        for (int[] block : blocks) {
            long in = block[0] * w;
            long out = block[1] * w;
            count += 2 * in + (9 * in + 1) * out + (4 * w + 1) * out + 2 * out + (9 * out + 1) * out;
            count += in == out ? 0 : (in + 1) * out;
        }
        // Attention of 2w channels: two at 16×16 on the way down, three on the way up, one in the middle.
        count += 6 * (4 * (2 * w + 1) * 2 * w + 4 * w);
        // Between the levels: one convolution of w channels, five of 2w; the first, and the last with its norm.
        count += (9 * w + 1) * w + 5 * (18 * w + 1) * 2 * w;
        return count + 28 * w + 2 * w + 27 * w + 3;
    }

    private static FamilyCase dcgan() {
        return new FamilyCase(
                tinyDcgan(),
                // Kernels of 5×5, no biases but the last one's, batch norm's gains and shifts.
                Map.of(
                        "generator",
                        100L * 16384
                                + 25 * (1024 * 512 + 512 * 256 + 256 * 128 + 128 * 3)
                                + 2 * (1024 + 512 + 256 + 128),
                        "discriminator",
                        25L * (3 * 128 + 128 * 256 + 256 * 512 + 512 * 1024) + 2 * (256 + 512 + 1024) + 16384 + 1));
    }

    private static FamilyCase mlp(boolean classifies) {
        return new FamilyCase(
                Mlp.FAMILY
                        .preset(Preset.PAPER)
                        .common(common -> common.size(16).batch(4).epochs(1).snapshotEvery(1))
                        .own(own -> new MlpOptions(
                                8, 2e-4, 0.5, classifies, new SharedRemedies(Flips.BOTH, 0.125, 0.1, 20, 0.5, 0.5)))
                        .learning(2),
                Map.of("generator", 13_301_632L, "discriminator", 6_423_553L));
    }

    private static FamilyCase wganGp() {
        return new FamilyCase(
                WganGp.FAMILY
                        .preset(Preset.PAPER)
                        .common(common -> common.size(16).batch(4).epochs(1).snapshotEvery(1))
                        .own(own -> own.with()
                                .latent(8)
                                .width(4)
                                .criticSteps(2)
                                .remedies(new SharedRemedies(Flips.BOTH, 0.125, 0.1, 20, 0.5, 0.5))
                                .build()),
                // DCGAN's nets of half the width; gains and shifts of layer norm in place of batch norm's.
                Map.of(
                        "generator",
                        128L * 8192 + 25 * (512 * 256 + 256 * 128 + 128 * 64 + 64 * 3) + 2 * (512 + 256 + 128 + 64),
                        "discriminator",
                        25L * (3 * 64 + 64 * 128 + 128 * 256 + 256 * 512) + 2 * (128 + 256 + 512) + 8192 + 1));
    }

    private static GeneratorSpec<?> tinyLapgan(boolean conditional) {
        return Lapgan.FAMILY
                .preset(Preset.PAPER)
                .own(own -> own.with()
                        .base(8)
                        .latent(8)
                        .width(4)
                        .residualWidth(4)
                        .conditioningNoise(0.1)
                        .conditional(conditional)
                        .remedies(new SharedRemedies(Flips.BOTH, 0.125, 0.1, 20, 0.5, 0.5))
                        .build())
                .common(common -> common.size(16).batch(4).epochs(1).snapshotEvery(1))
                .learning(2);
    }

    private static FamilyCase conditionalLapgan() {
        return new FamilyCase(tinyLapgan(true), lapgan().published());
    }

    private static FamilyCase lapgan() {
        return new FamilyCase(
                tinyLapgan(false),
                // DCGAN's nets at 16 pixels, then those of Denton et al. with 12×12 and 28×28 places before the logit.
                Map.of(
                        "generator-16",
                        100L * 4096 + 25 * (256 * 128 + 128 * 3) + 2 * (256 + 128),
                        "discriminator-16",
                        25L * (3 * 128 + 128 * 256) + 2 * 256 + 4096 + 1,
                        "generator-32",
                        218_179L,
                        "discriminator-32",
                        116_545L,
                        "generator-64",
                        218_179L,
                        "discriminator-64",
                        116_545L + 64 * (28 * 28 - 12 * 12)));
    }
}
