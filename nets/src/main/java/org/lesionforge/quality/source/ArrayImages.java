package org.lesionforge.quality.source;

import java.nio.file.Path;
import java.util.Optional;
import org.lesionforge.data.ImageSet;
import org.lesionforge.data.synthetic.GeneratorMarks;
import org.lesionforge.io.NpyArray;

/**
 * The images of a uint8 array N × H × W × 3.
 *
 * @param file that holds the array
 */
record ArrayImages(NpyArray array, Path file) implements ImageSet {
    /** @throws org.lesionforge.io.UnusableInputException when its images have no pixels, or too many */
    ArrayImages {
        array.requireImageSize();
    }

    @Override
    public Optional<String> generated() {
        return new GeneratorMarks().ofArray(file).map(mark -> "its images were made by a generator (" + mark + ")");
    }

    @Override
    public int size() {
        return Math.toIntExact(array.shape()[0]);
    }

    @Override
    public int width(int i) {
        return Math.toIntExact(array.shape()[2]);
    }

    @Override
    public int height(int i) {
        return Math.toIntExact(array.shape()[1]);
    }

    @Override
    public String id(int i) {
        return String.valueOf(i);
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        int bytes = Math.toIntExact(3L * width(i) * height(i));
        array.bytes((long) i * bytes, target, offset, bytes);
    }
}
