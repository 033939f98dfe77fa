package org.lesionforge.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a camera was held, by EXIF tag 0x0112 (1…8): found in the bytes of a JPEG (APP1) or PNG (eXIf) file, and applied to pixels.
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
                return ofTiff(file, segment.start() + EXIF.length, segment.end());
            }
        }
        return UPRIGHT;
    }

    static int ofPng(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = 8;
        while (at + 8 <= file.length) {
            int length = bytes.getInt(at);
            if (length < 0 || length > file.length - at - 8) {
                break;
            }
            if (startsWith(file, at + 4, "eXIf".getBytes(StandardCharsets.US_ASCII))) {
                return ofTiff(file, at + 8, at + 8 + length);
            }
            at += 12 + length;
        }
        return UPRIGHT;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
        return Arrays.equals(bytes, at, at + prefix.length, prefix, 0, prefix.length);
    }

    private static int ofTiff(byte[] file, int start, int end) {
        if (end - start < 8) {
            return UPRIGHT;
        }
        ByteBuffer tiff = ByteBuffer.wrap(file, start, end - start).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return UPRIGHT;
        }
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries && directory + 2 + 12 * (i + 1) <= tiff.limit(); i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xFFFF) == TAG) {
                int value = tiff.getShort(entry + 8) & 0xFFFF;
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
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
                // Where the upright pixel (x, y) lies in the stored image, case by case as EXIF 2.3 table 6 has them.
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
