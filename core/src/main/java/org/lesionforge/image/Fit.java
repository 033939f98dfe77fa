package org.lesionforge.image;

import java.util.Locale;

/** How an oblong image becomes a square. Resampling is antialiased bicubic. */
public enum Fit {
    /** The shorter side becomes the side of the square; what the longer one has too much is cut off evenly at both ends. */
    CROP {
        @Override
        RgbImage apply(RgbImage image, double width, double height, int side) {
            double shorter = Math.min(width, height);
            double left = (width - shorter) / 2;
            double top = (height - shorter) / 2;
            // Cutting and shrinking in one step keeps a 3000×17 strip from becoming a 50,000 pixel wide one on the way.
            Resampler.Region square = new Resampler.Region(left, top, left + shorter, top + shorter);
            return Resampler.resize(image, square, side, side, Filter.BICUBIC);
        }
    },
    /** The longer side becomes the side of the square; the rest is filled evenly with the mean colour of the image's border. */
    PAD {
        @Override
        RgbImage apply(RgbImage image, double width, double height, int side) {
            double scale = side / Math.max(width, height);
            int innerWidth = (int) Math.max(1, Math.round(width * scale));
            int innerHeight = (int) Math.max(1, Math.round(height * scale));
            Resampler.Region all = new Resampler.Region(0, 0, width, height);
            RgbImage inner = Resampler.resize(image, all, innerWidth, innerHeight, Filter.BICUBIC);
            return surround(inner, side, borderMean(image));
        }
    },
    /** Both sides become the side of the square; the aspect is lost. */
    SQUASH {
        @Override
        RgbImage apply(RgbImage image, double width, double height, int side) {
            Resampler.Region all = new Resampler.Region(0, 0, width, height);
            return Resampler.resize(image, all, side, side, Filter.BICUBIC);
        }
    };

    /** @return {@code image} as {@code side × side} */
    public RgbImage apply(RgbImage image, int side) {
        return apply(image, image.width(), image.height(), side);
    }

    /** @return the whole picture as {@code side × side} */
    public RgbImage apply(ReducedImage picture, int side) {
        double reduction = picture.reduction();
        return apply(picture.image(), picture.width() / reduction, picture.height() / reduction, side);
    }

    /** @param width what of the image is the picture, from its left upper corner; the edges may divide pixels */
    abstract RgbImage apply(RgbImage image, double width, double height, int side);

    /** The lower-case word used on the command line and in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static byte[] borderMean(RgbImage image) {
        long[] sums = new long[3];
        long count = 0;
        for (int y = 0; y < image.height(); y++) {
            boolean edgeRow = y == 0 || y == image.height() - 1;
            int step = edgeRow || image.width() == 1 ? 1 : image.width() - 1;
            for (int x = 0; x < image.width(); x += step) {
                for (int c = 0; c < 3; c++) {
                    sums[c] += image.value(x, y, c);
                }
                count++;
            }
        }
        byte[] mean = new byte[3];
        for (int c = 0; c < 3; c++) {
            mean[c] = (byte) Math.round((double) sums[c] / count);
        }
        return mean;
    }

    private static RgbImage surround(RgbImage inner, int side, byte[] colour) {
        byte[] pixels = new byte[side * side * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = colour[i % 3];
        }
        int left = (side - inner.width()) / 2;
        int top = (side - inner.height()) / 2;
        int rowBytes = inner.width() * 3;
        for (int y = 0; y < inner.height(); y++) {
            System.arraycopy(inner.pixels(), y * rowBytes, pixels, ((top + y) * side + left) * 3, rowBytes);
        }
        return RgbImage.wrap(side, side, pixels);
    }
}
