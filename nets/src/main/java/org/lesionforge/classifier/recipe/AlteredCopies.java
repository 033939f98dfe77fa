package org.lesionforge.classifier.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
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
     * A network's input: the same copy of some images.
     *
     * @param k its number, from 0
     * @param pixels n × side × side × 3, RGB
     * @param n images
     * @param side of each image, in pixels
     * @param device where the input is to be
     * @param normalise from values of 0 to 255 to what the network takes, value by value
     * @return n × 3 × side × side, in channels-last memory
     */
    public Tensor input(int k, byte[] pixels, int n, int side, Device device, UnaryOperator<Tensor> normalise) {
        int length = 3 * side * side;
        List<Seed> seeds = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            CRC32 image = new CRC32();
            image.update(pixels, i * length, length);
            seeds.add(seed.of("copies").at(k).at(image.getValue()));
        }
        return transforms.apply(pixels, side, seeds, device, normalise);
    }
}
