package org.lesionforge.image;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a JPEG file says of itself before its pixels.
 *
 * @param usual whether libjpeg-turbo reads it as every decoder does, and notices where pixels are missing: Huffman-coded, sequential, 8 bits,
 *     and either gray or beyond doubt YCbCr. Not so are files with restart marks, between which pixels can be missing unnoticed,
 *     progressive files, CMYK, RGB without conversion, 12 bits, lossless and arithmetic coding
 */
record JpegHeader(int width, int height, boolean usual) {
    private static final int BASELINE = 0xC0;
    private static final int PROGRESSIVE = 0xC2;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final int ADOBE_TRANSFORM = 11;
    private static final int YCBCR = 1;

    /** Empty where there is no complete frame header of the usual kinds. */
    static Optional<JpegHeader> of(byte[] file) {
        boolean jfif = false;
        int transform = -1;
        List<JpegSegments.Segment> segments = JpegSegments.of(file);
        boolean restarts = segments.stream().anyMatch(segment -> segment.marker() == RESTART_INTERVAL);
        for (JpegSegments.Segment segment : segments) {
            int marker = segment.marker();
            if (marker == APP0 && segment.startsWith(file, JFIF)) {
                jfif = true;
            } else if (marker == APP14
                    && segment.startsWith(file, ADOBE)
                    && segment.end() - segment.start() > ADOBE_TRANSFORM) {
                transform = file[segment.start() + ADOBE_TRANSFORM];
            } else if (marker >= BASELINE && marker <= PROGRESSIVE) {
                return ofFrame(file, segment, !restarts, jfif, transform);
            }
        }
        return Optional.empty();
    }

    private static Optional<JpegHeader> ofFrame(
            byte[] file, JpegSegments.Segment frame, boolean gapless, boolean jfif, int transform) {
        int at = frame.start();
        int components = frame.end() - at < 6 ? 0 : file[at + 5];
        if (components < 1 || frame.end() - at < 6 + 3 * components) {
            return Optional.empty();
        }
        boolean sequential = frame.marker() != PROGRESSIVE;
        boolean eightBits = file[at] == 8;
        int height = ((file[at + 1] & 0xFF) << 8) | (file[at + 2] & 0xFF);
        int width = ((file[at + 3] & 0xFF) << 8) | (file[at + 4] & 0xFF);
        boolean numbered = components == 3 && file[at + 6] == 1 && file[at + 9] == 2 && file[at + 12] == 3;
        boolean colour = components == 3 && (transform == YCBCR || (transform < 0 && (jfif || numbered)));
        boolean usual = gapless && sequential && eightBits && width > 0 && height > 0 && (components == 1 || colour);
        return Optional.of(new JpegHeader(width, height, usual));
    }
}
