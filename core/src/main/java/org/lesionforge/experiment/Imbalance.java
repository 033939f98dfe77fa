package org.lesionforge.experiment;

import org.lesionforge.data.TrainingPart;
import org.lesionforge.io.UnusableInputException;

/**
 * Which class is scarce in a training part, and how many images it lacks.
 *
 * @param minority the class with the fewest training images
 * @param lacking how many synthetic images balance it: majority − minority, or what the user asked for
 */
record Imbalance(String minority, int lacking) {
    /** @throws UnusableInputException when the classes are balanced and no number was asked for */
    static Imbalance of(TrainingPart training, Integer asked) {
        int[] counts = training.counts();
        int fewest = 0;
        int most = 0;
        for (int c = 1; c < counts.length; c++) {
            fewest = counts[c] < counts[fewest] ? c : fewest;
            most = counts[c] > counts[most] ? c : most;
        }
        int lacking = asked == null ? counts[most] - counts[fewest] : asked;
        if (lacking < 1) {
            throw new UnusableInputException("the training part is balanced already (" + counts[fewest]
                    + " images of each class), so nothing is to be added; ask for a number with --synthetic N");
        }
        return new Imbalance(training.classes().get(fewest), lacking);
    }
}
