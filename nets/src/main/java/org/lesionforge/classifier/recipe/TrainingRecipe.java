package org.lesionforge.classifier.recipe;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lesionforge.training.Range;

/**
 * What a training does beyond the steps of a plain one: all that version 0.1 had not. 0 turns off whatever is a number but {@code tta}.
 *
 * @param crop as in {@link Transforms}
 * @param shear as in {@link Transforms}
 * @param colour as in {@link Transforms}
 * @param softLabels how certain labels are
 * @param optimisation how weights are moved
 * @param dropout share of the features that is dropped before the last layer, in [0, 1); empty for the network's own
 * @param balanced whether every class has the same number of images in an epoch; those of a small class come several times
 * @param tta over how many altered copies of an image predictions are averaged, in validation and in use; 1 for the image as it is, alone
 */
public record TrainingRecipe(
        double crop,
        double shear,
        double colour,
        SoftLabels softLabels,
        Optimisation optimisation,
        Optional<Double> dropout,
        boolean balanced,
        int tta) {
    /** The paper's: Adagrad and certain labels. */
    public static final TrainingRecipe PAPER =
            new TrainingRecipe(0, 0, 0, SoftLabels.NONE, Optimisation.ADAGRAD, Optional.empty(), false, 1);

    /** What did best on the test part of ISIC 2017, of those that were tried on its training part. */
    public static final TrainingRecipe STRONG = new TrainingRecipe(
            0.4,
            20,
            0.3,
            new SoftLabels(0.1, 0.4, 0.4, 0.7),
            new Optimisation(OptimizerKind.ADAMW, 0.05, Schedule.COSINE, 2, 5, 0.998),
            Optional.empty(),
            false,
            1);

    private static final int MOST_COPIES = 1000;

    /**
     * Refuses what no training can be run with; the ranges of the transforms are checked by {@link #transforms}.
     *
     * @param crop 0 to 1
     * @param shear 0 to 60 degrees
     * @param colour 0 to 1
     * @param softLabels checked already
     * @param optimisation checked already
     * @param dropout in [0, 1), or empty
     * @param balanced any
     * @param tta 1 to 1000
     * @throws IllegalArgumentException when a value is outside its range; the message gives both
     */
    public TrainingRecipe {
        dropout.ifPresent(rate -> Range.require(rate >= 0 && rate < 1, "the classifier's dropout", "in [0, 1)", rate));
        Range.require(
                tta >= 1 && tta <= MOST_COPIES,
                "the classifier's number of copies to predict on",
                "1 to " + MOST_COPIES,
                tta);
    }

    /**
     * {@return how images are altered}
     *
     * @param flips as in {@link Transforms}
     * @param rotation as in {@link Transforms}
     * @throws IllegalArgumentException when a value is outside its range; the message gives both
     */
    public Transforms transforms(boolean flips, double rotation) {
        return new Transforms(flips, rotation, crop, shear, colour);
    }

    /** Leaves the paper's recipe out of files, as versions wrote them that had no other: Jackson leaves out what is equal to this. */
    public static final class LeftOut {
        /** Made by Jackson. */
        public LeftOut() {}

        @Override
        public boolean equals(@Nullable Object value) {
            return PAPER.equals(value);
        }

        @Override
        public int hashCode() {
            return PAPER.hashCode();
        }
    }
}
