package org.lesionforge.feed;

import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.torch.OutOfMemory;

/** Takes images through a network as many at once as memory holds: all of a batch, until that is too many, and from then on half as many. */
public final class Pieces {
    /** What is done with some images of a batch. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it; called again with fewer images where memory was exhausted, so that it must change nothing before it is done.
         *
         * @param first of the images, counted from 0 in the batch
         * @param count of images
         */
        void on(int first, int count);
    }

    private int most = Integer.MAX_VALUE;

    /** Begins with whole batches. */
    public Pieces() {}

    /**
     * Takes a batch through, from its first image to its last.
     *
     * @param batch of so many images
     * @param work on some of them
     * @throws MissingRequirementException when there is no memory for a single image
     */
    public void of(int batch, Work work) {
        for (int first = 0; first < batch; ) {
            int count = Math.min(most, batch - first);
            try {
                work.on(first, count);
                first += count;
            } catch (RuntimeException e) {
                if (!OutOfMemory.is(e)) {
                    throw e;
                }
                if (count == 1) {
                    throw OutOfMemory.explained(
                            e,
                            "there is no memory to take even one image through the network; free memory that other programs"
                                    + " use, or compute on the CPU, with --device cpu");
                }
                most = count / 2;
            }
        }
    }
}
