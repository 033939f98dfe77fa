package org.lesionforge.gan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How real images are mirrored before the discriminator sees them, each by coins of its own. */
public enum Flips {
    NONE(false, false),
    /** Left to right. */
    HORIZONTAL(true, false),
    /** Left to right and top to bottom: for pictures without an up, such as a lesion under the dermatoscope. */
    BOTH(true, true);

    private final boolean horizontal;
    private final boolean vertical;

    Flips(boolean horizontal, boolean vertical) {
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    boolean horizontal() {
        return horizontal;
    }

    boolean vertical() {
        return vertical;
    }

    /** What it is called in options and files. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming those there are */
    public static Flips of(String word) {
        return Arrays.stream(values())
                .filter(flips -> flips.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there are no flips '" + word + "'; there are "
                        + Arrays.stream(values()).map(Flips::word).collect(Collectors.joining(", "))));
    }
}
