package org.lesionforge.generator.training;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What to try in a new run, as far as its family can: an option that it lacks would be refused.
 *
 * @param has whether there is an option, by the name of its component
 */
record Advice(Predicate<String> has) {
    /**
     * Something to try.
     *
     * @param component the option's name in the options' record; empty for what every family can try
     * @param words what to give: {@code --flips both}
     */
    record Change(Optional<String> component, String words) {
        static Change of(String component, String words) {
            return new Change(Optional.of(component), words);
        }

        static Change always(String words) {
            return new Change(Optional.empty(), words);
        }
    }

    /**
     * @param changes that some families can try, one at least all
     * @return those that this one can: {@code --flips both, more images or a smaller --width}
     */
    String of(Change... changes) {
        List<String> possible = Stream.of(changes)
                .filter(change -> change.component().map(has::test).orElse(true))
                .map(Change::words)
                .toList();
        int last = possible.size() - 1;
        return last == 0 ? possible.get(0) : String.join(", ", possible.subList(0, last)) + " or " + possible.get(last);
    }
}
