package org.lesionforge.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads JPEG and PNG files, and BMP, GIF (its first frame) and TIFF, as upright 8-bit RGB.
 *
 * <p>Grayscale and palette become RGB, 16-bit values are scaled to 8, transparency is laid over white, CMYK is converted through its
 * profile, EXIF orientation is applied. Colour profiles of RGB images are ignored, as in Pillow and so in the nets trained with it.
 *
 * <p>JPEG files of the {@linkplain JpegHeader#usual usual} kinds are decoded by libjpeg-turbo, all else by Java.
 *
 * <p>A file that is damaged or cut short is refused even where the codec would fill up with grey. Safe to use from several threads.
 */
public final class ImageDecoder {
    /** More pixels than this are refused: one such image takes 300 MB. */
    public static final long MAX_PIXELS = 100_000_000;

    /** How many times as large as wanted a picture is read at least, so that the resampling can still do its part. */
    public static final double MARGIN = 1.4;

    private static final byte[] PNG_END = {'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82};

    static {
        // The cache would be a temporary file per image; everything here is in memory already.
        ImageIO.setUseCache(false);
    }

    private ImageDecoder() {}

    /** @throws UnreadableImageException when the file cannot be opened or is no readable image, with a short reason */
    public static RgbImage read(Path file) throws UnreadableImageException {
        return decode(bytes(file));
    }

    /**
     * Reads a file that is to be shrunk to {@code side} pixels. A large upright JPEG is made at a half, a quarter or an eighth of its
     * size at once: at the smallest whose shorter side is still at least {@value #MARGIN} × {@code side}. All else is read whole.
     *
     * @throws UnreadableImageException when the file cannot be opened or is no readable image, with a short reason
     */
    public static ReducedImage readFor(int side, Path file) throws UnreadableImageException {
        return decode(bytes(file), side * MARGIN);
    }

    /** @throws UnreadableImageException when the bytes are no readable image, with a short reason */
    public static RgbImage decode(byte[] file) throws UnreadableImageException {
        return decode(file, Double.POSITIVE_INFINITY).image();
    }

    private static byte[] bytes(Path file) throws UnreadableImageException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnreadableImageException("cannot be opened: " + reason(e), e);
        }
    }

    /** @param enough pixels of the shorter side, at least */
    private static ReducedImage decode(byte[] file, double enough) throws UnreadableImageException {
        String format = format(file);
        if (format.equals("jpeg")) {
            return JpegFile.decode(file, enough);
        }
        if (format.equals("png") && !contains(file, PNG_END)) {
            throw new UnreadableImageException("truncated PNG");
        }
        RgbImage stored = decode(file, format);
        return ReducedImage.whole(format.equals("png") ? Orientation.apply(stored, Orientation.ofPng(file)) : stored);
    }

    private static String format(byte[] file) throws UnreadableImageException {
        if (file.length == 0) {
            throw new UnreadableImageException("empty file");
        }
        String start = new String(file, 0, Math.min(12, file.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00FF\u00D8\u00FF")) {
            return "jpeg";
        } else if (start.startsWith("\u0089PNG\r\n\u001A\n")) {
            return "png";
        } else if (start.startsWith("BM")) {
            return "bmp";
        } else if (start.startsWith("GIF8")) {
            return "gif";
        } else if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return "tiff";
        } else if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
            throw new UnreadableImageException("WebP is not supported; convert it to PNG or JPEG");
        }
        throw new UnreadableImageException("not an image (neither JPEG, PNG, BMP, GIF nor TIFF)");
    }

    private static RgbImage decode(byte[] file, String format) throws UnreadableImageException {
        try {
            return decodeByJava(file, format);
        } catch (IOException | RuntimeException e) {
            // Codecs answer damaged input with all kinds of unchecked exceptions too.
            throw new UnreadableImageException("damaged " + format.toUpperCase(Locale.ROOT) + ": " + reason(e), e);
        }
    }

    private static RgbImage decodeByJava(byte[] file, String format) throws IOException, UnreadableImageException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((IIOReadWarningListener) (source, warning) -> warnings.add(warning));
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(input, true, true);
            requireFewPixels(reader.getWidth(0), reader.getHeight(0));
            RgbImage image = RgbPixels.of(reader.read(0));
            for (String warning : warnings) {
                // libjpeg fills what is missing with grey and only warns.
                if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                    throw new UnreadableImageException("truncated " + format.toUpperCase(Locale.ROOT));
                }
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    static void requireFewPixels(long width, long height) throws UnreadableImageException {
        if (width * height > MAX_PIXELS) {
            throw new UnreadableImageException(
                    "too large: " + width + "×" + height + " pixels, at most " + MAX_PIXELS + " are read");
        }
    }

    private static boolean contains(byte[] bytes, byte[] mark) {
        // Backwards, since an end mark is near the end.
        for (int at = bytes.length - mark.length; at >= 0; at--) {
            if (Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
                return true;
            }
        }
        return false;
    }

    static String reason(Exception e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.lines().findFirst().orElse("unknown reason");
    }
}
