package org.lesionforge.data;

/**
 * Images of one class that are added to a training part to balance it: generated ones, or copies of its own. Only a training part can take
 * them ({@link TrainingPart#plus}).
 *
 * <p>Implementations are safe to read from several threads.
 */
public sealed interface AddedImages permits SyntheticSet, TrainingCopies {
    int size();

    /** The class every image of the set stands for. */
    String className();

    /** The identifier of image {@code i}, unique in the set. */
    String id(int i);

    /** Copies image {@code i} at {@code side × side} as RGB bytes to {@code target} from {@code offset}. */
    void read(int i, int side, byte[] target, int offset);
}
