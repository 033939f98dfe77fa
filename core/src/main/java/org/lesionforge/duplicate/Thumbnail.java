package org.lesionforge.duplicate;

import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;

/** An image reduced to 64×64 grey levels: 4 kB are enough to recognise a copy of it. */
public final class Thumbnail {
    /** Side in pixels; an image of this size is not resampled. */
    public static final int SIDE = 64;

    private final byte[] grey;

    private Thumbnail(byte[] grey) {
        this.grey = grey;
    }

    /**
     * {@return the thumbnail of an image; an oblong one is squashed}
     *
     * @param image of any size
     */
    public static Thumbnail of(RgbImage image) {
        RgbImage small = image.width() == SIDE && image.height() == SIDE
                ? image
                : Resampler.resize(image, SIDE, SIDE, Filter.BICUBIC);
        byte[] grey = new byte[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                // Luma of ITU-R BT.601, the gray of JPEG.
                double luma =
                        0.299 * small.value(x, y, 0) + 0.587 * small.value(x, y, 1) + 0.114 * small.value(x, y, 2);
                grey[y * SIDE + x] = (byte) Math.round(luma);
            }
        }
        return new Thumbnail(grey);
    }

    /** @param grey 64×64 levels, row by row */
    static Thumbnail ofGrey(byte[] grey) {
        return new Thumbnail(grey);
    }

    /** As {@link #ofGrey} takes them. */
    byte[] grey() {
        return grey.clone();
    }

    /** @return 0…255 */
    int at(int x, int y) {
        return grey[y * SIDE + x] & 0xFF;
    }

    /**
     * Samples a square crop at {@code count × count} points, bilinearly between pixel centres; edge values are repeated
     * outside.
     *
     * @param left of the crop; like {@code top} and {@code side} a share of this image's side
     */
    void sample(double left, double top, double side, int count, double[] target) {
        int[] columns = new int[count];
        double[] right = new double[count];
        places(left, side, columns, right);
        int[] rows = new int[count];
        double[] below = new double[count];
        places(top, side, rows, below);
        for (int y = 0; y < count; y++) {
            for (int x = 0; x < count; x++) {
                double upper = (1 - right[x]) * at(columns[x], rows[y]) + right[x] * at(columns[x] + 1, rows[y]);
                double lower =
                        (1 - right[x]) * at(columns[x], rows[y] + 1) + right[x] * at(columns[x] + 1, rows[y] + 1);
                target[y * count + x] = (1 - below[y]) * upper + below[y] * lower;
            }
        }
    }

    /** For each sample the pixel before it and how far it is from that to the next. */
    private static void places(double start, double length, int[] before, double[] share) {
        for (int k = 0; k < before.length; k++) {
            double place = (start + (k + 0.5) / before.length * length) * SIDE - 0.5;
            double inside = Math.max(0, Math.min(SIDE - 1.0, place));
            before[k] = Math.min(SIDE - 2, (int) inside);
            share[k] = inside - before[k];
        }
    }
}
