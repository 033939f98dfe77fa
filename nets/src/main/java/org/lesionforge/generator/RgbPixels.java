package org.lesionforge.generator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lesionforge.image.RgbImage;

/** Drawn bytes as images. */
final class RgbPixels {
    private RgbPixels() {}

    /** @param pixels of images of {@code side}, one after another */
    static List<RgbImage> split(byte[] pixels, int side, int channels) {
        if (channels != GeneratorOptions.RGB) {
            throw new IllegalArgumentException(
                    "images in colour have " + GeneratorOptions.RGB + " channels, this generator draws " + channels);
        }
        int imageBytes = side * side * channels;
        List<RgbImage> images = new ArrayList<>();
        for (int at = 0; at < pixels.length; at += imageBytes) {
            images.add(RgbImage.wrap(side, side, Arrays.copyOfRange(pixels, at, at + imageBytes)));
        }
        return images;
    }
}
