package org.lesionforge.data;

import java.util.Locale;

/** The three parts of a split. */
public enum Part {
    /** What nets are fitted to. */
    TRAIN,
    /** What choices are made by: epochs, thresholds, snapshots. */
    VALIDATION,
    /** What results are reported of. */
    TEST;

    /** {@return the lower-case word used in files} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
