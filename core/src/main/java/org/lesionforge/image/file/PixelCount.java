package org.lesionforge.image.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.lesionforge.image.UnreadableImageException;

/** The number of pixels in a file's header, read before memory is allocated. */
final class PixelCount {
    private PixelCount() {}

    /** @throws UnreadableImageException when there are none, or more than {@link ImageDecoder#MAX_PIXELS} */
    static void require(FileKind kind, long width, long height) throws UnreadableImageException {
        if (width < 1 || height < 1) {
            throw new UnreadableImageException("damaged " + kind.title() + ": " + width + "×" + height + " pixels");
        }
        requireFew(width, height);
    }

    /** @throws UnreadableImageException when there are more than {@link ImageDecoder#MAX_PIXELS} */
    static void requireFew(long width, long height) throws UnreadableImageException {
        // Each may be up to 2³², so that their product exceeds a long.
        if (width > ImageDecoder.MAX_PIXELS || width * height > ImageDecoder.MAX_PIXELS) {
            throw new UnreadableImageException(
                    "too large: " + width + "×" + height + " pixels, at most " + ImageDecoder.MAX_PIXELS + " are read");
        }
    }

    /**
     * As {@link #require}, for formats with the size at the beginning of the file. JPEG and TIFF may have it anywhere;
     * a beginning that is too short is accepted.
     *
     * @param start the first bytes of the file
     */
    static void requireAtStart(FileKind kind, byte[] start) throws UnreadableImageException {
        ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        if (kind == FileKind.PNG && start.length >= 24) {
            bytes.order(ByteOrder.BIG_ENDIAN);
            require(kind, Integer.toUnsignedLong(bytes.getInt(16)), Integer.toUnsignedLong(bytes.getInt(20)));
        } else if (kind == FileKind.GIF && start.length >= 10) {
            // With 0×0 the frame's size counts.
            require(kind, Math.max(1, bytes.getChar(6)), Math.max(1, bytes.getChar(8)));
        } else if (kind == FileKind.BMP && start.length >= 26) {
            boolean old = bytes.getInt(14) == 12;
            long height = old ? bytes.getChar(20) : Math.abs((long) bytes.getInt(22));
            require(kind, old ? bytes.getChar(18) : bytes.getInt(18), height);
        } else if (kind == FileKind.WEBP && start.length >= 30) {
            requireOfWebp(bytes);
        }
    }

    private static void requireOfWebp(ByteBuffer bytes) throws UnreadableImageException {
        switch ((char) bytes.get(15)) {
            case 'X' ->
                require(FileKind.WEBP, (bytes.getInt(24) & 0xFFFFFF) + 1L, ((bytes.getInt(26) >>> 8) & 0xFFFFFF) + 1L);
            case 'L' ->
                require(FileKind.WEBP, (bytes.getInt(21) & 0x3FFF) + 1L, ((bytes.getInt(21) >>> 14) & 0x3FFF) + 1L);
            default -> require(FileKind.WEBP, bytes.getChar(26) & 0x3FFF, bytes.getChar(28) & 0x3FFF);
        }
    }
}
