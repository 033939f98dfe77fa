package org.lesionforge.generator.adversarial.net;

/**
 * Convolutions that halve a side exactly, and transposed ones that double it.
 *
 * @param kernel side of the kernel in pixels, 4 or 5
 */
public record StrideTwo(int kernel) {
    /** {@return the padding that makes a convolution halve its input exactly} */
    public int padding() {
        return (kernel - 1) / 2;
    }

    /** {@return what a transposed convolution needs beside it to double its input exactly} */
    public int outputPadding() {
        return kernel - 4;
    }
}
