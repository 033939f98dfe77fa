package org.lesionforge.cli.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import picocli.CommandLine;

final class GanOptionsMixinTest {
    private static GanOptionsMixin parsed(String... options) {
        GanOptionsMixin mixin = new GanOptionsMixin();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(mixin)).parseArgs(options);
        return mixin;
    }

    private static GeneratorSpec<DcganOptions> parse(String... options) {
        return parsed(options).of(Dcgan.FAMILY, 7);
    }

    private static GeneratorSpec<DcganOptions> seeded(GeneratorSpec<DcganOptions> options) {
        return options.common(common -> common.seed(7));
    }

    @Test
    void withoutOptionsThePresetHolds() {
        assertEquals(seeded(Dcgan.PAPER), parse());
        assertEquals(seeded(Dcgan.SMALL_DATA), parse("--preset", "small-data"));
        String message = assertThrows(IllegalArgumentException.class, () -> parse("--preset", "big"))
                .getMessage();
        assertTrue(message.contains("'big'") && message.contains("paper, small-data"), message);
    }

    @Test
    void whatIsGivenGoesBeforeThePreset() {
        GeneratorSpec<DcganOptions> options = parse(
                "--flips", "horizontal", "--preset", "small-data", "--batch", "8", "--minibatch-std", "--r1", "10");
        assertEquals(8, options.common().batch());
        assertEquals(Flips.HORIZONTAL, options.own().remedies().flips());
        assertEquals(true, options.own().remedies().minibatchStd());
        assertEquals(10, options.own().remedies().r1());
        assertEquals(10_000, options.own().remedies().emaHalfLife());
        assertEquals(1.0 / 3, options.own().remedies().rateDecay());
        assertEquals(
                false,
                parse("--no-minibatch-std", "--no-spectral-norm")
                        .own()
                        .remedies()
                        .minibatchStd());
    }

    /** Every option is one of some component, so that none is taken and left without effect. */
    @Test
    void everyOptionIsAnOptionOfAFamily() {
        GeneratorSpec<DcganOptions> all = parse(
                "--size",
                "32",
                "--latent",
                "9",
                "--width",
                "8",
                "--kernel",
                "4",
                "--batch",
                "3",
                "--epochs",
                "2",
                "--lr",
                "0.1",
                "--beta1",
                "0.2",
                "--snapshot-every",
                "5",
                "--patience",
                "6",
                "--flips",
                "both",
                "--translation",
                "0.1",
                "--brightness",
                "0.2",
                "--label-smoothing",
                "0.3",
                "--spectral-norm",
                "--minibatch-std",
                "--r1",
                "2",
                "--r1-every",
                "3",
                "--ema",
                "40",
                "--ema-ramp-up",
                "0.5",
                "--lr-decay",
                "0.6",
                "--conditional");
        int given = CommandLine.Model.CommandSpec.forAnnotatedObject(new GanOptionsMixin())
                        .options()
                        .size()
                - 1;
        GeneratorSpec<DcganOptions> paper = parse();
        long changed = all.values().entrySet().stream()
                .filter(each -> !each.getValue().equals(paper.values().get(each.getKey())))
                .count();
        assertEquals(given, changed, "all but the preset");
    }
}
