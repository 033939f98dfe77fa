package org.lesionforge.gan;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Options that go together. */
public enum GanPreset {
    /** The paper's, and Radford's where it is silent. */
    PAPER {
        @Override
        public GanOptions options() {
            return GanOptions.DEFAULTS;
        }
    },
    /**
     * For some hundreds of images: four times the steps from as many images, a smaller net, mirrored images, and
     * remedies that stabilise the generator at the end.
     */
    SMALL_DATA {
        @Override
        public GanOptions options() {
            Remedies remedies = Remedies.NONE
                    .with()
                    .flips(Flips.BOTH)
                    .ema(10_000, 0.05)
                    .rateDecay(1.0 / 3)
                    .build();
            return GanOptions.DEFAULTS
                    .with()
                    .width(64)
                    .kernel(4)
                    .batch(16)
                    .remedies(remedies)
                    .build();
        }
    };

    /** {@return the preset's options, with seed 0} */
    public abstract GanOptions options();

    /** What it is called in options. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The preset of a name.
     *
     * @param word {@code paper} or {@code small-data}
     * @return the preset that is called so
     * @throws IllegalArgumentException when none is called so; the message lists the names there are
     */
    public static GanPreset of(String word) {
        return Arrays.stream(values())
                .filter(preset -> preset.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no preset '" + word + "'; there are "
                        + Arrays.stream(values()).map(GanPreset::word).collect(Collectors.joining(", "))));
    }
}
