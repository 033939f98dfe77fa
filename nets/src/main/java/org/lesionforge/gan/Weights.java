package org.lesionforge.gan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which of a generator's weights: those that training moves, or their moving average, which flickers less. */
public enum Weights {
    RAW("generator"),
    EMA("ema");

    /** Stands in the names of files. */
    final String file;

    Weights(String file) {
        this.file = file;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
