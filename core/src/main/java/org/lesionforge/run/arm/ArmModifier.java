package org.lesionforge.run.arm;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is done in an arm beside adding images; words have them in this order. */
public enum ArmModifier {
    /** The loss is weighted so that every class counts the same. */
    CLASS_WEIGHTS,
    /** All images of the arm, tested ones too, go through the generator's size, so that blur cannot give the class away. */
    DEGRADED,
    /** Of the images drawn those are added that a classifier takes for what they are to show. */
    FILTERED,
    /** What is added takes the place of the real images of the class. */
    ONLY,
    /** The classes of what is added are permuted among these images: a control. */
    SHUFFLED;

    /** What it is called in an arm's word. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ArmModifier> of(String word) {
        return Stream.of(values())
                .filter(modifier -> modifier.word().equals(word))
                .findFirst();
    }
}
