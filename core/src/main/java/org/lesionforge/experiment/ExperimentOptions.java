package org.lesionforge.experiment;

import java.util.List;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.gan.GanOptions;

/**
 * Everything that determines an experiment beside its data set and the weights.
 *
 * @param arms in the order they are run; the first is what the others are compared with
 * @param protocol how snapshots and epochs are chosen
 * @param synthetic how many synthetic images the {@code dcgan} arm adds; null for majority − minority in the training part
 * @param gan how the GAN is trained
 * @param classifier how each arm's classifier is trained; its seed is every arm's
 */
public record ExperimentOptions(
        List<Arm> arms, Protocol protocol, Integer synthetic, GanOptions gan, ClassifierOptions classifier) {
    /** @throws IllegalArgumentException when there are no arms, one comes twice, or fewer than one synthetic image is asked for */
    public ExperimentOptions {
        arms = List.copyOf(arms);
        if (arms.isEmpty() || arms.stream().distinct().count() != arms.size()) {
            throw new IllegalArgumentException("an experiment has each arm once, and at least one, got "
                    + arms.stream().map(Arm::word).toList());
        }
        if (synthetic != null && synthetic < 1) {
            throw new IllegalArgumentException("the number of synthetic images must be at least 1, got " + synthetic);
        }
    }

    /** The seed of both nets. */
    public long seed() {
        return classifier.seed();
    }
}
