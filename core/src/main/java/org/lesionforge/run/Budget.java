package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is equal in the training of all arms, whose training parts differ in size. */
public enum Budget {
    /** Steps of the optimiser: an epoch takes as many images as the original training part has, in rounds through all of the arm's. */
    STEPS,
    /** Rounds through all images of the arm, as in the paper: more images, more steps. */
    EPOCHS;

    /** {@return the lower-case word used in files} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
