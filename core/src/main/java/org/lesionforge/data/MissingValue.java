package org.lesionforge.data;

import java.util.Locale;
import java.util.Set;

/**
 * The words for missing values in tables: R writes {@code NA}, pandas {@code nan} and {@code <NA>}, databases
 * {@code NULL}.
 */
public final class MissingValue {
    private static final Set<String> WORDS = Set.of("na", "n/a", "#n/a", "<na>", "nan", "null", "none", "unknown");

    private MissingValue() {}

    /**
     * {@return whether a field is empty or one of these words, in any case of letters}
     *
     * @param value of one field
     */
    public static boolean is(String value) {
        return value.isBlank() || WORDS.contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
