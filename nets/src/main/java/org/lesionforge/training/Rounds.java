package org.lesionforge.training;

import org.lesionforge.io.Seed;

/**
 * In which order images are trained on: round after round through all of them, each in an order of its own, cut into epochs. Where an epoch is
 * as long as a round, epoch k is round k.
 *
 * @param seed from which the orders follow
 * @param images in a round
 * @param epochImages in an epoch
 */
public record Rounds(Seed seed, int images, int epochImages) {
    /**
     * {@return the images of an epoch, in their order}
     *
     * @param epoch from 1
     */
    public int[] epoch(int epoch) {
        int[] order = new int[epochImages];
        long first = (epoch - 1L) * epochImages;
        for (int done = 0; done < epochImages; ) {
            long round = (first + done) / images;
            int from = (int) ((first + done) % images);
            int count = Math.min(images - from, epochImages - done);
            System.arraycopy(seed.at(round + 1).permutation(images), from, order, done, count);
            done += count;
        }
        return order;
    }
}
