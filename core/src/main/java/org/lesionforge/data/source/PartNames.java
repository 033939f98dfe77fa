package org.lesionforge.data.source;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.lesionforge.data.Part;

/** Maps a source's words to parts, or ignores the parts of a source. */
public final class PartNames {
    private static final Map<String, Part> USUAL = Map.of(
            "train", Part.TRAIN,
            "training", Part.TRAIN,
            "val", Part.VALIDATION,
            "valid", Part.VALIDATION,
            "validation", Part.VALIDATION,
            "dev", Part.VALIDATION,
            "test", Part.TEST,
            "testing", Part.TEST);

    /** {@code training_set}, {@code "test data"}, {@code val-images}. */
    private static final Pattern ENDING = Pattern.compile("[ _-]?(set|data|images)$");

    private final Map<String, Part> parts;
    private final boolean ignored;

    private PartNames(Map<String, Part> parts, boolean ignored) {
        this.parts = parts;
        this.ignored = ignored;
    }

    /**
     * {@return the usual words: train, training; val, valid, validation, dev; test, testing; whatever their case, and
     * with set, data or images behind them: training_set}
     */
    public static PartNames usual() {
        return new PartNames(new TreeMap<>(USUAL), false);
    }

    /**
     * The usual words with replacements and additions.
     *
     * @param mapping from a word of the source to a usual word: {@code val → test}
     * @return the words in use
     * @throws IllegalArgumentException when a value is not a usual word
     */
    public static PartNames with(Map<String, String> mapping) {
        PartNames names = usual();
        mapping.forEach((word, meaning) -> {
            Part part = USUAL.get(meaning.toLowerCase(Locale.ROOT));
            if (part == null) {
                throw new IllegalArgumentException(
                        "'" + meaning + "' is not a part; the parts are train, validation and test");
            }
            names.parts.put(word.toLowerCase(Locale.ROOT), part);
        });
        return names;
    }

    /** {@return these words, for a source whose parts are merged and split anew} */
    public PartNames ignored() {
        return new PartNames(parts, true);
    }

    /** {@return whether the source's parts do not count} */
    public boolean areIgnored() {
        return ignored;
    }

    /**
     * {@return the part that a word means; empty where it is none of the words}
     *
     * @param word of the source, in any case of letters
     */
    public Optional<Part> part(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        Part part = parts.get(lower);
        return Optional.ofNullable(
                part != null ? part : USUAL.get(ENDING.matcher(lower).replaceFirst("")));
    }

    @Override
    public String toString() {
        return parts.keySet().toString();
    }
}
