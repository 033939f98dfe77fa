package org.lesionforge.isic;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A search of the archive.
 *
 * @param text in the archive's query language: {@code diagnosis_3:"Nevus" AND age_approx:[20 TO 40]}; empty for all images
 * @param collections an image must be in one of these; empty for any
 */
public record IsicQuery(String text, List<Integer> collections) {
    /**
     * Strips blanks at the text's ends.
     *
     * @param text empty for all images
     * @param collections numbers of the archive's collections; empty for any
     */
    public IsicQuery {
        text = text.strip();
        collections = List.copyOf(collections);
    }

    /** This query, restricted to images whose {@code field} has {@code value}. */
    IsicQuery and(String field, String value) {
        String term = field + ":\"" + value + "\"";
        return new IsicQuery(text.isEmpty() ? term : "(" + text + ") AND " + term, collections);
    }

    /** {@code query=…&collections=1,2&limit=100} */
    String parameters(int limit) {
        String in = collections.isEmpty()
                ? ""
                : "&collections=" + collections.stream().map(String::valueOf).collect(Collectors.joining("%2C"));
        return "query=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + in + "&limit=" + limit;
    }

    @Override
    public String toString() {
        String in = collections.isEmpty() ? "" : " in the collections " + collections;
        return (text.isEmpty() ? "all images" : text) + in;
    }
}
