package org.lesionforge.image.file;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

/**
 * A BMP file that was checked to be complete; Java's decoder, which is used for its pixels, leaves missing ones black.
 */
final class BmpFile {
    private static final int UNCOMPRESSED = 0;
    private static final int RLE_8 = 1;
    private static final int RLE_4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final int ALPHA_BIT_FIELDS = 6;

    private BmpFile() {}

    static RgbImage decode(byte[] file) throws UnreadableImageException {
        PixelCount.requireAtStart(FileKind.BMP, file);
        try {
            requireAllPixels(file, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IndexOutOfBoundsException e) {
            // Every position comes from the file, so it is beyond the end only when the file is cut short.
            throw new UnreadableImageException("truncated BMP", e);
        }
        return RgbPixels.of(JavaReader.read(
                FileKind.BMP,
                ImageIO.getImageReadersByFormatName("bmp").next(),
                new ByteArrayImageInputStream(file),
                reader -> reader.read(0)));
    }

    private static void requireAllPixels(byte[] file, ByteBuffer bytes) throws UnreadableImageException {
        boolean old = bytes.getInt(14) == 12;
        int width = old ? bytes.getChar(18) : bytes.getInt(18);
        int height = old ? bytes.getChar(20) : Math.abs(bytes.getInt(22));
        int bits = bytes.getChar(old ? 24 : 28);
        int compression = old ? UNCOMPRESSED : bytes.getInt(30);
        long start = Integer.toUnsignedLong(bytes.getInt(10));
        switch (compression) {
            case UNCOMPRESSED, BIT_FIELDS, ALPHA_BIT_FIELDS -> {
                long row = ((long) width * bits + 31) / 32 * 4;
                // Missing padding after the last row is accepted.
                long needed = start + row * (height - 1) + ((long) width * bits + 7) / 8;
                if (needed > file.length) {
                    throw new UnreadableImageException(
                            "truncated BMP: its pixels end at byte " + needed + ", the file at " + file.length);
                }
            }
            case RLE_8, RLE_4 -> requireRuns(file, (int) Math.min(start, file.length), height, compression == RLE_4);
            default ->
                throw new UnreadableImageException(
                        "BMP with compression " + compression + ", which is not read; " + "convert it to PNG or JPEG");
        }
    }

    /** Walks through the runs up to the mark at their end, or the end of the last row. */
    private static void requireRuns(byte[] file, int start, int height, boolean nibbles) {
        int at = start;
        int rows = 0;
        while (rows < height) {
            int count = file[at] & 0xFF;
            int second = file[at + 1] & 0xFF;
            at += 2;
            if (count == 0 && second == 0) {
                rows++;
            } else if (count == 0 && second == 1) {
                return;
            } else if (count == 0 && second == 2) {
                rows += file[at + 1] & 0xFF;
                at += 2;
            } else if (count == 0) {
                int length = nibbles ? (second + 1) / 2 : second;
                at += length + length % 2;
            }
        }
    }
}
