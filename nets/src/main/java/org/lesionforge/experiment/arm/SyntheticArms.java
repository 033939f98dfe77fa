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
     * @param validated whether there is a validation part
     * @throws IllegalArgumentException when no arm adds synthetic images, or one whose synthetic images stand for a whole class is to learn
     *     them first, and so would see none of that class afterwards; when an arm is filtered, and there is no classifier that could choose, or
     *     nothing to take its thresholds from
     */
    public static void require(SyntheticTraining training, List<Arm> arms, boolean validated) {
        arms.stream().filter(Arm::filtered).findFirst().ifPresent(arm -> requireFilter(arm, arms, validated));
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

    private static void requireFilter(Arm arm, List<Arm> arms, boolean validated) {
        if (!validated) {
            throw new IllegalArgumentException("the arm " + arm.word() + " takes its thresholds from a validation part,"
                    + " and --protocol paper has none; take --protocol strict, or leave the arm out");
        }
        if (!arms.contains(Arm.NONE)) {
            throw new IllegalArgumentException(
                    "the images of the arm " + arm.word() + " are chosen by the classifier of"
                            + " the arm none, which is not among --arms; name it too, such as none," + arm.word());
        }
    }
}
