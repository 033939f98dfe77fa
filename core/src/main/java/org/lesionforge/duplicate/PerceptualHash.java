package org.lesionforge.duplicate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lesionforge.image.Symmetry;

/**
 * 63 bits of an image: the signs of its 8×8 lowest cosine coefficients without the first, which is the mean. Resizing, compression, brightness
 * and contrast change few of them. Mirroring and turning change known signs and places, so the hash of every {@link View} follows from a few
 * transforms.
 */
final class PerceptualHash {
    static final int COEFFICIENTS = 8;

    private static final Map<List<Double>, double[][]> COSINES = new HashMap<>();

    static {
        for (View view : View.SEARCHED) {
            COSINES.computeIfAbsent(List.of(view.left(), view.side()), cut -> cosines(cut.get(0), cut.get(1)));
            COSINES.computeIfAbsent(List.of(view.top(), view.side()), cut -> cosines(cut.get(0), cut.get(1)));
        }
    }

    private PerceptualHash() {}

    /** Of the whole image. */
    static long of(Thumbnail image) {
        return bits(coefficients(image, View.SEARCHED.get(0)), Symmetry.IDENTITY);
    }

    /** Of every view in {@link View#SEARCHED}, in its order. */
    static long[] ofViews(Thumbnail image) {
        long[] hashes = new long[View.SEARCHED.size()];
        // The first view of each cut is as it stands.
        double[][] coefficients = {};
        for (int v = 0; v < hashes.length; v++) {
            View view = View.SEARCHED.get(v);
            if (view.symmetry().equals(Symmetry.IDENTITY)) {
                coefficients = coefficients(image, view);
            }
            hashes[v] = bits(coefficients, view.symmetry());
        }
        return hashes;
    }

    /** Rows of cosines over the pixels of the image, 0 outside the cut. */
    private static double[][] cosines(double start, double length) {
        double[][] cosines = new double[COEFFICIENTS][Thumbnail.SIDE];
        double[] inside = new double[Thumbnail.SIDE];
        double total = 0;
        for (int k = 0; k < Thumbnail.SIDE; k++) {
            double from = Math.max(k, start * Thumbnail.SIDE);
            double to = Math.min(k + 1, (start + length) * Thumbnail.SIDE);
            inside[k] = Math.max(0, to - from);
            total += inside[k];
        }
        for (int u = 0; u < COEFFICIENTS; u++) {
            double sum = 0;
            for (int k = 0; k < Thumbnail.SIDE; k++) {
                double place = ((k + 0.5) / Thumbnail.SIDE - start) / length;
                cosines[u][k] = inside[k] * Math.cos(Math.PI * u * place);
                sum += cosines[u][k];
            }
            // Pixels at the crop's edge count in part, so that every coefficient holds a share of the mean, which is
            // large.
            for (int k = 0; u > 0 && k < Thumbnail.SIDE; k++) {
                cosines[u][k] -= inside[k] * sum / total;
            }
        }
        return cosines;
    }

    /** Vertical frequency first. */
    private static double[][] coefficients(Thumbnail image, View view) {
        double[][] across = Objects.requireNonNull(COSINES.get(List.of(view.left(), view.side())));
        double[][] down = Objects.requireNonNull(COSINES.get(List.of(view.top(), view.side())));
        double[][] rows = new double[Thumbnail.SIDE][COEFFICIENTS];
        for (int y = 0; y < Thumbnail.SIDE; y++) {
            for (int x = 0; x < Thumbnail.SIDE; x++) {
                int grey = image.at(x, y);
                for (int v = 0; v < COEFFICIENTS; v++) {
                    rows[y][v] += across[v][x] * grey;
                }
            }
        }
        double[][] coefficients = new double[COEFFICIENTS][COEFFICIENTS];
        for (int u = 0; u < COEFFICIENTS; u++) {
            for (int y = 0; y < Thumbnail.SIDE; y++) {
                for (int v = 0; v < COEFFICIENTS; v++) {
                    coefficients[u][v] += down[u][y] * rows[y][v];
                }
            }
        }
        return coefficients;
    }

    private static long bits(double[][] coefficients, Symmetry symmetry) {
        long bits = 0;
        for (int u = 0; u < COEFFICIENTS; u++) {
            for (int v = u == 0 ? 1 : 0; v < COEFFICIENTS; v++) {
                double value = symmetry.transposed() ? coefficients[v][u] : coefficients[u][v];
                // Mirroring negates a cosine of odd frequency.
                boolean flipped = (symmetry.mirrored() && v % 2 == 1) != (symmetry.upsideDown() && u % 2 == 1);
                bits = bits << 1 | ((value > 0) != flipped ? 1 : 0);
            }
        }
        return bits;
    }
}
