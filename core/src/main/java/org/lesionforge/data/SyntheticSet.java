package org.lesionforge.data;

/**
 * Generated images of one class. Their identifiers are {@code synthetic-<run>-<index>}; they are resampled to any side.
 */
public interface SyntheticSet extends AddedImages {
    /** {@return the class every image of the set stands for} */
    String className();

    @Override
    default String className(int i) {
        return className();
    }

    @Override
    default boolean isSynthetic(int i) {
        return true;
    }
}
