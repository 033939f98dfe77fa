package org.lesionforge.training;

/**
 * Sums over the images of an epoch, as far as it has come.
 *
 * @param images that were trained on
 * @param lossSum of their losses, in nats
 * @param correct how many of them were classified rightly
 */
public record Tally(long images, double lossSum, long correct) {
    /** Before the first image. */
    public static final Tally NONE = new Tally(0, 0, 0);

    /**
     * {@return the sums with some more images}
     *
     * @param count of these images
     * @param meanLoss of their losses, in nats
     * @param correctCount how many of them were classified rightly
     */
    public Tally plus(int count, double meanLoss, long correctCount) {
        return new Tally(images + count, lossSum + count * meanLoss, correct + correctCount);
    }

    /** {@return the mean loss in nats; {@code NaN} before the first image} */
    public double loss() {
        return lossSum / images;
    }

    /** {@return the share that was classified rightly; {@code NaN} before the first image} */
    public double accuracy() {
        return (double) correct / images;
    }
}
