package org.lesionforge.image.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.jpeg.JpegSegments;

/**
 * The orientation of an image, tag 0x0112 (1…8) of EXIF or TIFF: read from an EXIF block or from a JPEG file's segment
 * APP1, and applied to pixels.
 *
 * <p>A damaged EXIF block counts as upright, as in every viewer.
 */
final class Orientation {
    static final int UPRIGHT = 1;

    private static final int TAG = 0x0112;
    private static final int APP1 = 0xE1;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private Orientation() {}

    static int ofJpeg(byte[] file) {
        for (JpegSegments.Segment segment : JpegSegments.of(file)) {
            if (segment.marker() == APP1 && segment.startsWith(file, EXIF)) {
                return ofExif(file, segment.start(), segment.end());
            }
        }
        return UPRIGHT;
    }

    /** @param start of the TIFF structure in {@code file}, or of the letters "Exif" that some programs put before it */
    static int ofExif(byte[] file, int start, int end) {
        int tiff = end - start >= EXIF.length && Arrays.equals(file, start, start + EXIF.length, EXIF, 0, EXIF.length)
                ? start + EXIF.length
                : start;
        try {
            return valid(
                    TiffDirectory.of(ByteBuffer.wrap(file, tiff, end - tiff).slice())
                            .value(TAG, UPRIGHT));
        } catch (IndexOutOfBoundsException e) {
            return UPRIGHT;
        }
    }

    /** {@code value}, or upright where the standard has no such value. */
    static int valid(long value) {
        return value >= 1 && value <= 8 ? (int) value : UPRIGHT;
    }

    /** {@code image} turned upright. */
    static RgbImage apply(RgbImage image, int orientation) {
        if (orientation == UPRIGHT) {
            return image;
        }
        boolean transposed = orientation >= 5;
        int width = transposed ? image.height() : image.width();
        int height = transposed ? image.width() : image.height();
        byte[] source = image.pixels();
        byte[] target = new byte[source.length];
        int right = image.width() - 1;
        int bottom = image.height() - 1;
        int out = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                // Position of the upright pixel (x, y) in the stored image, by the cases of EXIF 2.3 table 6.
                int fromX =
                        switch (orientation) {
                            case 2, 3 -> right - x;
                            case 4 -> x;
                            case 5, 6 -> y;
                            default -> right - y;
                        };
                int fromY =
                        switch (orientation) {
                            case 2 -> y;
                            case 3, 4 -> bottom - y;
                            case 5, 8 -> x;
                            default -> bottom - x;
                        };
                System.arraycopy(source, (fromY * image.width() + fromX) * 3, target, out, 3);
                out += 3;
            }
        }
        return RgbImage.wrap(width, height, target);
    }
}
