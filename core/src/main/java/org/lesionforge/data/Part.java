package org.lesionforge.data;

/** The three parts of a split. */
public enum Part {
    TRAIN,
    VALIDATION,
    TEST;

    /** The lower-case word used in files. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
