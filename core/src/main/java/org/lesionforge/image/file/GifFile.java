package org.lesionforge.image.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

/**
 * The first frame of a GIF file, placed on the file's screen. Java's decoder gives only the frame and fills missing
 * pixels with black.
 *
 * <p>The rest of the screen is transparent, and so white, if the file has a transparent colour; otherwise it has the
 * palette's first colour, as in Pillow. Format: GIF specification, version 89a.
 */
final class GifFile {
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int FRAME = 0x2C;

    private final byte[] file;
    private final ByteBuffer bytes;
    private int at;
    private int transparent = -1;

    private GifFile(byte[] file) {
        this.file = file;
        this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    static RgbImage decode(byte[] file) throws UnreadableImageException {
        try {
            return new GifFile(file).firstFrame();
        } catch (IndexOutOfBoundsException e) {
            // Every position comes from the file, so it is beyond the end only when the file is cut short.
            throw new UnreadableImageException("truncated GIF", e);
        }
    }

    private RgbImage firstFrame() throws UnreadableImageException {
        byte[] palette = palette(10, 13);
        at = 13 + palette.length;
        skipToFrame();
        int left = bytes.getChar(at + 1);
        int top = bytes.getChar(at + 3);
        int width = bytes.getChar(at + 5);
        int height = bytes.getChar(at + 7);
        boolean interlaced = (file[at + 9] & 0x40) != 0;
        byte[] own = palette(at + 9, at + 10);
        at += 10 + own.length;
        byte[] colours = own.length > 0 ? own : palette;
        if (colours.length == 0) {
            throw new UnreadableImageException("damaged GIF: its first frame has no palette");
        }
        PixelCount.require(FileKind.GIF, width, height);
        int screenWidth = Math.max(left + width, bytes.getChar(6));
        int screenHeight = Math.max(top + height, bytes.getChar(8));
        PixelCount.require(FileKind.GIF, screenWidth, screenHeight);
        byte[] indices = indices(width, height);

        byte[] pixels = new byte[3 * screenWidth * screenHeight];
        for (int i = 0; i < screenWidth * screenHeight; i++) {
            paint(pixels, i, colours, transparent >= 0 ? transparent : 0);
        }
        for (int row = 0; row < height; row++) {
            int y = top + (interlaced ? interlaced(row, height) : row);
            for (int x = 0; x < width; x++) {
                paint(pixels, y * screenWidth + left + x, colours, indices[row * width + x] & 0xFF);
            }
        }
        return RgbImage.wrap(screenWidth, screenHeight, pixels);
    }

    private byte[] palette(int flags, int start) {
        int length = (file[flags] & 0x80) == 0 ? 0 : 3 << ((file[flags] & 7) + 1);
        if (start + length > file.length) {
            throw new IndexOutOfBoundsException();
        }
        return Arrays.copyOfRange(file, start, start + length);
    }

    private void skipToFrame() throws UnreadableImageException {
        while (file[at] != FRAME) {
            if (file[at] != EXTENSION) {
                throw new UnreadableImageException("damaged GIF: there is no frame before byte " + at);
            }
            if ((file[at + 1] & 0xFF) == GRAPHIC_CONTROL && (file[at + 3] & 1) != 0) {
                transparent = file[at + 6] & 0xFF;
            }
            at += 2;
            while (file[at] != 0) {
                at += 1 + (file[at] & 0xFF);
            }
            at++;
        }
    }

    /** The frame's pixels in the order in which they are stored: LZW with codes of growing length. */
    private byte[] indices(int width, int height) throws UnreadableImageException {
        byte[] indices = new byte[width * height];
        int firstBits = file[at++];
        if (firstBits < 1 || firstBits > 8) {
            throw new UnreadableImageException("damaged GIF: codes of " + firstBits + " bits");
        }
        int clear = 1 << firstBits;
        int[] prefix = new int[4096];
        byte[] last = new byte[4096];
        byte[] string = new byte[4097];
        int bits = firstBits + 1;
        int next = clear + 2;
        int previous = -1;
        byte previousFirst = 0;
        int pending = 0;
        int pendingBits = 0;
        int left = 0;
        int done = 0;
        while (done < indices.length) {
            while (pendingBits < bits) {
                if (left == 0) {
                    left = file[at++] & 0xFF;
                    if (left == 0) {
                        throw truncated(done / width, height);
                    }
                }
                pending |= (file[at++] & 0xFF) << pendingBits;
                pendingBits += 8;
                left--;
            }
            int code = pending & ((1 << bits) - 1);
            pending >>>= bits;
            pendingBits -= bits;
            if (code == clear) {
                bits = firstBits + 1;
                next = clear + 2;
                previous = -1;
                continue;
            }
            if (code == clear + 1) {
                throw truncated(done / width, height);
            }
            if (code > next || (code == next && previous < 0) || (previous < 0 && code > clear)) {
                throw new UnreadableImageException("damaged GIF: a code that was never defined in row " + done / width);
            }
            int length = string.length;
            int walk = code;
            if (code == next) {
                string[--length] = previousFirst;
                walk = previous;
            }
            while (walk > clear) {
                string[--length] = last[walk];
                walk = prefix[walk];
            }
            string[--length] = (byte) walk;
            previousFirst = (byte) walk;
            int count = Math.min(string.length - length, indices.length - done);
            System.arraycopy(string, length, indices, done, count);
            done += count;
            if (previous >= 0 && next < 4096) {
                prefix[next] = previous;
                last[next] = previousFirst;
                next++;
                if (next == 1 << bits && bits < 12) {
                    bits++;
                }
            }
            previous = code;
        }
        return indices;
    }

    private static UnreadableImageException truncated(int rows, int height) {
        return new UnreadableImageException("truncated GIF: " + rows + " of " + height + " rows are there");
    }

    /**
     * Position in the image of stored row {@code row} when interlaced: every eighth from 0, from 4, every fourth from
     * 2, every second from 1.
     */
    private static int interlaced(int row, int height) {
        int from = row;
        for (int[] pass : new int[][] {{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
            int rows = (height - pass[0] + pass[1] - 1) / pass[1];
            if (from < rows) {
                return pass[0] + from * pass[1];
            }
            from -= Math.max(0, rows);
        }
        throw new IllegalArgumentException("row " + row + " of " + height);
    }

    private void paint(byte[] pixels, int pixel, byte[] colours, int index) throws UnreadableImageException {
        if (index == transparent) {
            Arrays.fill(pixels, 3 * pixel, 3 * pixel + 3, (byte) 255);
        } else if (3 * index < colours.length) {
            System.arraycopy(colours, 3 * index, pixels, 3 * pixel, 3);
        } else {
            throw new UnreadableImageException(
                    "damaged GIF: colour " + index + " of a palette of " + colours.length / 3);
        }
    }
}
