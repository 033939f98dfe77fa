package org.lesionforge.quality;

/** The vector of one image, in memory or in a file. Safe to read from several threads. */
interface KeptVector {
    /** Copies {@code count} values, from the {@code first} on, to {@code target} from {@code offset} on. */
    void read(int first, int count, float[] target, int offset);
}
