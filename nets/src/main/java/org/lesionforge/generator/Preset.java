package org.lesionforge.generator;

/**
 * Options of a family that go together.
 *
 * @param <O> the family's own options
 * @param name what it is called on the command line
 * @param common of all families; with seed 0
 * @param own the family's own
 */
public record Preset<O extends ModelOptions>(String name, GeneratorOptions common, O own) {
    /** What the first preset of every family is called: the published training. */
    public static final String PAPER = "paper";
}
