package org.lesionforge.generator;

import java.util.List;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Seed;

/** Draws images from a generator. Image i of a seed depends on (seed, i), and on its class, alone, whatever is drawn beside it. */
public interface Sampler extends AutoCloseable {
    /** {@return the side of the images in pixels} */
    int side();

    /** {@return values per pixel} */
    int channels();

    /**
     * Draws images.
     *
     * @param seed of all of them
     * @param first index of the first one
     * @param count how many, from there on
     * @param label their class; 0 where the family is not conditional
     * @return one after another, each side × side × channels, 0 to 255
     */
    byte[] pixels(Seed seed, long first, int count, int label);

    /**
     * Draws images in colour.
     *
     * @param seed of all of them
     * @param first index of the first one
     * @param count how many, from there on
     * @param label their class; 0 where the family is not conditional
     * @return the images
     */
    default List<RgbImage> images(Seed seed, long first, int count, int label) {
        return RgbPixels.split(pixels(seed, first, count, label), side(), channels());
    }

    /** {@return how many images it draws at a time: drawing fewer takes as long} */
    default int together() {
        return 32;
    }

    /**
     * {@return what draws images of the same weights sooner, if less exactly: to measure many snapshots, and to look at them; this one where it has
     * no such way}. Not to be closed; of no use once this one is.
     */
    default Sampler quick() {
        return this;
    }

    /** Frees the generator, where it was loaded for this sampler alone; those of a {@link GenerativeModel} are the model's. */
    @Override
    default void close() {}
}
