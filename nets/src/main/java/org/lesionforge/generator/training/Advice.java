package org.lesionforge.generator.training;

import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to try in a new run, as far as its family can: an option that it lacks would be refused.
 *
 * @param has whether there is an option, by the name of its component
 */
record Advice(Predicate<String> has) {
    /**
     * A change of one option.
     *
     * @param component its name in the options' record
     * @param words what to give: {@code --flips both}
     */
    record Change(String component, String words) {}

    /**
     * @param any what every family can try
     * @param changes what some can
     * @return {@code any, --flips both, a smaller --width}
     */
    String of(String any, Change... changes) {
        return Stream.concat(
                        Stream.of(any),
                        Stream.of(changes)
                                .filter(change -> has.test(change.component()))
                                .map(Change::words))
                .collect(Collectors.joining(", "));
    }
}
