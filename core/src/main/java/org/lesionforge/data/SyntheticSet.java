package org.lesionforge.data;

/**
 * Generated images of one class. Only a training part can take them ({@link TrainingPart#plus}).
 *
 * <p>Implementations are safe to read from several threads.
 */
public interface SyntheticSet {
    int size();

    /** The class every image of the set stands for. */
    String className();

    /** {@code synthetic-<run>-<index>}. */
    String id(int i);

    /** Copies image {@code i}, resampled to {@code side × side}, as RGB bytes to {@code target} from {@code offset}. */
    void read(int i, int side, byte[] target, int offset);
}
