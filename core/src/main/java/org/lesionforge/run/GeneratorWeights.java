package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which of a generator's weights: those that training moves, or their moving average, which flickers less. */
public enum GeneratorWeights {
    RAW("generator"),
    /** Their exponential moving average, as {@link Remedies#emaHalfLife} sets it. */
    EMA("ema");

    private final String file;

    GeneratorWeights(String file) {
        this.file = file;
    }

    /** Stands in the names of files. */
    public String file() {
        return file;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
