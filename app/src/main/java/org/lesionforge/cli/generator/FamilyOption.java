package org.lesionforge.cli.generator;

import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.zoo.GeneratorZoo;
import picocli.CommandLine.Option;

/** The choice of a family of generators. */
public final class FamilyOption {
    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "The family of the generator, one that 'gan families' lists. Default: its first.")
    String family;

    /** @throws IllegalArgumentException when there is no such family; the message lists those there are */
    public ModelFamily<?> of(GeneratorZoo zoo) {
        return family == null ? zoo.first() : zoo.named(family);
    }
}
