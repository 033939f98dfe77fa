package org.lesionforge.generator.adversarial;

/**
 * A path between two latents whose points have the same distribution as the latents that the generator was trained on.
 *
 * <p>A straight line is not: half-way, components of two uniform latents have half the variance, for which the
 * generator was not trained. A great circle keeps the length but leaves the cube. So each component is interpolated
 * linearly and then transformed by its distribution function at that point, that of a trapezoid, which makes it uniform
 * again (Agustsson et al. 2019, arXiv 1711.01970).
 *
 * @param from components uniform in [−1, 1]
 * @param to another one, independent of it
 */
record LatentPath(float[] from, float[] to) {

    /** @param t 0 at {@code from}, 1 at {@code to} */
    float[] at(double t) {
        float[] z = new float[from.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) uniform((1 - t) * from[i] + t * to[i], Math.abs(1 - 2 * t));
        }
        return z;
    }

    /**
     * 2F(s) − 1 for the distribution function F of (1 − t)·a + t·b, whose density is a trapezoid on [−1, 1].
     *
     * @param plateau |1 − 2t|: between −plateau and plateau the density is level
     */
    private static double uniform(double s, double plateau) {
        double x = Math.abs(s);
        double mapped = x <= plateau ? 2 * x / (1 + plateau) : 1 - (1 - x) * (1 - x) / ((1 - plateau) * (1 + plateau));
        return Math.copySign(mapped, s);
    }
}
