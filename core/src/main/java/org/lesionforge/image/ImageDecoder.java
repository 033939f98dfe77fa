package org.lesionforge.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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
 * <p>A file cut short is refused even where the codec would fill up with grey. Safe to use from several threads.
 */
public final class ImageDecoder {
    /** More pixels than this are refused: one such image takes 300 MB. */
    public static final long MAX_PIXELS = 100_000_000;

    private static final byte[] JPEG_END = {(byte) 0xFF, (byte) 0xD9};
    private static final byte[] PNG_END = {'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82};

    static {
        // The cache would be a temporary file per image; everything here is in memory already.
        ImageIO.setUseCache(false);
    }

    private ImageDecoder() {}

    /** @throws UnreadableImageException when the file cannot be opened or is no readable image, with a short reason */
    public static RgbImage read(Path file) throws UnreadableImageException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnreadableImageException("cannot be opened: " + reason(e), e);
        }
        return decode(bytes);
    }

    /** @throws UnreadableImageException when the bytes are no readable image, with a short reason */
    public static RgbImage decode(byte[] file) throws UnreadableImageException {
        String format = format(file);
        if (format.equals("png") && !contains(file, PNG_END)) {
            throw new UnreadableImageException("truncated PNG");
        }
        RgbImage stored;
        try {
            stored = decode(file, format);
        } catch (IOException | RuntimeException e) {
            // Codecs answer damaged input with all kinds of unchecked exceptions too.
            if (format.equals("jpeg") && !contains(file, JPEG_END)) {
                throw new UnreadableImageException("truncated JPEG", e);
            }
            throw new UnreadableImageException("damaged " + format.toUpperCase(Locale.ROOT) + ": " + reason(e), e);
        }
        return switch (format) {
            case "jpeg" -> Orientation.apply(stored, Orientation.ofJpeg(file));
            case "png" -> Orientation.apply(stored, Orientation.ofPng(file));
            default -> stored;
        };
    }

    private static String format(byte[] file) throws UnreadableImageException {
        if (file.length == 0) {
            throw new UnreadableImageException("empty file");
        }
        String start = new String(file, 0, Math.min(12, file.length), java.nio.charset.StandardCharsets.ISO_8859_1);
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

    private static RgbImage decode(byte[] file, String format) throws IOException, UnreadableImageException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((IIOReadWarningListener) (source, warning) -> warnings.add(warning));
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(input, true, true);
            long width = reader.getWidth(0);
            long height = reader.getHeight(0);
            if (width * height > MAX_PIXELS) {
                throw new UnreadableImageException(
                        "too large: " + width + "×" + height + " pixels, at most " + MAX_PIXELS + " are read");
            }
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

    private static boolean contains(byte[] bytes, byte[] mark) {
        // Backwards, since an end mark is near the end.
        for (int at = bytes.length - mark.length; at >= 0; at--) {
            if (Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Exception e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.lines().findFirst().orElse("unknown reason");
    }
}
