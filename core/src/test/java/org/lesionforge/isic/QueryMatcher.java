package org.lesionforge.isic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The archive's query language over an image's fields: {@code field:value}, {@code field:"quoted value"}, {@code field:*},
 * {@code field:[20 TO 40]}, {@code -field:value}, {@code AND}, {@code OR}, brackets. Terms side by side mean AND.
 */
final class QueryMatcher {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\\()|(\\))|(AND|OR)\\b|(-?)(\\w+):(?:\"([^\"]*)\"|\\[(\\d+) TO (\\d+)\\]|([\\w*-]+)))");

    private final Deque<Matcher> tokens = new ArrayDeque<>();

    private QueryMatcher() {}

    /** @throws IllegalArgumentException when the query cannot be parsed */
    static Predicate<Map<String, String>> parse(String query) {
        if (query.isBlank()) {
            return image -> true;
        }
        QueryMatcher parser = new QueryMatcher();
        int at = 0;
        String text = query.strip();
        while (at < text.length()) {
            Matcher token = TOKEN.matcher(text).region(at, text.length());
            if (!token.lookingAt()) {
                throw new IllegalArgumentException(text.substring(at));
            }
            parser.tokens.add(token);
            at = token.end();
        }
        Predicate<Map<String, String>> parsed = parser.either();
        if (!parser.tokens.isEmpty()) {
            throw new IllegalArgumentException(query);
        }
        return parsed;
    }

    private boolean next(String word) {
        if (!tokens.isEmpty() && tokens.peek().group().strip().equals(word)) {
            tokens.remove();
            return true;
        }
        return false;
    }

    private Predicate<Map<String, String>> either() {
        Predicate<Map<String, String>> left = both();
        while (next("OR")) {
            left = left.or(both());
        }
        return left;
    }

    private Predicate<Map<String, String>> both() {
        Predicate<Map<String, String>> left = one();
        while (next("AND")
                || (!tokens.isEmpty()
                        && (tokens.peek().group(5) != null || tokens.peek().group(1) != null))) {
            left = left.and(one());
        }
        return left;
    }

    private Predicate<Map<String, String>> one() {
        if (next("(")) {
            Predicate<Map<String, String>> inner = either();
            if (!next(")")) {
                throw new IllegalArgumentException("no )");
            }
            return inner;
        }
        if (tokens.isEmpty() || tokens.peek().group(5) == null) {
            throw new IllegalArgumentException("no term");
        }
        Matcher term = tokens.remove();
        String field = term.group(5);
        Predicate<Map<String, String>> matches = image -> matches(term, image.get(field));
        return term.group(4).equals("-") ? matches.negate() : matches;
    }

    private static boolean matches(Matcher term, String value) {
        if (value == null) {
            return false;
        }
        if (term.group(7) != null) {
            int number = Integer.parseInt(value);
            return number >= Integer.parseInt(term.group(7)) && number <= Integer.parseInt(term.group(8));
        }
        String wanted = term.group(6) != null ? term.group(6) : term.group(9);
        return wanted.equals("*") || wanted.equals(value);
    }
}
