package org.lesionforge.image.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.lesionforge.image.ReducedImage;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.io.MissingRequirementException;

/**
 * Reads JPEG, PNG, BMP, GIF, TIFF and WebP files as upright 8-bit RGB; of several pictures the first. The format is
 * recognised by the first bytes.
 *
 * <p>Grayscale and palette become RGB, samples of more bits are scaled to 8, transparency is laid over white, CMYK is converted through its
 * profile, orientation is applied. Colour profiles of RGB images are ignored, as in Pillow and so in the nets trained with it.
 *
 * <p>A file that is damaged or cut short is refused even where the codec would fill with grey or black; so is, with its
 * name, a format that would be read incorrectly. Safe to use from several threads.
 */
public final class ImageDecoder {
    /** More pixels than this are refused: one such image takes 300 MB. */
    static final long MAX_PIXELS = 100_000_000;

    /** Larger files are not read: no valid 8-bit image of {@link #MAX_PIXELS} is larger. */
    static final long MAX_BYTES = 1L << 29;

    /** The least ratio of the decoded to the wanted size, so that the resampling still antialiases. */
    public static final double MARGIN = 1.4;

    static {
        // The cache would make a temporary file per image; all data are in memory already.
        ImageIO.setUseCache(false);
    }

    private ImageDecoder() {}

    /**
     * Reads a file at its full size.
     *
     * @param file of any kind; its name does not matter
     * @return the image, upright
     * @throws UnreadableImageException when the file cannot be opened or is not a readable image, with a short reason
     * @throws MissingRequirementException when there is not enough memory for it
     */
    public static RgbImage read(Path file) throws UnreadableImageException {
        return read(file, Double.POSITIVE_INFINITY).image();
    }

    /**
     * Reads a file that is to be shrunk to {@code side} pixels. A large upright JPEG is decoded at a half, a quarter or
     * an eighth of its size: the smallest whose shorter side is still at least {@value #MARGIN} × {@code side}. All
     * other files are decoded at full size.
     *
     * @param side in pixels, at least 1
     * @param file of any kind; its name does not matter
     * @return the image, upright, and how much smaller it was made
     * @throws UnreadableImageException when the file cannot be opened or is not a readable image, with a short reason
     * @throws MissingRequirementException when there is not enough memory for it
     */
    public static ReducedImage readFor(int side, Path file) throws UnreadableImageException {
        return read(file, side * MARGIN);
    }

    /**
     * Reads a file's bytes at full size.
     *
     * @param file the whole file
     * @return the image, upright
     * @throws UnreadableImageException when the bytes are not a readable image, with a short reason
     */
    public static RgbImage decode(byte[] file) throws UnreadableImageException {
        return decode(file, Double.POSITIVE_INFINITY).image();
    }

    private static ReducedImage read(Path file, double enough) throws UnreadableImageException {
        try {
            return decode(bytes(file), enough);
        } catch (OutOfMemoryError e) {
            throw new MissingRequirementException(
                    "not enough memory to decode " + file + " with a Java heap of "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB; give more with LESIONFORGE_JAVA_OPTIONS=-Xmx8g, or use fewer --threads",
                    e);
        }
    }

    /** The whole file, but only when its kind and its size allow it. */
    private static byte[] bytes(Path file) throws UnreadableImageException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UnreadableImageException("not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(FileKind.PREFIX);
            PixelCount.requireAtStart(kind(start), start);
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new UnreadableImageException("too large: " + size + " bytes, at most " + MAX_BYTES + " are read");
            }
            byte[] bytes = Arrays.copyOf(start, Math.max(start.length, (int) size));
            int length = start.length + in.readNBytes(bytes, start.length, bytes.length - start.length);
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        } catch (IOException e) {
            throw new UnreadableImageException("cannot be opened: " + reason(e), e);
        }
    }

    /** @param enough pixels of the shorter side, at least */
    private static ReducedImage decode(byte[] file, double enough) throws UnreadableImageException {
        FileKind kind = kind(file);
        return switch (kind) {
            case JPEG -> JpegFile.decode(file, enough);
            case PNG -> ReducedImage.whole(PngFile.of(file).decode());
            case BMP -> ReducedImage.whole(BmpFile.decode(file));
            case GIF -> ReducedImage.whole(GifFile.decode(file));
            case WEBP -> ReducedImage.whole(WebpFile.decode(file));
            case TIFF, BIG_TIFF -> ReducedImage.whole(TiffFile.decode(kind, file));
            default -> throw new IllegalStateException("no decoder of " + kind.title());
        };
    }

    private static FileKind kind(byte[] file) throws UnreadableImageException {
        FileKind kind = FileKind.of(file.length > FileKind.PREFIX ? Arrays.copyOf(file, FileKind.PREFIX) : file);
        if (!kind.isRead()) {
            throw new UnreadableImageException(kind.reason());
        }
        return kind;
    }

    static String reason(Exception e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.lines().findFirst().orElse("unknown reason");
    }
}
