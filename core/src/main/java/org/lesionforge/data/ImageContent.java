package org.lesionforge.data;

import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

/** Where the pixels of an image are: a file, or a place in an array. Read from any thread. */
@FunctionalInterface
interface ImageContent {
    RgbImage read() throws UnreadableImageException;
}
