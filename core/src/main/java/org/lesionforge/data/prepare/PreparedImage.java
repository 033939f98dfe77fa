package org.lesionforge.data.prepare;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.image.PixelHash;
import org.lesionforge.image.ReducedImage;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.Fit;
import org.lesionforge.io.Sha256;

/**
 * A source image, decoded once and resampled to every size; or the reason why it is left out.
 *
 * @param pixels for each size; none when unreadable
 * @param sha256 of width, height and pixels as they were read, before resampling; empty when unreadable
 * @param problem why it cannot be in the data set; empty when it can
 */
record PreparedImage(SourceImage image, Pixels[] pixels, int width, int height, String sha256, String problem) {
    /** A square image with its {@link PixelHash}, which is computed here, where all cores are used. */
    record Pixels(byte[] bytes, String sha256) {
        private static Pixels of(RgbImage image) {
            return new Pixels(image.pixels(), PixelHash.of(image));
        }
    }

    static PreparedImage of(SourceImage image, List<Integer> sizes, Fit fit, boolean exact) {
        try {
            ReducedImage decoded = exact
                    ? ReducedImage.whole(image.content().read())
                    : image.content().readFor(Collections.max(sizes));
            List<RgbImage> squares =
                    exact ? sizes.stream().map(side -> fit.apply(decoded, side)).toList() : fit.apply(decoded, sizes);
            Pixels[] pixels = squares.stream().map(Pixels::of).toArray(Pixels[]::new);
            byte[] size = ByteBuffer.allocate(8)
                    .putInt(decoded.width())
                    .putInt(decoded.height())
                    .array();
            String hash = Sha256.of(size, decoded.image().pixels());
            return new PreparedImage(image, pixels, decoded.width(), decoded.height(), hash, "");
        } catch (UnreadableImageException e) {
            return new PreparedImage(image, new Pixels[0], 0, 0, "", e.getMessage());
        }
    }

    boolean isReadable() {
        return !sha256.isEmpty();
    }

    /** This image without pixels, to keep in memory. */
    PreparedImage withoutPixels() {
        return new PreparedImage(image, new Pixels[0], width, height, sha256, problem);
    }

    PreparedImage withProblem(String newProblem) {
        return new PreparedImage(image, pixels, width, height, sha256, newProblem);
    }

    PreparedImage withImage(SourceImage newImage) {
        return new PreparedImage(newImage, pixels, width, height, sha256, problem);
    }
}
