package org.lesionforge.generator.zoo;

/**
 * Convolutions that halve a side exactly, and transposed ones that double it.
 *
 * @param kernel side of the kernel in pixels, 4 or 5
 */
record StrideTwo(int kernel) {
    /** Padding that makes a convolution halve its input exactly. */
    int padding() {
        return (kernel - 1) / 2;
    }

    /** What a transposed convolution needs beside it to double its input exactly. */
    int outputPadding() {
        return kernel - 4;
    }
}
