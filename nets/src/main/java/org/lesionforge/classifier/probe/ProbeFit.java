package org.lesionforge.classifier.probe;

import java.util.List;
import java.util.Optional;

/**
 * A fitted last layer, and how its L2 was chosen.
 *
 * @param head the layer, for features as they are
 * @param l2 that it was fitted with, as in {@link TriedL2}
 * @param folds how many parts were held out in turn; 0 where too few groups left no choice
 * @param tried strongest first; empty where too few groups left no choice
 * @param trainLoss weighted mean cross-entropy in nats of the images that were fitted to, without the penalty
 * @param trainAccuracy share of them whose most probable class is their own
 * @param iterations of the optimiser in the last fit, on all images
 * @param gradientNorm largest component of the gradient in which it ended
 * @param converged whether that is small enough, here and in every fit that chose the L2
 * @param seconds that the last fit took
 */
public record ProbeFit(
        LinearHead head,
        double l2,
        int folds,
        List<TriedL2> tried,
        double trainLoss,
        double trainAccuracy,
        int iterations,
        double gradientNorm,
        boolean converged,
        double seconds) {
    /** {@return the loss of held-out images at the chosen L2; empty where too few groups left no choice} */
    public Optional<Double> heldOutLoss() {
        return tried.stream()
                .filter(each -> each.l2() == l2)
                .map(TriedL2::heldOutLoss)
                .findFirst();
    }
}
