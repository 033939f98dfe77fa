package org.lesionforge.phantom;

/**
 * What to draw.
 *
 * @param benignLesions number of lesions, not of images
 * @param malignantLesions number of lesions, not of images
 * @param again chance that a lesion is photographed once more, asked after every photograph up to the {@value #MOST_PHOTOGRAPHS}th
 * @param size side of the images in pixels, {@value #SMALLEST} to {@value #LARGEST}
 * @param seed the same options with the same seed give the same images
 */
public record PhantomOptions(int benignLesions, int malignantLesions, double again, int size, long seed) {
    /** Least side of an image, in pixels. */
    public static final int SMALLEST = 16;
    /** Largest side of an image, in pixels. */
    public static final int LARGEST = 4096;

    static final int MOST_PHOTOGRAPHS = 5;

    /**
     * Refuses numbers out of their range.
     *
     * @param benignLesions at least 0, one lesion in all
     * @param malignantLesions at least 0, one lesion in all
     * @param again in [0, 1)
     * @param size {@value #SMALLEST} to {@value #LARGEST} pixels
     * @param seed any
     * @throws IllegalArgumentException when a number is out of its range; the message gives the number and the range
     */
    public PhantomOptions {
        if (benignLesions < 0 || malignantLesions < 0 || benignLesions + (long) malignantLesions < 1) {
            throw new IllegalArgumentException("expected at least one lesion and no negative number of them, got "
                    + benignLesions + " benign and " + malignantLesions + " malignant");
        }
        if (!(again >= 0 && again < 1)) {
            throw new IllegalArgumentException("expected a chance of another photograph in [0, 1), got " + again);
        }
        checkSize(size);
    }

    static void checkSize(int size) {
        if (size < SMALLEST || size > LARGEST) {
            throw new IllegalArgumentException(
                    "expected a size of " + SMALLEST + " to " + LARGEST + " pixels, got " + size);
        }
    }
}
