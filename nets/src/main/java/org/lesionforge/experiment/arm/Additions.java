package org.lesionforge.experiment.arm;

import org.jspecify.annotations.Nullable;

/**
 * How images are added to training parts, the same in all arms.
 *
 * @param synthetic how many the balancing arms add; null for majority − minority in the training part
 * @param maxSimilarity synthetic images more similar than this to a training image are not used ({@link MemorisationGate}); 1 takes all
 */
public record Additions(@Nullable Integer synthetic, double maxSimilarity) {
    /** What the scarce class lacks, without near-copies. */
    public static final Additions DEFAULTS = new Additions(null, MemorisationGate.USUAL_SIMILARITY);

    /**
     * Refuses what adds nothing.
     *
     * @param synthetic at least 1, or null
     * @param maxSimilarity in (0, 1]
     * @throws IllegalArgumentException when fewer than one image is asked for, or the similarity is outside (0, 1]
     */
    public Additions {
        if (synthetic != null && synthetic < 1) {
            throw new IllegalArgumentException("the number of synthetic images must be at least 1, got " + synthetic);
        }
        if (!(maxSimilarity > 0 && maxSimilarity <= 1)) {
            throw new IllegalArgumentException("the highest similarity must be in (0, 1], got " + maxSimilarity);
        }
    }
}
