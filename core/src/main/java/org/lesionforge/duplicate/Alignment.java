package org.lesionforge.duplicate;

import java.util.Optional;

/**
 * The best alignment of one image with another, by hill climbing over the position and size of the crop: first on
 * coarse detail, whose maximum is wide, then on fine detail. The limits were measured on planted copies and on the most
 * similar pairs of different lesions.
 *
 * @param view of the original
 * @param similarity in [−1, 1], as {@link Detail#agreement}
 */
record Alignment(View view, double similarity) {
    private static final int COARSE = 4;
    private static final int FINE = PerceptualHash.COEFFICIENTS;

    /** Below this many grey levels there is no detail to compare, only rounding and compression errors. */
    private static final double LEAST_STRENGTH = 0.5;
    /** Correlation before the first step: of the coarse detail, and of the fine. */
    private static final double LEAST_COARSE_AT_FIRST = 0.45;

    private static final double LEAST_FINE_AT_FIRST = 0.1;
    /** Correlation of the fine detail after the first, long steps. */
    private static final double LEAST_FINE_AFTER_LONG_STEPS = 0.3;
    /** Correlation of the coarse detail where coarse steps end. */
    private static final double LEAST_COARSE = 0.85;

    private static final View WHOLE = View.SEARCHED.get(0);

    /** The alignment found from {@code start}; empty when the search was stopped because this cannot be a copy. */
    static Optional<Alignment> of(Thumbnail original, View start, Thumbnail copy) {
        Detail target = Detail.of(copy, WHOLE);
        Climb climb = new Climb(original, target, start);
        if (target.strength(FINE) < LEAST_STRENGTH || climb.at.strength(FINE) < LEAST_STRENGTH) {
            return Optional.empty();
        }
        if (climb.correlation(COARSE) < LEAST_COARSE_AT_FIRST || climb.correlation(FINE) < LEAST_FINE_AT_FIRST) {
            return Optional.empty();
        }
        climb.steps(COARSE, 0.02, 0.02);
        if (climb.correlation(FINE) < LEAST_FINE_AFTER_LONG_STEPS) {
            return Optional.empty();
        }
        climb.steps(COARSE, 0.01, 0.005);
        if (climb.correlation(COARSE) < LEAST_COARSE) {
            return Optional.empty();
        }
        climb.steps(FINE, 0.005, 0.0025);
        return Optional.of(new Alignment(climb.view, climb.at.agreement(target, COARSE)));
    }

    private static final class Climb {
        private final Thumbnail original;
        private final Detail target;
        private View view;
        private Detail at;

        Climb(Thumbnail original, Detail target, View start) {
            this.original = original;
            this.target = target;
            view = start;
            at = Detail.of(original, start);
        }

        double correlation(int cut) {
            return at.correlation(target, cut);
        }

        /** Climbs in steps of one length until no step improves the correlation, then in steps of half that length. */
        void steps(int cut, double longest, double shortest) {
            double height = correlation(cut);
            for (double step = longest; step >= shortest; ) {
                double before = height;
                for (View neighbour : view.neighbours(step)) {
                    Detail there = Detail.of(original, neighbour);
                    double reached = there.correlation(target, cut);
                    if (reached > height) {
                        height = reached;
                        view = neighbour;
                        at = there;
                    }
                }
                if (height == before) {
                    step /= 2;
                }
            }
        }
    }
}
