package org.lesionforge.image.file;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

/**
 * The first picture of a TIFF or BigTIFF file. TwelveMonkeys' decoder gives the samples; this class interprets them by
 * the file's {@link TiffLayout}.
 */
final class TiffFile {
    private TiffFile() {}

    static RgbImage decode(FileKind kind, byte[] file) throws UnreadableImageException {
        TiffLayout layout = TiffLayout.of(kind, file);
        // The decoder's images clip floats at 1, its rasters do not.
        RgbImage stored = layout.format() == SampleRange.Format.FLOAT
                ? ofSamples(read(kind, file, reader -> reader.readRaster(0, null)), layout)
                : of(read(kind, file, reader -> reader.read(0)), layout);
        return Orientation.apply(stored, layout.orientation());
    }

    private static <T> T read(FileKind kind, byte[] file, JavaReader.Reading<T> reading)
            throws UnreadableImageException {
        return JavaReader.read(
                kind,
                new TIFFImageReaderSpi().createReaderInstance(null),
                new ByteArrayImageInputStream(file),
                reading);
    }

    private static RgbImage of(BufferedImage image, TiffLayout layout) throws UnreadableImageException {
        boolean meant = layout.cmyk() || image.getColorModel() instanceof IndexColorModel;
        return meant ? RgbPixels.ofColours(image) : ofSamples(image.getRaster(), layout);
    }

    private static RgbImage ofSamples(Raster raster, TiffLayout layout) throws UnreadableImageException {
        int width = layout.width();
        int bands = raster.getNumBands();
        double[] row = new double[bands * width];
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int y = 0; y < layout.height(); y++) {
            read(raster, y, layout, row);
            for (int i = 0; i < row.length; i++) {
                if (i % bands < layout.colours()) {
                    // NaN stays.
                    lowest = Math.min(lowest, row[i]);
                    highest = Math.max(highest, row[i]);
                }
            }
        }
        double white = SampleRange.white(layout.format(), layout.bits(), lowest, highest);
        byte[] pixels = new byte[3 * width * layout.height()];
        int out = 0;
        for (int y = 0; y < layout.height(); y++) {
            read(raster, y, layout, row);
            for (int in = 0; in < row.length; in += bands) {
                double opacity = layout.alphaBand() < 0 ? 1 : row[in + layout.alphaBand()] / white;
                for (int c = 0; c < 3; c++) {
                    double share = row[in + (layout.colours() == 1 ? 0 : c)] / white;
                    pixels[out++] = RgbPixels.overWhite(share, opacity, layout.premultiplied());
                }
            }
        }
        return RgbImage.wrap(width, layout.height(), pixels);
    }

    private static void read(Raster raster, int y, TiffLayout layout, double[] row) {
        raster.getPixels(0, y, layout.width(), 1, row);
        if (layout.bits() == 32 && layout.format() == SampleRange.Format.UNSIGNED) {
            for (int i = 0; i < row.length; i++) {
                // Java has only signed integers.
                row[i] = row[i] < 0 ? row[i] + 0x1p32 : row[i];
            }
        }
    }
}
