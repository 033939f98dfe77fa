package org.lesionforge.data;

import java.util.List;
import org.lesionforge.image.PixelHash;
import org.lesionforge.io.UnusableInputException;

/**
 * Square images with labels, the input of nets. Index {@code i} runs from 0 to {@link #size()} − 1.
 *
 * <p>Implementations are immutable and safe to read from several threads.
 */
public sealed interface LabelledImages permits TrainingImages, RealPart {
    /** {@return the number of images} */
    int size();

    /** {@return the class names in the order of their labels} */
    List<String> classes();

    /**
     * {@return the index into {@link #classes()} of image {@code i}}
     *
     * @param i 0 to {@link #size()} − 1
     */
    int label(int i);

    /**
     * {@return the identifier of image {@code i}, unique in its data set; synthetic images start with
     * {@code synthetic-}, copies with {@code copy-}}
     *
     * @param i 0 to {@link #size()} − 1
     */
    String id(int i);

    /**
     * {@return the group of image {@code i}: images of one group (patient, lesion, an image and its copies) tell of each
     * other, so they are divided and resampled together}
     *
     * @param i 0 to {@link #size()} − 1
     */
    String group(int i);

    /** {@return the sides, in pixels, at which images can be read, smallest first} */
    List<Integer> sides();

    /**
     * Copies image {@code i} at {@code side × side} as RGB bytes, row by row, to {@code target} from {@code offset}.
     *
     * @param i 0 to {@link #size()} − 1
     * @param side one of {@link #sides()}, in pixels
     * @param target with room for {@code side × side × 3} bytes from {@code offset} on
     * @param offset where the first byte goes
     * @throws UnusableInputException when {@code side} is not one of {@link #sides()}; the message names those there
     *     are
     */
    void read(int i, int side, byte[] target, int offset);

    /**
     * {@return these images at one of {@link #sides()}; another is refused when the first image is read}
     *
     * @param side in pixels
     */
    default ImagesAtSide at(int side) {
        return new ImagesAtSide(this, side);
    }

    /**
     * {@return these images at the smallest of {@link #sides()} that is at least {@code least} pixels, else at the
     * largest}
     *
     * @param least in pixels
     */
    default ImagesAtSide atLeast(int least) {
        List<Integer> sides = sides();
        return at(sides.stream().filter(side -> side >= least).findFirst().orElse(sides.get(sides.size() - 1)));
    }

    /** {@return these images at the largest of {@link #sides()}} */
    default ImagesAtSide atLargest() {
        return at(sides().get(sides().size() - 1));
    }

    /**
     * {@return the {@link PixelHash} of image {@code i} at {@code side × side}}
     *
     * @param i 0 to {@link #size()} − 1
     * @param side one of {@link #sides()}, in pixels
     */
    default String sha256(int i, int side) {
        return PixelHash.of(at(side).image(i));
    }
}
