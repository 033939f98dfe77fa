package org.lesionforge.cli.classifier;

import org.jspecify.annotations.Nullable;
import org.lesionforge.classifier.recipe.SyntheticTraining;
import picocli.CommandLine.Option;

/** How a classifier learns the synthetic images among its training images. */
final class SyntheticMixin {
    @Option(
            names = "--synthetic-weight",
            paramLabel = "W",
            description =
                    "Weight of a synthetic image in the loss, where a real one has 1; all are scaled so that the mean "
                            + "is 1. Default: 1.")
    @Nullable
    Double weight;

    @Option(
            names = "--synthetic-first",
            description =
                    "Train on the synthetic images first and then on the others, in as many steps as on both together: "
                            + "the share of the epochs is that of the images. Not with --freeze.")
    boolean first;

    /**
     * What is asked for.
     *
     * @throws IllegalArgumentException when the weight is out of its range
     */
    SyntheticTraining training() {
        return new SyntheticTraining(RecipeMixin.given(weight, 1.0), first);
    }
}
