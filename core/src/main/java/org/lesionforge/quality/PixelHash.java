package org.lesionforge.quality;

import java.nio.charset.StandardCharsets;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Sha256;

/** Tells images apart by what they show, not by the file they are in. */
final class PixelHash {
    private PixelHash() {}

    static byte[] of(RgbImage image) {
        byte[] sizes = (image.width() + "x" + image.height() + ":").getBytes(StandardCharsets.US_ASCII);
        return Sha256.of(sizes, image.pixels()).getBytes(StandardCharsets.US_ASCII);
    }
}
