package org.lesionforge.image.file;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.image.Filter;
import org.lesionforge.image.ReducedImage;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;

/** How an oblong image becomes a square. Resampling is antialiased bicubic. */
public enum Fit {
    /** The shorter side becomes the side of the square; the excess of the longer one is cut off evenly at both ends. */
    CROP {
        @Override
        Resampler.Region part(double width, double height) {
            double shorter = Math.min(width, height);
            double left = (width - shorter) / 2;
            double top = (height - shorter) / 2;
            // In one step, so that a 3000×17 strip does not become 50,000 pixels wide in between.
            return new Resampler.Region(left, top, left + shorter, top + shorter);
        }
    },
    /** The longer side becomes the side of the square; the rest is filled evenly with the mean colour of the image's border. */
    PAD {
        @Override
        Size filled(double width, double height, int side) {
            double scale = side / Math.max(width, height);
            return new Size(
                    (int) Math.max(1, Math.round(width * scale)), (int) Math.max(1, Math.round(height * scale)));
        }
    },
    /** Both sides become the side of the square; the aspect ratio is not kept. */
    SQUASH;

    record Size(int width, int height) {}

    /**
     * {@return {@code image} as {@code side × side}}
     *
     * @param image of any size
     * @param side in pixels, at least 1
     */
    public RgbImage apply(RgbImage image, int side) {
        return apply(ReducedImage.whole(image), side);
    }

    /**
     * {@return the whole picture as {@code side × side}}
     *
     * @param picture decoded at a reduction that leaves it larger than {@code side}
     * @param side in pixels, at least 1
     */
    public RgbImage apply(ReducedImage picture, int side) {
        return apply(picture, List.of(side)).get(0);
    }

    /**
     * The whole picture at several sizes. To save time, a size is made from the next larger one, where that is smaller
     * than the picture and at least {@value ImageDecoder#MARGIN} times as large as the result.
     *
     * @param picture decoded at a reduction that leaves it larger than the largest side
     * @param sides in pixels, in any order
     * @return {@code side × side} for each of {@code sides}, in their order
     * @throws IllegalArgumentException when a side is below 1
     */
    public List<RgbImage> apply(ReducedImage picture, List<Integer> sides) {
        RgbImage image = picture.image();
        double width = (double) picture.width() / picture.reduction();
        double height = (double) picture.height() / picture.reduction();
        Resampler.Region part = part(width, height);
        Map<Integer, RgbImage> squares = new HashMap<>();
        Optional<RgbImage> larger = Optional.empty();
        for (int side : sides.stream().sorted(Comparator.reverseOrder()).toList()) {
            Size size = filled(width, height, side);
            RgbImage resized = larger.filter(made -> serves(made, part, size))
                    .map(made -> Resampler.resize(made, size.width(), size.height(), Filter.BICUBIC))
                    .orElseGet(() -> Resampler.resize(image, part, size.width(), size.height(), Filter.BICUBIC));
            boolean full = size.equals(new Size(side, side));
            squares.put(side, full ? resized : surround(resized, side, borderMean(image)));
            larger = Optional.of(resized);
        }
        return sides.stream().map(squares::get).toList();
    }

    /** The part of an image that is in the square, in pixels; its edges may fall inside a pixel. */
    Resampler.Region part(double width, double height) {
        return new Resampler.Region(0, 0, width, height);
    }

    /** The part of a square that is filled. */
    Size filled(double width, double height, int side) {
        return new Size(side, side);
    }

    private static boolean serves(RgbImage made, Resampler.Region part, Size size) {
        return made.width() < part.width()
                && made.height() < part.height()
                && made.width() >= ImageDecoder.MARGIN * size.width()
                && made.height() >= ImageDecoder.MARGIN * size.height();
    }

    /** {@return the lower-case word used on the command line and in files} */
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
