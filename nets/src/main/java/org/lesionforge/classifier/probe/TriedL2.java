package org.lesionforge.classifier.probe;

/**
 * What cross-validation has found of one strength of L2.
 *
 * @param l2 λ in: mean cross-entropy + λ/2 · Σ W², where W sees standardised features
 * @param heldOutLoss mean cross-entropy in nats of images that were not fitted to; each class counts by its share of the weight in the
 *     training part
 * @param iterations of the optimiser, over all folds
 * @param converged whether every fold's fit has
 * @param seconds that the fits took
 */
public record TriedL2(double l2, double heldOutLoss, int iterations, boolean converged, double seconds) {}
