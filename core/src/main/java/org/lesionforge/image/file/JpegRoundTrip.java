package org.lesionforge.image.file;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

/** What an image looks like after it was a JPEG file: for images that never were one, beside others that were. */
public final class JpegRoundTrip {
    private JpegRoundTrip() {}

    /**
     * {@return the image, encoded as a JPEG file (colour at half the resolution) and decoded again}
     *
     * @param image of any size
     * @param quality of the tables of the JPEG standard, from 1 to 100
     * @throws IllegalArgumentException when the quality is outside
     */
    public static RgbImage of(RgbImage image, int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("the quality of a JPEG file is 1 to 100, got " + quality);
        }
        try {
            return ImageDecoder.decode(encoded(image, quality));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write an image to memory as JPEG", e);
        } catch (UnreadableImageException e) {
            throw new IllegalStateException("a JPEG file just written cannot be read", e);
        }
    }

    private static byte[] encoded(RgbImage image, int quality) throws IOException {
        BufferedImage pixels = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                pixels.setRGB(x, y, image.value(x, y, 0) << 16 | image.value(x, y, 1) << 8 | image.value(x, y, 2));
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(pixels, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
