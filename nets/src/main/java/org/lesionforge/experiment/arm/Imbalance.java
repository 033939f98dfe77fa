package org.lesionforge.experiment.arm;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.arm.Amount;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;
import org.lesionforge.run.arm.DrawnSet;

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
     *     or when an arm's amount gives no image of a class that it is of
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
        arms.forEach(arm -> imbalance.requireAny(arm, training));
        return Optional.of(imbalance);
    }

    /**
     * A number of images of all classes together, in the ratio of the real ones: rounded down, and what is left goes to the largest remainders.
     *
     * @param count of images in all
     * @param real how many real ones each class has, not all 0
     * @return how many each class gets
     */
    static int[] shares(int count, int... real) {
        long sum = IntStream.of(real).sum();
        int[] shares = IntStream.of(real)
                .map(each -> (int) ((long) count * each / sum))
                .toArray();
        int left = count - IntStream.of(shares).sum();
        IntStream.range(0, real.length)
                .boxed()
                .sorted(Comparator.comparingLong(c -> -((long) count * real[c] % sum)))
                .limit(left)
                .forEach(c -> shares[c]++);
        return shares;
    }

    /**
     * How many images of each class an arm adds to what it keeps. Where its source has every class, each gets as many for each of its real
     * images, so that an image's being an added one says nothing of its class.
     *
     * @param arm of the experiment
     * @param training part before the arm's treatment
     * @return numbers in the order of the classes; those of {@link ArmSource#REAL} are no added ones
     */
    public int[] added(Arm arm, TrainingPart training) {
        int[] real = training.counts();
        if (!arm.source().isOfEveryClass()) {
            int[] added = new int[real.length];
            added[training.classes().indexOf(minority)] = addedBy(arm);
            return added;
        }
        if (arm.source().equals(ArmSource.REAL)) {
            return new int[real.length];
        }
        return arm.amount() instanceof Amount.Count count
                ? shares(count.number(), real)
                : IntStream.of(real)
                        .map(each -> arm.amount().images(each, each))
                        .toArray();
    }

    /**
     * {@return how many images of the scarce class an arm of one class adds to what it keeps}
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
        if (imbalance.isPresent()) {
            int[] added = imbalance.get().added(arm, training);
            Arrays.setAll(counts, c -> counts[c] + added[c]);
        }
        return counts;
    }

    /**
     * {@return how many images of a class the arm adds that adds most of them from a drawn set}
     *
     * @param arms of the experiment
     * @param set of the images
     * @param training part before the arms' treatment
     * @param className of the images
     */
    public int mostAdded(List<Arm> arms, DrawnSet set, TrainingPart training, String className) {
        int label = training.classes().indexOf(className);
        return arms.stream()
                .filter(arm -> arm.drawn().filter(set::equals).isPresent())
                .mapToInt(arm -> added(arm, training)[label])
                .max()
                .orElse(0);
    }

    /**
     * {@return the classes that a generator of the experiment learns and draws}
     *
     * @param generator what it is called
     * @param training part that it learns from
     */
    public List<String> learned(String generator, TrainingPart training) {
        return ArmSource.isOfEveryClass(generator) ? training.classes() : List.of(minority);
    }

    private void requireAny(Arm arm, TrainingPart training) {
        if (arm.source().isOfEveryClass()) {
            int[] added = added(arm, training);
            for (int c = 0; c < added.length && !arm.source().equals(ArmSource.REAL); c++) {
                if (added[c] < 1) {
                    throw new UnusableInputException("the arm " + arm.word() + " adds no image of class '"
                            + training.classes().get(c) + "', which has " + training.counts()[c]
                            + " training images, and it is to add some of every class; ask for more");
                }
            }
            return;
        }
        if (arm.adds() && !arm.balances() && addedBy(arm) < 1) {
            throw new UnusableInputException("the arm " + arm.word() + " adds no image: class '" + minority + "' has "
                    + present + " training images, and so small a share of them is none; ask for a larger ratio");
        }
    }
}
