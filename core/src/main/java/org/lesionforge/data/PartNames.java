package org.lesionforge.data;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which word of a source means which part. */
public final class PartNames {
    private static final Map<String, Part> USUAL = Map.of(
            "train", Part.TRAIN,
            "training", Part.TRAIN,
            "val", Part.VALIDATION,
            "valid", Part.VALIDATION,
            "validation", Part.VALIDATION,
            "test", Part.TEST,
            "testing", Part.TEST);

    private final Map<String, Part> parts = new TreeMap<>(USUAL);

    private PartNames() {}

    /** train, training; val, valid, validation; test, testing; whatever their case. */
    public static PartNames usual() {
        return new PartNames();
    }

    /**
     * The usual words, some of them replaced, and further ones.
     *
     * @param mapping from a word of the source to a usual word: {@code val → test}
     * @throws IllegalArgumentException when a value is not a usual word
     */
    public static PartNames with(Map<String, String> mapping) {
        PartNames names = new PartNames();
        mapping.forEach((word, meaning) -> {
            Part part = USUAL.get(meaning.toLowerCase(Locale.ROOT));
            if (part == null) {
                throw new IllegalArgumentException(
                        "'" + meaning + "' is no part; the parts are train, validation and test");
            }
            names.parts.put(word.toLowerCase(Locale.ROOT), part);
        });
        return names;
    }

    Optional<Part> part(String word) {
        return Optional.ofNullable(parts.get(word.strip().toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return parts.keySet().toString();
    }
}
