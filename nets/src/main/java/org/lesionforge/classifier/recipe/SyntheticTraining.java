package org.lesionforge.classifier.recipe;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.training.Range;

/**
 * How synthetic images among the training images are learned. Where there are none, it changes nothing.
 *
 * @param weight of a synthetic image's loss, where that of any other has 1
 * @param first whether the first epochs are of synthetic images alone and the later ones of the others alone; steps and learning rates
 *     are those of a training that mixes them
 */
public record SyntheticTraining(double weight, boolean first) {
    /** As if they were real ones. */
    public static final SyntheticTraining LIKE_REAL = new SyntheticTraining(1, false);

    /**
     * Refuses a weight that is none.
     *
     * @param weight above 0
     * @param first any
     * @throws IllegalArgumentException when the weight is outside its range; the message gives both
     */
    public SyntheticTraining {
        Range.require(
                weight > 0 && Double.isFinite(weight),
                "the classifier's weight of synthetic images",
                "above 0",
                weight);
    }

    /**
     * Refuses a training that cannot take synthetic images first, where they are to come first.
     *
     * @param freeze whether the last layer alone is fitted
     * @param epochs of the training
     * @throws IllegalArgumentException when there are no two epochs, one for each kind
     */
    public void requireFor(boolean freeze, int epochs) {
        if (first && (freeze || epochs < 2)) {
            throw new IllegalArgumentException(
                    "--synthetic-first needs at least 2 epochs, one of synthetic images and one of the others; "
                            + (freeze ? "a last layer that is fitted alone has none" : "got " + epochs));
        }
    }

    /**
     * Refuses what synthetic images are learned by where there are none.
     *
     * @param why there are none, and what to do
     * @throws IllegalArgumentException when this says anything of them
     */
    public void requireNone(String why) {
        if (!equals(LIKE_REAL)) {
            throw new IllegalArgumentException(
                    "--" + (first ? "synthetic-first" : "synthetic-weight") + " would change nothing, for " + why);
        }
    }

    /**
     * {@return how many epochs come first, of synthetic images alone} Their share of the epochs is that of the synthetic images among all,
     * rounded, so that each image is shown about as often as where they are mixed; of either kind there is at least one.
     *
     * @param epochs of the training, at least 2 where synthetic images come first
     * @param synthetic images among those that are trained on
     * @param images that are trained on, at least one of them not synthetic
     */
    public int firstEpochs(int epochs, int synthetic, int images) {
        return first && synthetic > 0
                ? (int) Math.max(1, Math.min(epochs - 1, Math.round((double) epochs * synthetic / images)))
                : 0;
    }

    /**
     * {@return what each image weighs in the loss} The mean over the images is 1, so that the learning rate means what it means without weights.
     *
     * @param synthetic for each training image, whether it is synthetic
     */
    public double[] weights(boolean[] synthetic) {
        double[] weights = IntStream.range(0, synthetic.length)
                .mapToDouble(i -> synthetic[i] ? weight : 1)
                .toArray();
        double mean = DoubleStream.of(weights).sum() / weights.length;
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= mean;
        }
        return weights;
    }

    /** Leaves synthetic images that are learned like real ones out of files, as versions wrote them that knew no other way. */
    public static final class LeftOut {
        /** Made by Jackson. */
        public LeftOut() {}

        @Override
        public boolean equals(@Nullable Object value) {
            return LIKE_REAL.equals(value);
        }

        @Override
        public int hashCode() {
            return LIKE_REAL.hashCode();
        }
    }
}
