package org.lesionforge.metric.fidelity;

/** One feature vector per image, in memory or in a file. Safe to read from several threads. */
public interface Features {
    /** Number of images n. */
    int count();

    /** Length d of each vector. */
    int dimensions();

    /** Copies the d values of image {@code i} to {@code target}, from {@code offset} on. */
    void read(int i, float[] target, int offset);

    /** A copy of the d values of image {@code i}. */
    default float[] vector(int i) {
        float[] values = new float[dimensions()];
        read(i, values, 0);
        return values;
    }
}
