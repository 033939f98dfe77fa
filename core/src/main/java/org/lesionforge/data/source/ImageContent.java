package org.lesionforge.data.source;

import java.nio.file.Path;
import java.util.Optional;
import org.lesionforge.image.ReducedImage;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;

/** The source of an image's pixels: a file, or a place in an array. Safe to use from several threads. */
@FunctionalInterface
public interface ImageContent {
    /** A file. */
    record OfFile(Path path) implements ImageContent {
        @Override
        public Optional<Path> file() {
            return Optional.of(path);
        }

        @Override
        public RgbImage read() throws UnreadableImageException {
            return ImageDecoder.read(path);
        }

        @Override
        public ReducedImage readFor(int side) throws UnreadableImageException {
            return ImageDecoder.readFor(side, path);
        }
    }

    /**
     * {@return the pixels, upright}
     *
     * @throws UnreadableImageException when there is no readable image, with a short reason
     */
    RgbImage read() throws UnreadableImageException;

    /** {@return the image's own file; empty for a place in an array} */
    default Optional<Path> file() {
        return Optional.empty();
    }

    /**
     * {@return the image, no larger than it must be to be shrunk to {@code side} pixels, where that saves time}
     *
     * @param side in pixels, at least 1
     * @throws UnreadableImageException when there is no readable image, with a short reason
     */
    default ReducedImage readFor(int side) throws UnreadableImageException {
        return ReducedImage.whole(read());
    }
}
