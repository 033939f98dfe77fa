package org.lesionforge;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;

/** What people and programs do to photographs before they collect them a second time. */
public final class Tampering {
    private Tampering() {}

    /** Independent of the code under test: a pixel of the result is fetched, not sent. */
    public static RgbImage laidOver(RgbImage image, boolean mirror, int quarterTurns) {
        int n = image.width();
        byte[] pixels = new byte[3 * n * n];
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                int sx = mirror ? n - 1 - x : x;
                int sy = y;
                for (int turn = 0; turn < quarterTurns; turn++) {
                    int before = sx;
                    sx = n - 1 - sy;
                    sy = before;
                }
                for (int c = 0; c < 3; c++) {
                    pixels[3 * (y * n + x) + c] = (byte) image.value(sx, sy, c);
                }
            }
        }
        return RgbImage.wrap(n, n, pixels);
    }

    public static RgbImage cropped(RgbImage image, double share, double right, double down) {
        double cut = share * image.width();
        double left = right * cut;
        double top = down * cut;
        double side = image.width() - cut;
        return Resampler.resize(
                image,
                new Resampler.Region(left, top, left + side, top + side),
                image.width(),
                image.width(),
                Filter.BICUBIC);
    }

    /** As it comes back from a JPEG file. */
    public static RgbImage jpeg(RgbImage image, float quality) {
        try {
            return ImageDecoder.decode(jpegFile(image, quality));
        } catch (UnreadableImageException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param quality 0…1 */
    public static byte[] jpegFile(RgbImage image, float quality) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                buffered.setRGB(x, y, image.value(x, y, 0) << 16 | image.value(x, y, 1) << 8 | image.value(x, y, 2));
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(quality);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(buffered, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    public static RgbImage brighter(RgbImage image, double factor) {
        byte[] pixels = image.pixels().clone();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.min(255, (pixels[i] & 0xFF) * factor);
        }
        return RgbImage.wrap(image.width(), image.height(), pixels);
    }
}
