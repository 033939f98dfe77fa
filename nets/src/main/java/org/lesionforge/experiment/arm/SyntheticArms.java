package org.lesionforge.experiment.arm;

import java.util.List;
import org.lesionforge.classifier.recipe.SyntheticTraining;
import org.lesionforge.run.arm.Arm;

/** What arms must have for synthetic images to be learned otherwise than real ones. */
public final class SyntheticArms {
    private SyntheticArms() {}

    /**
     * Refuses what means nothing for the arms of an experiment.
     *
     * @param training how synthetic images are learned
     * @param arms of the experiment
     * @throws IllegalArgumentException when no arm adds synthetic images, or one whose synthetic images stand for a whole class is to learn
     *     them first, and so would see none of that class afterwards
     */
    public static void require(SyntheticTraining training, List<Arm> arms) {
        if (arms.stream().noneMatch(arm -> arm.source().isGenerated())) {
            training.requireNone("no arm adds synthetic images: name one with --arms, such as none,dcgan");
        }
        if (training.first()) {
            arms.stream().filter(Arm::only).findFirst().ifPresent(arm -> {
                throw new IllegalArgumentException("--synthetic-first does not go with the arm " + arm.word()
                        + ": after its synthetic images it would see no image of their class; leave out one of both");
            });
        }
    }
}
