package org.lesionforge.data;

/**
 * Images that are added to a training part: generated images, or copies of its own. They can be added only to a training part
 * ({@link TrainingPart#plus}).
 *
 * <p>Implementations are safe to read from several threads.
 */
public interface AddedImages {
    /** {@return the number of images} */
    int size();

    /**
     * {@return the class that image {@code i} stands for}
     *
     * @param i 0 to {@link #size()} − 1
     */
    String className(int i);

    /**
     * {@return whether image {@code i} was generated; a copy of a real one was not}
     *
     * @param i 0 to {@link #size()} − 1
     */
    boolean isSynthetic(int i);

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
