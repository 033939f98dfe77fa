package org.lesionforge.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Something a person should know, and what to do about it.
 *
 * @param level how bad it is
 * @param text one sentence, with the numbers and the remedy
 */
public record Finding(Level level, String text) {
    /** Worst first. */
    public enum Level {
        /** Parts overlap. */
        LEAK,
        /** Results may be misleading. */
        WARNING,
        /** For information. */
        NOTE;

        /** {@return the lower-case word used in files} */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding leak(String text) {
        return new Finding(Level.LEAK, text);
    }

    static Finding warning(String text) {
        return new Finding(Level.WARNING, text);
    }

    static Finding note(String text) {
        return new Finding(Level.NOTE, text);
    }
}
