package org.lesionforge.classifier.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.image.SquareImages;
import org.lesionforge.io.Seed;

/**
 * Copies of an image, altered as in training, over which predictions are averaged. How a copy is altered follows from the seed, its number and the image's
 * own pixels: what is predicted for an image does not depend on which others are with it.
 *
 * @param count of copies of each image, at least 1
 * @param transforms that alter them
 * @param seed of the classifier
 */
public record AlteredCopies(int count, Transforms transforms, Seed seed) {
    /**
     * {@return what the draws of each image's copies follow from: the CRC-32 of its pixels}
     *
     * @param images all of them, each read once
     */
    public static long[] checksums(SquareImages images) {
        long[] checksums = new long[images.size()];
        byte[] pixels = new byte[images.imageBytes()];
        for (int i = 0; i < checksums.length; i++) {
            images.read(i, pixels, 0);
            CRC32 image = new CRC32();
            image.update(pixels);
            checksums[i] = image.getValue();
        }
        return checksums;
    }

    /**
     * A network's input: the same copy of some images.
     *
     * @param k its number, from 0
     * @param pixels n × side × side × 3, uint8, RGB, on the device where the input is to be
     * @param checksums of these images, as {@link #checksums(SquareImages)} gives them
     * @param normalise from values of 0 to 255 to what the network takes, value by value
     * @return n × 3 × side × side, in channels-last memory
     */
    public Tensor input(int k, Tensor pixels, long[] checksums, UnaryOperator<Tensor> normalise) {
        Seed copy = seed.of("copies").at(k);
        List<Seed> seeds = Arrays.stream(checksums).mapToObj(copy::at).toList();
        return transforms.apply(pixels, seeds, normalise);
    }
}
