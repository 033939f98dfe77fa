package org.lesionforge.classifier;

/**
 * Sums over the images of an epoch, as far as it has come.
 *
 * @param images that were trained on
 * @param lossSum of their losses, in nats
 * @param correct how many of them were classified rightly
 */
record Tally(long images, double lossSum, long correct) {
    static final Tally NONE = new Tally(0, 0, 0);

    /** With some more images, of whose losses the mean is known. */
    Tally plus(int count, double meanLoss, long correctCount) {
        return new Tally(images + count, lossSum + count * meanLoss, correct + correctCount);
    }

    double loss() {
        return lossSum / images;
    }

    double accuracy() {
        return (double) correct / images;
    }
}
