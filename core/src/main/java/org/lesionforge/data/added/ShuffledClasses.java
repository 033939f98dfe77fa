package org.lesionforge.data.added;

import org.lesionforge.data.AddedImages;
import org.lesionforge.io.Seed;

/**
 * The same images with their classes permuted among them: as many of each class as before, and no image's class says any more what it shows. What a
 * classifier gains by them it does not gain by what they show of the classes.
 */
public final class ShuffledClasses extends ForwardingImages {
    private final int[] order;

    /**
     * Permutes the classes.
     *
     * @param images of several classes
     * @param seed a different one gives another permutation
     */
    public ShuffledClasses(AddedImages images, long seed) {
        super(images);
        order = order(images.size(), seed);
    }

    /**
     * {@return whose class each of some images has}
     *
     * @param images how many there are
     * @param seed as of the constructor
     */
    public static int[] order(int images, long seed) {
        return new Seed(seed).of("shuffled classes").permutation(images);
    }

    @Override
    public String className(int i) {
        return super.className(order[i]);
    }
}
