package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.recipe.Optimisation;
import org.lesionforge.classifier.recipe.SoftLabels;
import org.lesionforge.classifier.recipe.TrainingRecipe;
import org.lesionforge.run.Budget;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;

/** Every arm has the same recipe, and the same steps or the same epochs of real images, of which there are 60 benign and 20 malignant ones. */
final class EqualBudgetTest {
    private static final int EPOCHS = 10;
    private static final int[] REAL = {60, 20};

    /** Ten epochs in batches of 16. */
    private static ClassifierOptions options(Budget budget, boolean balanced, int... counts) {
        ClassifierOptions classifier = ClassifierOptions.paper()
                .with()
                .epochs(EPOCHS)
                .batch(16)
                .training(new TrainingRecipe(
                        0, 0, 0, SoftLabels.NONE, Optimisation.ADAGRAD, Optional.empty(), balanced, 1))
                .build();
        Trial trial = new Trial(Arm.of("dcgan"), new Trial.Classifier("toy", "Toy", true), 3);
        return ExperimentOptions.DEFAULTS
                .with()
                .budget(budget)
                .classifier(classifier)
                .build()
                .classifier(trial, 80, counts, REAL);
    }

    private static int steps(Budget budget, boolean balanced, int... counts) {
        return options(budget, balanced, counts).steps(IntStream.of(counts).sum());
    }

    private static double realEpochs(Budget budget, boolean balanced, int... counts) {
        ClassifierOptions options = options(budget, balanced, counts);
        int epoch = options.epochImages() == 0 ? IntStream.of(counts).sum() : options.epochImages();
        return EPOCHS * epoch * Budget.realShare(counts, REAL, balanced) / 80;
    }

    @Test
    void equalStepsShowRealImagesLessOftenWhereThereAreOthers() {
        // 80 images are 5 batches of 16.
        assertEquals(50, steps(Budget.STEPS, false, 60, 20));
        assertEquals(50, steps(Budget.STEPS, false, 60, 60));
        assertEquals(50, steps(Budget.STEPS, true, 60, 100));
        assertEquals(10, realEpochs(Budget.STEPS, false, 60, 20), 1e-12);
        // Of 120 images 80 are real: ten epochs of 80 show 533 real ones.
        assertEquals(20.0 / 3, realEpochs(Budget.STEPS, false, 60, 60), 1e-12);
    }

    @Test
    void equalEpochsOfRealImagesTakeMoreStepsWhereThereAreOthers() {
        assertEquals(50, steps(Budget.EPOCHS, false, 60, 20));
        // 120 images are 7 batches of 16 and one of 8.
        assertEquals(80, steps(Budget.EPOCHS, false, 60, 60));
        assertEquals(10, realEpochs(Budget.EPOCHS, false, 60, 20), 1e-12);
        assertEquals(10, realEpochs(Budget.EPOCHS, false, 60, 60), 1e-12);
        assertEquals(0, options(Budget.EPOCHS, false, 60, 60).epochImages(), "all once, as before");
    }

    /** Shown as often as the other, a class of 20 real and 80 drawn images shows 0.2 real ones each time. */
    @Test
    void balancedClassesNeedAnotherLengthForTheSameEpochsOfRealImages() {
        assertEquals(0.6, Budget.realShare(new int[] {60, 100}, REAL, true), 1e-12);
        // 80 / 0.6 = 133.3, not the 160 that the arm has: 8 batches of 16 and one of 5.
        assertEquals(133, options(Budget.EPOCHS, true, 60, 100).epochImages());
        assertEquals(90, steps(Budget.EPOCHS, true, 60, 100));
        assertEquals(10, realEpochs(Budget.EPOCHS, true, 60, 100), 0.03);
        assertEquals(10, realEpochs(Budget.EPOCHS, true, 60, 20), 1e-12);
        assertEquals(10, realEpochs(Budget.EPOCHS, true, 60, 60), 1e-12);
        // Drawn images alone in the place of the malignant ones: half of what is shown is real.
        assertEquals(0.5, Budget.realShare(new int[] {60, 60}, new int[] {60, 0}, true), 1e-12);
        assertEquals(0.5, Budget.realShare(new int[] {60, 60}, new int[] {60, 0}, false), 1e-12);
    }

    @Test
    void nothingOfTheRecipeIsAnArmsOwn() {
        ClassifierOptions none = options(Budget.STEPS, false, 60, 20);
        assertEquals(none, options(Budget.STEPS, false, 60, 60));
        assertEquals(
                none,
                options(Budget.EPOCHS, false, 60, 60).with().epochImages(80).build());
    }
}
