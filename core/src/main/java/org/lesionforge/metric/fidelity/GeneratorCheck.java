package org.lesionforge.metric.fidelity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a generator has learned anything, by what its images were measured at.
 *
 * @param spread mean distance between two of its images over that between two real ones; 0 when every image is alike, {@code NaN} when the
 *     real ones are, too
 * @param precision share of its images that lie among the real ones; {@code NaN} where there are too few to tell, as is recall
 * @param recall share of the real images that lie among its own
 */
public record GeneratorCheck(double spread, double precision, double recall) {
    /** A generator whose images are less spread than this, of the reals' spread, draws one thing. */
    public static final double LEAST_SPREAD = 0.3;

    /** Why its images are not to be used; empty when nothing speaks against them. */
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

    /** Whether no real image lies among its images: a warning by itself, for networks that learned well may have it on few images. */
    public boolean missesReals() {
        return recall == 0;
    }
}
