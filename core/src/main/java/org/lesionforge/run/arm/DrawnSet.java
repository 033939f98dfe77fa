package org.lesionforge.run.arm;

import java.util.List;
import java.util.Optional;

/**
 * The images that a generator of an experiment draws for arms of one kind. The images of one draw are the same in both of its sets.
 *
 * @param generator what the generator is called: {@code dcgan}, {@code dcgan-conditional}
 * @param filtered whether a classifier has chosen among them; else all are there but near-copies
 */
public record DrawnSet(String generator, boolean filtered) {
    /**
     * {@return the sets that some arms need, in their order, each once}
     *
     * @param arms of an experiment
     */
    public static List<DrawnSet> of(List<Arm> arms) {
        return arms.stream().flatMap(arm -> arm.drawn().stream()).distinct().toList();
    }

    /**
     * {@return what the set of an arm is called in folders and files; empty where its word is not an arm, or draws nothing}
     *
     * @param word of an arm in a file of any version
     */
    public static Optional<String> nameOf(String word) {
        return Arm.isOne(word) ? Arm.of(word).drawn().map(DrawnSet::name) : Optional.empty();
    }

    /** {@return what it is called in folders and files: the generator's name, with {@code +filtered} where it is} */
    public String name() {
        return generator + (filtered ? "+" + ArmModifier.FILTERED.word() : "");
    }

    /** {@return whether it has images of every class} */
    public boolean isOfEveryClass() {
        return ArmSource.isOfEveryClass(generator);
    }
}
