package org.lesionforge.phantom;

/** The S-shaped curves used for blending. */
final class Curve {
    private Curve() {}

    /** 0 below {@code low}, 1 above {@code high}, 3t² − 2t³ between. */
    static double smooth(double low, double high, double value) {
        double t = Math.min(1, Math.max(0, (value - low) / (high - low)));
        return t * t * (3 - 2 * t);
    }

    /** The logistic curve: a standard score to 0…1. */
    static double logistic(double score) {
        return 1 / (1 + StrictMath.exp(-score));
    }
}
