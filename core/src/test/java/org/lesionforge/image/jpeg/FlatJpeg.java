package org.lesionforge.image.jpeg;

import java.io.ByteArrayOutputStream;

/**
 * JPEG files written segment by segment and bit by bit, for what encoders do not write. Codes are those of T.81, K.3: in the tables of brightness {@code 00} is a DC
 * difference of 0, {@code 1010} an end of block, {@code 11111111001} fifteen zeros and one more.
 */
final class FlatJpeg {
    /** A block in which every sample is as in the one before. */
    static final String FLAT = "00" + "1010";

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    FlatJpeg() {
        raw("ffd8");
        segment("db", "00" + "01".repeat(64));
    }

    /** One component in one scan. */
    static byte[] flat(String marker, int width, int height, String bits) {
        return new FlatJpeg()
                .frame(marker, width, height, "11")
                .scan("003f00", 1)
                .bits(bits)
                .end();
    }

    FlatJpeg raw(String hex) {
        file.writeBytes(JpegFiles.hex(hex));
        return this;
    }

    FlatJpeg segment(String marker, String hex) {
        byte[] content = JpegFiles.hex(hex);
        return raw("ff" + marker + "%04x".formatted(2 + content.length)).raw(hex);
    }

    /**
     * @param marker c0 for a baseline frame
     * @param sampling two digits for each component
     */
    FlatJpeg frame(String marker, int width, int height, String... sampling) {
        StringBuilder content = new StringBuilder("08%04x%04x%02x".formatted(height, width, sampling.length));
        for (int i = 0; i < sampling.length; i++) {
            content.append("%02x%s00".formatted(i + 1, sampling[i]));
        }
        return segment(marker, content.toString());
    }

    /** @param bands the three last bytes: 003f00 for a sequential frame */
    FlatJpeg scan(String bands, int... components) {
        StringBuilder content = new StringBuilder("%02x".formatted(components.length));
        for (int component : components) {
            content.append("%02x00".formatted(component));
        }
        return segment("da", content + bands);
    }

    /** @param bits {@link JpegFiles#packed} */
    FlatJpeg bits(String bits) {
        file.writeBytes(JpegFiles.packed(bits));
        return this;
    }

    byte[] end() {
        return raw("ffd9").file.toByteArray();
    }
}
