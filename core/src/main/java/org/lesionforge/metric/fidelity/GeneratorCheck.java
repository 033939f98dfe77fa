package org.lesionforge.metric.fidelity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a generator has learned anything, by the measures of its images.
 *
 * @param spread mean distance between two of its images over that between two real ones; 0 when all images are equal,
 *     {@code NaN} when the real ones are equal, too
 * @param precision share of its images that lie among the real ones; like recall {@code NaN} where there are too few
 * @param recall share of the real images that lie among its own
 */
public record GeneratorCheck(double spread, double precision, double recall) {
    /** Below this ratio of spreads a generator has collapsed. */
    public static final double LEAST_SPREAD = 0.3;

    /** {@return why its images must not be used; empty when they may be} */
    public List<String> refusals() {
        List<String> refusals = new ArrayList<>();
        if (!(spread > 0)) {
            refusals.add("every image is alike");
        } else if (spread < LEAST_SPREAD) {
            refusals.add(String.format(
                    Locale.ROOT,
                    "its images lie %.2f times as far apart as real ones (at least %.1f is asked for)",
                    spread,
                    LEAST_SPREAD));
        }
        if (precision == 0 && recall == 0) {
            refusals.add("precision and recall are both 0");
        }
        return refusals;
    }

    /**
     * {@return whether no real image lies among its images: only a warning, since it can happen with few images and a
     * good generator}
     */
    public boolean missesReals() {
        return recall == 0;
    }
}
