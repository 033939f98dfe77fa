package org.lesionforge.image;

import static org.bytedeco.leptonica.global.leptonica.L_SEVERITY_NONE;
import static org.bytedeco.leptonica.global.leptonica.pixDestroy;
import static org.bytedeco.leptonica.global.leptonica.pixGetData;
import static org.bytedeco.leptonica.global.leptonica.pixGetDepth;
import static org.bytedeco.leptonica.global.leptonica.pixGetHeight;
import static org.bytedeco.leptonica.global.leptonica.pixGetWidth;
import static org.bytedeco.leptonica.global.leptonica.pixGetWpl;
import static org.bytedeco.leptonica.global.leptonica.pixReadMemJpeg;
import static org.bytedeco.leptonica.global.leptonica.setMsgSeverity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.leptonica.PIX;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.NativeMemory;

/**
 * The decoder of JPEG files that Pillow uses too, libjpeg-turbo with its exact cosine transform: several times as fast as Java's, and able to
 * make the picture at a half, a quarter or an eighth of its size without ever making the whole. It comes inside of Leptonica's bindings,
 * the smallest well-kept ones that have it.
 */
final class TurboJpeg {
    /** Four bytes of an array at once, the first of them highest. */
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    static {
        NativeMemory.unlimited();
    }

    private TurboJpeg() {}

    /**
     * @param file of a {@linkplain JpegHeader#usual usual} kind
     * @param reduction 1, 2, 4 or 8; each side becomes the side divided by it, rounded up
     * @return empty when there is anything wrong with the file, however slight: what, only Java's decoder tells
     * @throws MissingRequirementException when the library cannot be loaded
     */
    static Optional<RgbImage> decode(byte[] file, int reduction) {
        load();
        try (BytePointer data = new BytePointer(file);
                IntPointer warnings = new IntPointer(1)) {
            PIX image = pixReadMemJpeg(data, file.length, 0, reduction, warnings, 0);
            if (image == null) {
                return Optional.empty();
            }
            try {
                return warnings.get() == 0 ? Optional.of(pixels(image)) : Optional.empty();
            } finally {
                pixDestroy(image);
            }
        }
    }

    private static void load() {
        try {
            // It would print what is returned as well.
            setMsgSeverity(L_SEVERITY_NONE);
        } catch (LinkageError e) {
            throw new MissingRequirementException(
                    "the decoder of JPEG files cannot be loaded on this machine (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + "): " + e.getMessage()
                            + "; build with -Dnatives=… for this platform, see docs/guide/install.md",
                    e);
        }
    }

    /** Rows are of whole words; a word holds one pixel of colour, or four of gray, the first in its highest byte. */
    private static RgbImage pixels(PIX image) {
        int width = pixGetWidth(image);
        int height = pixGetHeight(image);
        boolean gray = pixGetDepth(image) == 8;
        int[] words = new int[pixGetWpl(image)];
        IntPointer data = pixGetData(image);
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            data.position((long) y * words.length).get(words);
            int out = 3 * y * width;
            if (gray) {
                unpackGray(words, pixels, out, width);
            } else {
                unpackColour(words, pixels, out, width);
            }
        }
        return RgbImage.wrap(width, height, pixels);
    }

    /** Four words, of which one byte each counts nothing, become three. */
    private static void unpackColour(int[] words, byte[] pixels, int start, int width) {
        int x = 0;
        int out = start;
        for (; x + 3 < width; x += 4, out += 12) {
            WORD.set(pixels, out, (words[x] & 0xFFFFFF00) | (words[x + 1] >>> 24));
            WORD.set(pixels, out + 4, ((words[x + 1] << 8) & 0xFFFF0000) | (words[x + 2] >>> 16));
            WORD.set(pixels, out + 8, ((words[x + 2] << 16) & 0xFF000000) | (words[x + 3] >>> 8));
        }
        for (; x < width; x++, out += 3) {
            pixels[out] = (byte) (words[x] >> 24);
            pixels[out + 1] = (byte) (words[x] >> 16);
            pixels[out + 2] = (byte) (words[x] >> 8);
        }
    }

    private static void unpackGray(int[] words, byte[] pixels, int start, int width) {
        int out = start;
        for (int x = 0; x < width; x++) {
            byte value = (byte) (words[x / 4] >> (24 - 8 * (x % 4)));
            pixels[out] = value;
            pixels[out + 1] = value;
            pixels[out + 2] = value;
            out += 3;
        }
    }
}
