package org.lesionforge.metric.fidelity;

/** One feature vector per image, in memory or in a file. Safe to read from several threads. */
public interface Features {
    /** {@return the number of images n} */
    int count();

    /** {@return the length d of each vector} */
    int dimensions();

    /**
     * Copies the d values of image {@code i} to {@code target}, from {@code offset} on.
     *
     * @param i from 0 to n − 1
     * @param target with room for d values from {@code offset} on
     * @param offset where the first value goes
     */
    void read(int i, float[] target, int offset);

    /**
     * {@return a copy of the d values of image {@code i}}
     *
     * @param i from 0 to n − 1
     */
    default float[] vector(int i) {
        float[] values = new float[dimensions()];
        read(i, values, 0);
        return values;
    }
}
