package org.lesionforge.data.added;

import org.lesionforge.data.AddedImages;
import org.lesionforge.io.Seed;

/**
 * The same images with their classes permuted among them: as many of each class as before, and no image's class says any more what it shows. What a
 * classifier gains by them it does not gain by what they show of the classes.
 */
public final class ShuffledClasses implements AddedImages {
    private final AddedImages images;
    private final int[] order;

    /**
     * Permutes the classes.
     *
     * @param images of several classes
     * @param seed a different one gives another permutation
     */
    public ShuffledClasses(AddedImages images, long seed) {
        this.images = images;
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
    public int size() {
        return images.size();
    }

    @Override
    public String className(int i) {
        return images.className(order[i]);
    }

    @Override
    public boolean isSynthetic(int i) {
        return images.isSynthetic(i);
    }

    @Override
    public String id(int i) {
        return images.id(i);
    }

    @Override
    public String group(int i) {
        return images.group(i);
    }

    @Override
    public void read(int i, int side, byte[] target, int offset) {
        images.read(i, side, target, offset);
    }
}
