package org.lesionforge.data;

import java.util.Locale;

/** The three parts of a split. */
public enum Part {
    TRAIN,
    VALIDATION,
    TEST;

    /** The lower-case word used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
