package org.lesionforge.image.file;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

/** The pixels of a {@link BufferedImage} of any kind as 8-bit RGB. */
final class RgbPixels {
    private RgbPixels() {}

    /** @throws UnreadableImageException when a pixel's colour is not in its palette, or 16-bit samples are nearly black throughout */
    static RgbImage of(BufferedImage image) throws UnreadableImageException {
        // Java reads grey samples as linear light and would brighten them; files store them as displayed. So samples
        // are taken raw.
        return image.getColorModel() instanceof ComponentColorModel model && model.getNumComponents() <= 4
                ? fromSamples(image, model)
                : ofColours(image);
    }

    private static RgbImage fromSamples(BufferedImage image, ComponentColorModel model)
            throws UnreadableImageException {
        int width = image.getWidth();
        int height = image.getHeight();
        int bands = model.getNumComponents();
        int colours = model.getNumColorComponents();
        if (colours != 1 && colours != 3) {
            return ofColours(image);
        }
        int highest = (1 << model.getComponentSize(0)) - 1;
        byte[] pixels = new byte[3 * width * height];
        Raster raster = image.getRaster();
        int[] row = new int[bands * width];
        int most = 0;
        int out = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int in = 0; in < row.length; in += bands) {
                for (int c = 0; c < colours; c++) {
                    most = Math.max(most, row[in + c]);
                }
                int alpha = model.hasAlpha() ? row[in + bands - 1] : highest;
                for (int c = 0; c < 3; c++) {
                    int value = row[in + (colours == 1 ? 0 : c)];
                    pixels[out++] = (byte) overWhite(value, alpha, highest, model.isAlphaPremultiplied());
                }
            }
        }
        SampleRange.white(SampleRange.Format.UNSIGNED, model.getComponentSize(0), 0, most);
        return RgbImage.wrap(width, height, pixels);
    }

    /**
     * @param share of white, 0 to 1; values outside are clipped
     * @param opacity 0 to 1
     */
    static byte overWhite(double share, double opacity, boolean premultiplied) {
        double value = 255 * ((premultiplied ? share : share * opacity) + 1 - opacity);
        return (byte) Math.round(Math.max(0, Math.min(255, value)));
    }

    private static int overWhite(int value, int alpha, int highest, boolean premultiplied) {
        if (alpha == highest) {
            return highest == 255 ? value : (int) Math.round(value * 255.0 / highest);
        }
        double opacity = (double) alpha / highest;
        double shown = 255.0 * value / highest;
        return (int) Math.min(255, Math.round((premultiplied ? shown : shown * opacity) + 255 * (1 - opacity)));
    }

    /** By the image's colour model: palettes, and CMYK through its profile. */
    static RgbImage ofColours(BufferedImage image) throws UnreadableImageException {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            requireInside(image.getRaster(), palette.getMapSize());
        }
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] pixels = new byte[3 * width * height];
        int[] row = new int[width];
        int out = 0;
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                int alpha = argb >>> 24;
                pixels[out++] = (byte) overWhite((argb >> 16) & 0xFF, alpha, 255, false);
                pixels[out++] = (byte) overWhite((argb >> 8) & 0xFF, alpha, 255, false);
                pixels[out++] = (byte) overWhite(argb & 0xFF, alpha, 255, false);
            }
        }
        return RgbImage.wrap(width, height, pixels);
    }

    /** @throws UnreadableImageException when a sample is not an index into a palette of {@code colours}, for which Java shows black or nothing */
    static void requireInside(Raster raster, int colours) throws UnreadableImageException {
        int[] row = new int[raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int index : raster.getSamples(0, y, row.length, 1, 0, row)) {
                if (index >= colours) {
                    throw new UnreadableImageException("damaged: colour " + index + " of a palette of " + colours);
                }
            }
        }
    }
}
