package org.lesionforge.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.lesionforge.run.ControlFinding;
import org.lesionforge.run.Results;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

/**
 * What the arms of an experiment cannot tell apart, how their images were chosen, where their seeds say nothing, and what its controls say of
 * their gains.
 */
public final class ArmCaveats {
    private ArmCaveats() {}

    /**
     * {@return sentences on the arms as they were made, on their images and on their controls; none where there is nothing to say}
     *
     * @param results of an experiment
     */
    public static List<String> of(Results results) {
        List<String> sentences = new ArrayList<>();
        List<String> oneClass = words(
                results, arm -> arm.source().isGenerated() && !arm.source().isOfEveryClass());
        if (!oneClass.isEmpty()) {
            boolean one = oneClass.size() == 1;
            sentences.add("In the " + (one ? "arm " : "arms ") + String.join(", ", oneClass)
                    + " the scarce class alone has generated images, so that a classifier can learn that what looks generated"
                    + " is of that class: what " + (one ? "this arm gains or loses" : "these arms gain or lose")
                    + " may be that. An arm both:FAMILY adds images of every class in the same ratio.");
        }
        List<String> real = words(results, arm -> arm.source().equals(ArmSource.REAL));
        if (!real.isEmpty()) {
            sentences.add(
                    "The real images that " + String.join(", ", real) + " adds are held out of all other arms and of"
                            + " their generators: what it gains is what as many more photographs are worth.");
        }
        sentences.addAll(FilterText.of(results));
        SeedText.of(results).ifPresent(sentences::add);
        results.controls().stream().map(ControlFinding::sentence).forEach(sentences::add);
        return sentences;
    }

    /**
     * {@return the same of each network of several: what is so with all of them once, else with the network's name}
     *
     * @param results of an experiment; of a single network they are those of {@link #of}
     */
    public static List<String> ofNetworks(Results results) {
        List<Results> networks = ClassifierResults.of(results);
        List<List<String>> sentences = networks.stream().map(ArmCaveats::of).toList();
        Set<String> said = new LinkedHashSet<>();
        for (int i = 0; i < networks.size(); i++) {
            for (String sentence : sentences.get(i)) {
                boolean withAll = sentences.stream().allMatch(each -> each.contains(sentence));
                said.add(
                        withAll
                                ? sentence
                                : ClassifierResults.names(networks.get(i)).get(0) + ": " + sentence);
            }
        }
        return List.copyOf(said);
    }

    private static List<String> words(Results results, Predicate<Arm> wanted) {
        return results.arms().stream()
                .map(Results.ArmResult::name)
                .distinct()
                .filter(word -> Arm.isOne(word) && wanted.test(Arm.of(word)))
                .toList();
    }
}
