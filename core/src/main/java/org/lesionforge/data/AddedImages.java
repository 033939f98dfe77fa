package org.lesionforge.data;

/**
 * Images of one class that are added to a training part to balance it: generated images, or copies of its own. They can
 * be added only to a training part ({@link TrainingPart#plus}).
 *
 * <p>Implementations are safe to read from several threads.
 */
public sealed interface AddedImages permits SyntheticSet, TrainingCopies {
    /** {@return the number of images} */
    int size();

    /** {@return the class every image of the set stands for} */
    String className();

    /**
     * {@return the identifier of image {@code i}, unique in the set}
     *
     * @param i 0 to {@link #size()} − 1
     */
    String id(int i);

    /**
     * {@return the group of image {@code i}: that of the real image it shows; its own identifier where it shows none}
     *
     * @param i 0 to {@link #size()} − 1
     */
    default String group(int i) {
        return id(i);
    }

    /**
     * Copies image {@code i} at {@code side × side} as RGB bytes to {@code target} from {@code offset}.
     *
     * @param i 0 to {@link #size()} − 1
     * @param side of the result, in pixels
     * @param target with room for {@code side × side × 3} bytes from {@code offset} on
     * @param offset where the first byte goes
     */
    void read(int i, int side, byte[] target, int offset);
}
