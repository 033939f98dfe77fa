package org.lesionforge.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a finding is to be taken. */
public enum State {
    /** Nothing is to be done. */
    OK,
    /** The program runs, and something is worth knowing. */
    NOTE,
    /** Something is missing that commands need; they will end with exit code 4. */
    MISSING;

    /** {@return what is printed and written: {@code ok}, {@code note}, {@code missing}} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
