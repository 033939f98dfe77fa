package org.lesionforge.metric;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** From which probability of the positive class on an image is called positive. */
public enum OperatingPoint {
    /** Where it is the most probable class; with two classes, from ½ on. */
    HALF,
    /** From the threshold on that was chosen on the validation part, each arm's and seed's own. */
    VALIDATION;

    /** {@return the lower-case word used in files} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
