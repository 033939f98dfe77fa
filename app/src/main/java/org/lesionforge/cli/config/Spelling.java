package org.lesionforge.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word most similar to a mistyped one. */
final class Spelling {
    private Spelling() {}

    /**
     * The known word with the smallest edit distance; empty when a third or more of the letters would have to change.
     */
    static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> distance(word, each) <= (word.length() + 1) / 3)
                .min(Comparator.comparingInt(each -> distance(word, each)));
    }

    /** Levenshtein's edit distance: insertions, deletions and replacements. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
