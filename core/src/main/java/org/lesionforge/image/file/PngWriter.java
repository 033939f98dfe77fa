package org.lesionforge.image.file;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.AtomicFile;

/**
 * Writes 8-bit RGB PNG files with text. The same pixels and texts give the same bytes: no time stamp, no host name,
 * chunks in a fixed order.
 *
 * <p>Format: PNG specification (ISO/IEC 15948); each row uses the filter with the least sum of absolute differences,
 * its section 12.8.
 */
public final class PngWriter {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int FILTERS = 5;

    private PngWriter() {}

    /**
     * Writes a file whole or not at all.
     *
     * @param image of any size
     * @param texts keyword (1 to 79 ASCII characters) to text, written in the map's order; Latin-1 becomes
     *     {@code tEXt}, the rest {@code iTXt}
     * @param file replaced where it is there
     * @return the file's SHA-256
     * @throws IllegalArgumentException when a keyword or text cannot be written
     * @throws IOException when the file cannot be written
     */
    public static String write(RgbImage image, Map<String, String> texts, Path file) throws IOException {
        return AtomicFile.writeHashed(file, out -> write(image, texts, out));
    }

    /**
     * As {@link #write(RgbImage, Map, Path)}; the stream is left open.
     *
     * @param image of any size
     * @param texts keyword to text, written in the map's order
     * @param stream where the file's bytes go
     * @throws IOException when the stream takes no more
     */
    public static void write(RgbImage image, Map<String, String> texts, OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        begin(out, image, texts);
        chunk(out, "IDAT", compress(image));
        chunk(out, "IEND");
        out.flush();
    }

    /** Everything before the pixels. */
    static void begin(DataOutputStream out, RgbImage image, Map<String, String> texts) throws IOException {
        out.write(signature());
        byte[] header = ByteBuffer.allocate(13)
                .putInt(image.width())
                .putInt(image.height())
                .put(new byte[] {8, 2, 0, 0, 0}) // 8 bits, RGB, deflate, adaptive filters, not interlaced
                .array();
        chunk(out, "IHDR", header);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            PngText.write(out, text.getKey(), text.getValue());
        }
    }

    static byte[] signature() {
        return ByteBuffer.allocate(8).putLong(SIGNATURE).array();
    }

    /** Writes length, type, the parts one after the other, and the checksum over type and parts. */
    static void chunk(DataOutputStream out, String type, byte[]... parts) throws IOException {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] typeBytes = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(typeBytes);
        out.writeInt(length);
        out.write(typeBytes);
        for (byte[] part : parts) {
            crc.update(part);
            out.write(part);
        }
        out.writeInt((int) crc.getValue());
    }

    /** The pixels, filtered and deflated. */
    static byte[] compress(RgbImage image) throws IOException {
        int rowBytes = image.width() * 3;
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(rowBytes * image.height() / 2 + 64);
        Deflater deflater = new Deflater(6);
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, deflater, 1 << 13)) {
            byte[][] candidates = new byte[FILTERS][rowBytes + 1];
            for (int y = 0; y < image.height(); y++) {
                out.write(bestFiltered(image.pixels(), y * rowBytes, rowBytes, y == 0, candidates));
            }
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }

    /**
     * Writes the row at {@code start} after each filter to {@code candidates}, and returns the one that should deflate
     * best.
     */
    private static byte[] bestFiltered(byte[] pixels, int start, int rowBytes, boolean first, byte[][] candidates) {
        int[] cost = new int[FILTERS];
        for (int f = 0; f < FILTERS; f++) {
            candidates[f][0] = (byte) f;
        }
        for (int i = 0; i < rowBytes; i++) {
            int value = pixels[start + i] & 0xFF;
            int left = i < 3 ? 0 : pixels[start + i - 3] & 0xFF;
            int up = first ? 0 : pixels[start + i - rowBytes] & 0xFF;
            int upLeft = first || i < 3 ? 0 : pixels[start + i - rowBytes - 3] & 0xFF;
            candidates[0][i + 1] = (byte) value;
            candidates[1][i + 1] = (byte) (value - left);
            candidates[2][i + 1] = (byte) (value - up);
            candidates[3][i + 1] = (byte) (value - (left + up) / 2);
            candidates[4][i + 1] = (byte) (value - paeth(left, up, upLeft));
            for (int f = 0; f < FILTERS; f++) {
                cost[f] += Math.abs(candidates[f][i + 1]);
            }
        }
        int best = 0;
        for (int f = 1; f < FILTERS; f++) {
            if (cost[f] < cost[best]) {
                best = f;
            }
        }
        return candidates[best];
    }

    private static int paeth(int left, int up, int upLeft) {
        int toLeft = Math.abs(up - upLeft);
        int toUp = Math.abs(left - upLeft);
        int toUpLeft = Math.abs(left + up - 2 * upLeft);
        if (toLeft <= toUp && toLeft <= toUpLeft) {
            return left;
        }
        return toUp <= toUpLeft ? up : upLeft;
    }
}
