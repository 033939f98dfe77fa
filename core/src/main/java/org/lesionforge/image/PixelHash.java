package org.lesionforge.image;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.lesionforge.io.Sha256;

/** Identifies images by their pixels, not by their files. Hashes are SHA-256, 64 hexadecimal digits. */
public final class PixelHash {
    private PixelHash() {}

    /**
     * {@return the hash of the text {@code W×H:}, with an {@code x}, followed by the RGB bytes}
     *
     * @param width in pixels
     * @param height in pixels
     * @param pixels {@code height × width × 3} bytes, row by row, red first
     */
    public static String of(int width, int height, byte[] pixels) {
        return Sha256.of((width + "x" + height + ":").getBytes(StandardCharsets.US_ASCII), pixels);
    }

    /**
     * {@return the hash of the image's size and pixels}
     *
     * @param image of any size
     */
    public static String of(RgbImage image) {
        return of(image.width(), image.height(), image.pixels());
    }

    /**
     * {@return one hash of many images}
     *
     * @param hashes of each image, in order; another order gives another hash
     */
    public static String ofAll(Stream<String> hashes) {
        return Sha256.of(
                hashes.map(hash -> hash.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new));
    }
}
