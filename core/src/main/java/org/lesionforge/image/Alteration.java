package org.lesionforge.image;

import java.util.SplittableRandom;
import org.lesionforge.io.Seed;

/**
 * One classical alteration of a square image: zoom, shear and a smooth elastic deformation, then contrast and
 * brightness. All lengths are shares of the side, so that an alteration is the same at every size. Bilinear; outside
 * the image its reflection is used.
 *
 * <p>Strong enough to compare with synthetic images, mild enough to keep the lesion's features: colour is diagnostic
 * and is not shifted.
 */
public final class Alteration {
    private static final double MOST_ZOOM = 1.25;
    private static final double MOST_SHEAR = Math.tan(Math.toRadians(8));
    private static final double MOST_DISPLACEMENT = 0.04;
    private static final double MOST_CONTRAST = 0.15;
    private static final double MOST_BRIGHTNESS = 0.1;
    /** Cells of the elastic grid along a side. */
    private static final int CELLS = 4;
    /** A cubic B-spline over n cells has n + 3 control points. */
    private static final int POINTS = CELLS + 3;

    private final double zoom;
    private final double shearX;
    private final double shearY;
    private final double[][] displacementX;
    private final double[][] displacementY;
    private final double contrast;
    private final double brightness;

    private Alteration(SplittableRandom random) {
        zoom = 1 + (MOST_ZOOM - 1) * random.nextDouble();
        shearX = MOST_SHEAR * signed(random);
        shearY = MOST_SHEAR * signed(random);
        contrast = 1 + MOST_CONTRAST * signed(random);
        brightness = 255 * MOST_BRIGHTNESS * signed(random);
        displacementX = grid(random);
        displacementY = grid(random);
    }

    /**
     * Zoom in by 1 to 1.25, shear by up to 8° along both axes, displace by up to 4 % of the side on a 4×4 grid, change
     * contrast by up to 15 % and brightness by up to 10 % of the range, each drawn uniformly.
     *
     * @param seed the same one draws the same alteration
     * @return an alteration for images of any side
     */
    public static Alteration random(Seed seed) {
        return new Alteration(seed.random());
    }

    private static double signed(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }

    private static double[][] grid(SplittableRandom random) {
        double[][] grid = new double[POINTS][POINTS];
        for (double[] row : grid) {
            for (int x = 0; x < POINTS; x++) {
                row[x] = MOST_DISPLACEMENT * signed(random);
            }
        }
        return grid;
    }

    /**
     * Writes the RGB image {@code source}, {@code side × side × 3} bytes, altered, to {@code target} from
     * {@code offset}.
     *
     * @param source RGB bytes, row by row; left as they are
     * @param side of both images, in pixels
     * @param target may not be {@code source}
     * @param offset where the first byte goes
     */
    public void apply(byte[] source, int side, byte[] target, int offset) {
        int out = offset;
        for (int row = 0; row < side; row++) {
            double y = (row + 0.5) / side;
            double[] bendX = along(displacementX, y);
            double[] bendY = along(displacementY, y);
            for (int column = 0; column < side; column++) {
                double x = (column + 0.5) / side;
                double fromX = 0.5 + (x - 0.5 + shearX * (y - 0.5)) / zoom + at(bendX, x);
                double fromY = 0.5 + (y - 0.5 + shearY * (x - 0.5)) / zoom + at(bendY, x);
                sample(source, side, fromX * side - 0.5, fromY * side - 0.5, target, out);
                out += 3;
            }
        }
    }

    /** The spline's control values on the line {@code y}. */
    private static double[] along(double[][] grid, double y) {
        int cell = (int) Math.min(CELLS - 1, y * CELLS);
        double[] line = new double[POINTS];
        for (int k = 0; k < 4; k++) {
            double weight = spline(k, y * CELLS - cell);
            for (int x = 0; x < POINTS; x++) {
                line[x] += weight * grid[cell + k][x];
            }
        }
        return line;
    }

    private static double at(double[] line, double x) {
        int cell = (int) Math.min(CELLS - 1, x * CELLS);
        double value = 0;
        for (int k = 0; k < 4; k++) {
            value += spline(k, x * CELLS - cell) * line[cell + k];
        }
        return value;
    }

    /** The four pieces of the uniform cubic B-spline, which add up to 1 for every {@code t} in [0, 1]. */
    private static double spline(int piece, double t) {
        double s = 1 - t;
        return switch (piece) {
            case 0 -> s * s * s / 6;
            case 1 -> (3 * t * t * t - 6 * t * t + 4) / 6;
            case 2 -> (3 * s * s * s - 6 * s * s + 4) / 6;
            default -> t * t * t / 6;
        };
    }

    private void sample(byte[] source, int side, double x, double y, byte[] target, int out) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double shareX = x - left;
        double shareY = y - top;
        int x0 = reflected(left, side);
        int x1 = reflected(left + 1, side);
        int y0 = reflected(top, side) * side;
        int y1 = reflected(top + 1, side) * side;
        for (int c = 0; c < 3; c++) {
            double upper = mixed(source, 3 * (y0 + x0) + c, 3 * (y0 + x1) + c, shareX);
            double lower = mixed(source, 3 * (y1 + x0) + c, 3 * (y1 + x1) + c, shareX);
            double value = upper + shareY * (lower - upper);
            target[out + c] =
                    (byte) Math.round(Math.max(0, Math.min(255, 127.5 + contrast * (value - 127.5) + brightness)));
        }
    }

    private static double mixed(byte[] source, int first, int second, double share) {
        int a = source[first] & 0xFF;
        return a + share * ((source[second] & 0xFF) - a);
    }

    /** Mirrors an index at the edges, the edge pixel repeated: … 1 0 | 0 1 2 … */
    private static int reflected(int i, int side) {
        int period = Math.floorMod(i, 2 * side);
        return period < side ? period : 2 * side - 1 - period;
    }
}
