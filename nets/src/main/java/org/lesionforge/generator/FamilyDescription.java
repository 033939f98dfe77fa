package org.lesionforge.generator;

import java.util.List;

/**
 * What there is to know of a family before it is used; the JSON of {@code gan families}.
 *
 * @param name the word for it on the command line and in files
 * @param title what people call it
 * @param sizes the sides of images that it can make, in pixels
 * @param conditional whether what it draws can depend on a label
 * @param options its own options, beside those that every family has
 */
public record FamilyDescription(
        String name, String title, List<Integer> sizes, boolean conditional, List<Option> options) {
    /**
     * One of the family's own options.
     *
     * @param name its key in files: {@code remedies.r1}
     * @param value where nothing else is asked for
     * @param meaning what it is for, with its unit or range
     */
    public record Option(String name, Object value, String meaning) {}

    /**
     * Describes a family.
     *
     * @param family any
     * @return what it says of itself
     */
    public static FamilyDescription of(ModelFamily<?> family) {
        return new FamilyDescription(
                family.name(),
                family.title(),
                family.sizes(),
                family.canBeConditional(),
                OptionValues.of(family.defaults()).leaves().stream()
                        .map(leaf -> new Option(leaf.key(), leaf.value(), leaf.meaning()))
                        .toList());
    }
}
