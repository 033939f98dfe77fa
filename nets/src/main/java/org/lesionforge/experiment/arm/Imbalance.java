package org.lesionforge.experiment.arm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.arm.Arm;

/**
 * Which class is scarce in a training part, and how many images it lacks.
 *
 * @param minority the class with the fewest training images
 * @param present how many it has
 * @param lacking how many more balance it: majority − minority, or what the user asked for; 0 where no arm needs to know
 */
public record Imbalance(String minority, int present, int lacking) {
    /**
     * The imbalance that the arms treat.
     *
     * @param training whose classes are counted
     * @param arms of the experiment
     * @param synthetic how many images balancing arms add; null for majority − minority
     * @return the scarce class with its numbers; empty when no arm adds images
     * @throws UnusableInputException when an arm is to balance classes that are balanced and no number was asked for,
     *     or when an arm's ratio gives no image
     */
    public static Optional<Imbalance> of(TrainingPart training, List<Arm> arms, @Nullable Integer synthetic) {
        if (arms.stream().noneMatch(Arm::adds)) {
            return Optional.empty();
        }
        int[] counts = training.counts();
        int fewest = 0;
        int most = 0;
        for (int c = 1; c < counts.length; c++) {
            fewest = counts[c] < counts[fewest] ? c : fewest;
            most = counts[c] > counts[most] ? c : most;
        }
        int lacking = synthetic == null ? counts[most] - counts[fewest] : synthetic;
        if (lacking < 1 && arms.stream().anyMatch(Arm::balances)) {
            throw new UnusableInputException("the training part is balanced already (" + counts[fewest]
                    + " images of each class), so nothing is to be added; ask for a number with --synthetic N");
        }
        Imbalance imbalance = new Imbalance(training.classes().get(fewest), counts[fewest], lacking);
        arms.forEach(imbalance::requireAny);
        return Optional.of(imbalance);
    }

    /**
     * {@return how many images of the scarce class an arm adds to what it keeps}
     *
     * @param arm of the experiment
     */
    public int addedBy(Arm arm) {
        return arm.adds() ? arm.amount().images(present, arm.only() ? present + lacking : lacking) : 0;
    }

    /**
     * {@return how many real images of each class an arm keeps of a training part}
     *
     * @param arm of the experiment
     * @param training part before the arm's treatment
     * @param imbalance of it
     */
    public static int[] real(Arm arm, TrainingPart training, Optional<Imbalance> imbalance) {
        return arm.only()
                ? training.withoutClass(imbalance.orElseThrow().minority()).counts()
                : training.counts();
    }

    /**
     * {@return how many images of each class an arm trains on, added ones among them}
     *
     * @param arm of the experiment
     * @param training part before the arm's treatment
     * @param imbalance of it
     */
    public static int[] counts(Arm arm, TrainingPart training, Optional<Imbalance> imbalance) {
        int[] counts = real(arm, training, imbalance);
        imbalance.ifPresent(missing -> counts[training.classes().indexOf(missing.minority())] += missing.addedBy(arm));
        return counts;
    }

    /**
     * {@return how many images the arm adds that adds most of a family}
     *
     * @param arms of the experiment
     * @param family of generators
     */
    public int mostAdded(List<Arm> arms, String family) {
        return arms.stream()
                .filter(arm -> arm.family().filter(family::equals).isPresent())
                .mapToInt(this::addedBy)
                .max()
                .orElse(0);
    }

    private void requireAny(Arm arm) {
        if (arm.adds() && !arm.balances() && addedBy(arm) < 1) {
            throw new UnusableInputException("the arm " + arm.word() + " adds no image: class '" + minority + "' has "
                    + present + " training images, and so small a share of them is none; ask for a larger ratio");
        }
    }
}
