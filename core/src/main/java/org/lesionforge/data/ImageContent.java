package org.lesionforge.data;

import java.nio.file.Path;
import org.lesionforge.image.ImageDecoder;
import org.lesionforge.image.ReducedImage;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

/** Where the pixels of an image are: a file, or a place in an array. Read from any thread. */
@FunctionalInterface
interface ImageContent {
    /** A file. */
    record OfFile(Path file) implements ImageContent {
        @Override
        public RgbImage read() throws UnreadableImageException {
            return ImageDecoder.read(file);
        }

        @Override
        public ReducedImage readFor(int side) throws UnreadableImageException {
            return ImageDecoder.readFor(side, file);
        }
    }

    RgbImage read() throws UnreadableImageException;

    /** No larger than it must be to be shrunk to {@code side} pixels, where that saves time. */
    default ReducedImage readFor(int side) throws UnreadableImageException {
        return ReducedImage.whole(read());
    }
}
