package org.lesionforge.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lesionforge.data.MissingValue;
import org.lesionforge.data.Part;
import org.lesionforge.io.UnusableInputException;

/** Detects columns that look like parts, where the user has not said whether to use them. */
final class UnaskedParts {
    private static final Pattern NAME = Pattern.compile("(?i).*(split|part|partition|set|fold|phase|usage)s?");
    private static final int MOST_WORDS = 20;

    private UnaskedParts() {}

    /** @throws UnusableInputException when there is one; the message says how to use it and how to ignore it */
    static void refuse(CsvTable table, List<String> columns, PartNames names) {
        for (String column : columns) {
            Map<String, Integer> words = words(table, column);
            Set<Part> parts = words.keySet().stream()
                    .flatMap(word -> names.part(word).stream())
                    .collect(Collectors.toSet());
            boolean all =
                    words.keySet().stream().allMatch(word -> names.part(word).isPresent());
            boolean called = NAME.matcher(column).matches() && parts.contains(Part.TRAIN);
            if ((parts.size() > 1 && all) || (words.size() > 1 && called)) {
                throw new UnusableInputException(table.file() + " has a column '" + column
                        + "' that looks like parts, " + words + ": use them with --part-column " + quoted(column)
                        + map(words.keySet(), parts, names)
                        + ", or split the images again with --part-column none");
            }
        }
    }

    private static Map<String, Integer> words(CsvTable table, String column) {
        Map<String, Integer> words = new TreeMap<>();
        for (CsvTable.Line line : table.lines()) {
            String word = table.field(line, column);
            if (!MissingValue.is(word)) {
                words.merge(word, 1, Integer::sum);
            }
            if (words.size() > MOST_WORDS) {
                return Map.of();
            }
        }
        return words;
    }

    /** The options needed to map these words to train and test. */
    private static String map(Set<String> words, Set<Part> parts, PartNames names) {
        List<String> unknown =
                words.stream().filter(word -> names.part(word).isEmpty()).toList();
        List<String> maps = new ArrayList<>();
        Part next = parts.contains(Part.TEST) ? Part.VALIDATION : Part.TEST;
        unknown.forEach(word -> maps.add(quoted(word) + "=" + next.word()));
        if (unknown.isEmpty() && !parts.contains(Part.TEST)) {
            words.stream()
                    .filter(word -> names.part(word).equals(Optional.of(Part.VALIDATION)))
                    .forEach(word -> maps.add(quoted(word) + "=test"));
        }
        return maps.isEmpty() ? "" : " --part-map " + String.join(",", maps);
    }

    private static String quoted(String word) {
        return word.matches("[\\p{L}\\p{N}_.-]+") ? word : '"' + word + '"';
    }
}
