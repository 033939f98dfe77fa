package org.lesionforge.doctor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one check found.
 *
 * @param check what was checked: {@code java}, {@code libtorch}, {@code disk}
 * @param found what is there, a sentence's worth
 * @param remedy what to do about it; null when there is nothing to do
 * @param facts the numbers and paths of {@code found}, for programs
 */
public record Finding(String check, State state, String found, @Nullable String remedy, Map<String, Object> facts) {
    static Finding ok(String check, String found, Map<String, Object> facts) {
        return new Finding(check, State.OK, found, null, facts);
    }

    static Finding note(String check, String found, String remedy, Map<String, Object> facts) {
        return new Finding(check, State.NOTE, found, remedy, facts);
    }

    static Finding missing(String check, String found, String remedy, Map<String, Object> facts) {
        return new Finding(check, State.MISSING, found, remedy, facts);
    }
}
