package org.lesionforge.torch;

/**
 * What a training was computed on, as the {@code config.json} of its run has it.
 *
 * @param device {@code cpu}, or {@code cuda:N} with the number of the card
 * @param precision of its products
 */
public record Computed(String device, Precision precision) {
    /** {@return for people: {@code cuda:0 in bfloat16}} */
    public String describe() {
        return device + " in " + precision.word();
    }
}
