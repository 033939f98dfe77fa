package org.lesionforge.classifier.recipe;

/** Refuses values that a recipe cannot have. */
final class Range {
    private Range() {}

    /** @throws IllegalArgumentException with the range and the value, unless {@code holds} */
    static void require(boolean holds, String name, String range, double value) {
        if (!holds) {
            throw new IllegalArgumentException("the classifier's " + name + " must be " + range + ", got " + value);
        }
    }
}
