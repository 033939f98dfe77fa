package org.lesionforge.experiment.arm;

import org.jspecify.annotations.Nullable;

/**
 * How images are added to training parts, the same in all arms.
 *
 * @param synthetic how many the arms add that balance the scarce class; null for majority − minority in the training part
 * @param maxSimilarity synthetic images more similar than this to a training image are not used ({@link MemorisationGate}); 1 takes all
 * @param matchAcquisition whether generated images go through the resizing and the JPEG that the photographs went through
 */
public record Additions(@Nullable Integer synthetic, double maxSimilarity, boolean matchAcquisition) {
    /** What the scarce class lacks, without near-copies, after what the photographs went through. */
    public static final Additions DEFAULTS = new Additions(null, MemorisationGate.USUAL_SIMILARITY, true);

    /**
     * Refuses what adds nothing.
     *
     * @param synthetic at least 1, or null
     * @param maxSimilarity in (0, 1]
     * @param matchAcquisition any
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
