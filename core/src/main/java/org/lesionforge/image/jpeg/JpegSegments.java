package org.lesionforge.image.jpeg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The segments of a JPEG file up to its first pixels. */
public final class JpegSegments {
    /**
     * @param marker second byte of the marker, 0xC0 for a baseline frame
     * @param start of the content in the file
     * @param end after the content, at most the end of the file even where the segment's length exceeds it
     */
    public record Segment(int marker, int start, int end) {
        /**
         * {@return whether the segment's content starts with these bytes}
         *
         * @param file the file that the segment lies in
         * @param prefix such as {@code Exif\0\0}
         */
        public boolean startsWith(byte[] file, byte[] prefix) {
            return end - start >= prefix.length
                    && Arrays.equals(file, start, start + prefix.length, prefix, 0, prefix.length);
        }
    }

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int FILL = 0xFF;

    private JpegSegments() {}

    /**
     * {@return the segments in their order; those before the damage when the file is damaged}
     *
     * @param file a whole JPEG file
     */
    public static List<Segment> of(byte[] file) {
        List<Segment> segments = new ArrayList<>();
        int at = nextMarker(file, 2);
        while (at + 3 <= file.length) {
            int marker = file[at] & 0xFF;
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                break;
            }
            int length = ((file[at + 1] & 0xFF) << 8) | (file[at + 2] & 0xFF);
            int end = Math.min(file.length, at + 1 + length);
            segments.add(new Segment(marker, Math.min(at + 3, end), end));
            at = nextMarker(file, at + 1 + length);
        }
        return segments;
    }

    /**
     * Position of the second byte of the next marker, from {@code from} on: after a 0xFF, and neither 0xFF nor 0.
     * Decoders skip any bytes before it, and so a segment that is longer than its length field.
     *
     * @return the file's length or more when there is none
     */
    static int nextMarker(byte[] file, int from) {
        int at = from + 1;
        while (at < file.length && (file[at - 1] != (byte) FILL || file[at] == (byte) FILL || file[at] == 0)) {
            at++;
        }
        return at;
    }
}
