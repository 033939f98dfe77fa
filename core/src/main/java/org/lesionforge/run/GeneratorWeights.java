package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which of a generator's weights: those that training moves, or their moving average, which flickers less. */
public enum GeneratorWeights {
    /** As training left them. */
    RAW("generator"),
    /** Their exponential moving average, with the half-life of the run's options. */
    EMA("ema");

    private final String file;

    GeneratorWeights(String file) {
        this.file = file;
    }

    /** {@return what stands in the names of files} */
    public String file() {
        return file;
    }

    /** {@return the lower-case word used in files} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
