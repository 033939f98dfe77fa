package org.lesionforge.image;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.lesionforge.io.Sha256;

/** Tells images apart by what they show, not by the file they are in. Hashes are SHA-256, 64 hexadecimal digits. */
public final class PixelHash {
    private PixelHash() {}

    /** Of the text {@code W×H:}, with an {@code x}, and the RGB bytes. */
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
