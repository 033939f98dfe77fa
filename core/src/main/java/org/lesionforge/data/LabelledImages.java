package org.lesionforge.data;

import java.util.List;
import org.lesionforge.image.PixelHash;
import org.lesionforge.io.UnusableInputException;

/**
 * Square images at hand with their labels: what nets read. Index {@code i} runs from 0 to {@link #size()} − 1.
 *
 * <p>Implementations are immutable and safe to read from several threads.
 */
public sealed interface LabelledImages permits TrainingImages, RealPart {
    int size();

    /** Class names in the order of their labels. */
    List<String> classes();

    /** The index into {@link #classes()} of image {@code i}. */
    int label(int i);

    /** The identifier of image {@code i}, unique in its data set; synthetic images start with {@code synthetic-}, copies with {@code copy-}. */
    String id(int i);

    /** The sides, in pixels, at which images can be read, smallest first. */
    List<Integer> sides();

    /**
     * Copies image {@code i} at {@code side × side} as RGB bytes, row by row, to {@code target} from {@code offset}.
     *
     * @throws UnusableInputException when {@code side} is not one of {@link #sides()}; the message names those there are
     */
    void read(int i, int side, byte[] target, int offset);

    /** These images at one of {@link #sides()}; another is refused when the first image is read. */
    default ImagesAtSide at(int side) {
        return new ImagesAtSide(this, side);
    }

    /** These images at the smallest of {@link #sides()} that is at least {@code least} pixels, else at the largest. */
    default ImagesAtSide atLeast(int least) {
        List<Integer> sides = sides();
        return at(sides.stream().filter(side -> side >= least).findFirst().orElse(sides.get(sides.size() - 1)));
    }

    /** These images at the largest of {@link #sides()}. */
    default ImagesAtSide atLargest() {
        return at(sides().get(sides().size() - 1));
    }

    /** The {@link PixelHash} of image {@code i} at {@code side × side}. */
    default String sha256(int i, int side) {
        return PixelHash.of(at(side).image(i));
    }
}
