package org.lesionforge.image;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.lesionforge.io.Sha256;

/** Identifies images by their pixels, not by their files. Hashes are SHA-256, 64 hexadecimal digits. */
public final class PixelHash {
    private PixelHash() {}

    /** The hash of the text {@code W×H:}, with an {@code x}, followed by the RGB bytes. */
    public static String of(int width, int height, byte[] pixels) {
        return Sha256.of((width + "x" + height + ":").getBytes(StandardCharsets.US_ASCII), pixels);
    }

    public static String of(RgbImage image) {
        return of(image.width(), image.height(), image.pixels());
    }

    /** Of many images, from the hashes of each, in order. */
    public static String ofAll(Stream<String> hashes) {
        return Sha256.of(
                hashes.map(hash -> hash.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new));
    }
}
