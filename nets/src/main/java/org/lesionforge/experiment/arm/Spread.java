package org.lesionforge.experiment.arm;

import java.util.Locale;

/**
 * How far the numbers lie apart that a judge gives real images, beside how far float32 can put them apart that are equal.
 *
 * @param range the largest less the smallest; not finite where one of them is not
 * @param rounding as far apart as equal numbers may come out
 * @param images that have such a number, at least one
 */
record Spread(double range, double rounding, int images) {
    /**
     * 2⁻¹⁶ of a number's size, which is 128 units in float32's last place: a network adds thousands of products, layer after layer, and in
     * another order for another place in a batch.
     */
    private static final double ROUNDING = 0x1p-16;

    /**
     * @param values one for each image
     * @param size of what they were computed from
     */
    static Spread of(double[] values, double size) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return new Spread(most - least, ROUNDING * size, values.length);
    }

    /** Whether it is more than rounding; that of a single image is no evidence against it. */
    boolean tellsApart() {
        return Double.isFinite(range) && (images == 1 || range > rounding);
    }

    /** {@code 3.1e-07 (float32's rounding alone: 1.5e-05) on 40 real images}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.1e (float32's rounding alone: %.1e) on %d real images", range, rounding, images);
    }
}
