package org.lesionforge.image.jpeg;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The header of a JPEG file, before its pixels.
 *
 * @param width in pixels
 * @param height in pixels
 * @param usual whether libjpeg-turbo reads it as every decoder does, without a warning about the header: Huffman-coded,
 *     8 bits, either grey or certainly YCbCr, and of a known version of JFIF, if any; not CMYK, RGB without conversion,
 *     12 bits, lossless or arithmetic coding
 */
public record JpegHeader(int width, int height, boolean usual) {
    private static final int BASELINE = 0xC0;
    private static final int PROGRESSIVE = 0xC2;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final int JFIF_LENGTH = 14;
    private static final int JFIF_VERSION = 5;
    private static final int KNOWN_VERSION = 1;
    private static final int ADOBE_TRANSFORM = 11;
    private static final int YCBCR = 1;

    /**
     * {@return the header; empty where there is no complete frame header of the usual kinds}
     *
     * @param file a JPEG file, or its beginning up to the frame header
     */
    public static Optional<JpegHeader> of(byte[] file) {
        boolean jfif = false;
        boolean known = true;
        int transform = -1;
        List<JpegSegments.Segment> segments = JpegSegments.of(file);
        for (JpegSegments.Segment segment : segments) {
            int marker = segment.marker();
            if (marker == APP0 && segment.startsWith(file, JFIF) && segment.end() - segment.start() >= JFIF_LENGTH) {
                jfif = true;
                known &= file[segment.start() + JFIF_VERSION] == KNOWN_VERSION;
            } else if (marker == APP14
                    && segment.startsWith(file, ADOBE)
                    && segment.end() - segment.start() > ADOBE_TRANSFORM) {
                transform = file[segment.start() + ADOBE_TRANSFORM];
            } else if (marker >= BASELINE && marker <= PROGRESSIVE) {
                return ofFrame(file, segment, known, jfif, transform);
            }
        }
        return Optional.empty();
    }

    private static Optional<JpegHeader> ofFrame(
            byte[] file, JpegSegments.Segment frame, boolean known, boolean jfif, int transform) {
        int at = frame.start();
        int components = frame.end() - at < 6 ? 0 : file[at + 5];
        if (components < 1 || frame.end() - at < 6 + 3 * components) {
            return Optional.empty();
        }
        boolean eightBits = file[at] == 8;
        int height = ((file[at + 1] & 0xFF) << 8) | (file[at + 2] & 0xFF);
        int width = ((file[at + 3] & 0xFF) << 8) | (file[at + 4] & 0xFF);
        boolean numbered = components == 3 && file[at + 6] == 1 && file[at + 9] == 2 && file[at + 12] == 3;
        boolean colour = components == 3 && (transform == YCBCR || (transform < 0 && (jfif || numbered)));
        boolean usual = known && eightBits && width > 0 && height > 0 && (components == 1 || colour);
        return Optional.of(new JpegHeader(width, height, usual));
    }
}
