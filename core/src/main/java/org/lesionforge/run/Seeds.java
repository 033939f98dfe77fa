package org.lesionforge.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The seeds of an experiment, in words: {@code 0..4}, {@code 0,1,7}, {@code 0..2,9}. */
public final class Seeds {
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})(?:\\.\\.(-?\\d{1,18}))?");
    private static final int MOST = 1000;

    private Seeds() {}

    /**
     * {@return the seeds in the order they are named}
     *
     * @param text numbers and ranges with both ends, separated by commas; spaces around them are no matter
     * @throws IllegalArgumentException when there is none, one comes twice, a range has more than 1000 or goes down, or
     *     a part is neither a number nor a range
     */
    public static List<Long> of(String text) {
        List<Long> seeds = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.trim());
            if (!range.matches()) {
                throw new IllegalArgumentException(
                        "seeds are numbers and ranges, such as 0..4 or 0,1,2; got '" + text + "'");
            }
            long first = Long.parseLong(range.group(1));
            long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
            if (last < first || last - first >= MOST) {
                throw new IllegalArgumentException(
                        "a range of seeds goes up, through at most " + MOST + " of them; got '" + part.trim() + "'");
            }
            for (long seed = first; seed <= last; seed++) {
                seeds.add(seed);
            }
        }
        if (new LinkedHashSet<>(seeds).size() < seeds.size()) {
            throw new IllegalArgumentException("each seed can come once, got '" + text + "'");
        }
        return List.copyOf(seeds);
    }
}
