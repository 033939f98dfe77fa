package org.lesionforge.cli.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lesionforge.gan.Flips;
import org.lesionforge.gan.GanOptions;
import org.lesionforge.gan.GanPreset;
import picocli.CommandLine;

final class GanOptionsMixinTest {
    private static GanOptions parse(String... options) {
        GanOptionsMixin mixin = new GanOptionsMixin();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(mixin)).parseArgs(options);
        return mixin.options(7);
    }

    private static GanOptions seeded(GanOptions options) {
        return options.with().seed(7).build();
    }

    @Test
    void withoutOptionsThePresetHolds() {
        assertEquals(seeded(GanOptions.DEFAULTS), parse());
        assertEquals(seeded(GanPreset.SMALL_DATA.options()), parse("--preset", "small-data"));
    }

    @Test
    void whatIsGivenGoesBeforeThePreset() {
        GanOptions options = parse(
                "--flips", "horizontal", "--preset", "small-data", "--batch", "8", "--minibatch-std", "--r1", "10");
        assertEquals(8, options.batch());
        assertEquals(Flips.HORIZONTAL, options.remedies().flips());
        assertEquals(true, options.remedies().minibatchStd());
        assertEquals(10, options.remedies().r1());
        assertEquals(10_000, options.remedies().emaHalfLife());
        assertEquals(1.0 / 3, options.remedies().rateDecay());
        assertEquals(
                false,
                parse("--no-minibatch-std", "--no-spectral-norm").remedies().minibatchStd());
    }
}
