package org.lesionforge.phantom;

/** Smooth random patterns over the plane: gradient noise (Perlin 1985, 2002) and a jittered honeycomb (after Worley 1996). */
final class Noise {
    private static final int DIRECTIONS = 64;
    private static final double[] GRADIENT_X = new double[DIRECTIONS];
    private static final double[] GRADIENT_Y = new double[DIRECTIONS];

    static {
        for (int i = 0; i < DIRECTIONS; i++) {
            GRADIENT_X[i] = 1.5 * StrictMath.cos(2 * StrictMath.PI * i / DIRECTIONS);
            GRADIENT_Y[i] = 1.5 * StrictMath.sin(2 * StrictMath.PI * i / DIRECTIONS);
        }
    }

    private final int seed;

    Noise(SplitMix64 random) {
        this.seed = (int) random.next();
    }

    /** Mean 0, within about ±1, features about one unit apart. */
    double at(double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double dx = x - left;
        double dy = y - top;
        double weightX = fade(dx);
        double upper = mix(weightX, slope(left, top, dx, dy), slope(left + 1, top, dx - 1, dy));
        double lower = mix(weightX, slope(left, top + 1, dx, dy - 1), slope(left + 1, top + 1, dx - 1, dy - 1));
        return mix(fade(dy), upper, lower);
    }

    /** Octaves of {@link #at}: each turned, twice as fine and half as strong as the one before. */
    double fractal(double x, double y, int octaves) {
        double sum = 0;
        double strength = 1;
        double u = x;
        double v = y;
        for (int octave = 0; octave < octaves; octave++) {
            sum += strength * at(u, v);
            double turned = 1.6 * u - 1.2 * v + 17.3;
            v = 1.2 * u + 1.6 * v - 5.9;
            u = turned;
            strength /= 2;
        }
        return sum;
    }

    /** The position of a point in the honeycomb. */
    static final class Cell {
        /** Distance to the nearest cell centre, about 0…0.7. */
        double centre;
        /** Distance to the second nearest less the one to the nearest: 0 on the mesh. */
        double mesh;
        /** A number in [0, 1) of the cell itself. */
        double lot;
    }

    /** @param jitter how far centres stray from a regular honeycomb, 0…0.5 */
    void cell(double x, double y, double jitter, Cell result) {
        // A honeycomb's centres: rows √¾ apart, every other row moved by half a cell.
        double scaledY = y / 0.8660254037844386;
        int row = (int) Math.floor(scaledY);
        double nearest = 9;
        double second = 9;
        int nearestHash = 0;
        for (int j = row - 1; j <= row + 1; j++) {
            double offset = (j & 1) * 0.5;
            int column = (int) Math.floor(x - offset);
            for (int i = column - 1; i <= column + 1; i++) {
                int hash = hash(i, j);
                double dx = i + offset + 0.5 + jitter * ((hash & 0xFFF) / 2048.0 - 1) - x;
                double dy = (j + 0.5) * 0.8660254037844386 + jitter * ((hash >>> 12 & 0xFFF) / 2048.0 - 1) - y;
                double squared = dx * dx + dy * dy;
                if (squared < nearest) {
                    second = nearest;
                    nearest = squared;
                    nearestHash = hash;
                } else if (squared < second) {
                    second = squared;
                }
            }
        }
        result.centre = Math.sqrt(nearest);
        result.mesh = Math.sqrt(second) - result.centre;
        result.lot = (nearestHash >>> 24) / 256.0;
    }

    private double slope(int x, int y, double dx, double dy) {
        int direction = hash(x, y) & DIRECTIONS - 1;
        return GRADIENT_X[direction] * dx + GRADIENT_Y[direction] * dy;
    }

    private int hash(int x, int y) {
        int h = x * 0x9E3779B1 ^ y * 0x85EBCA77 ^ seed;
        h = (h ^ h >>> 15) * 0x2C1B3C6D;
        h = (h ^ h >>> 12) * 0x297A2D39;
        return h ^ h >>> 15;
    }

    private static double fade(double t) {
        return t * t * t * (t * (t * 6 - 15) + 10);
    }

    private static double mix(double weight, double a, double b) {
        return a + weight * (b - a);
    }
}
