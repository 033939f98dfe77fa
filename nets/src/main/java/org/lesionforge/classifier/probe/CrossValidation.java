package org.lesionforge.classifier.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The loss of images that were not fitted to, each held out once. Weaker and weaker L2 may be asked for: every fold's fit starts from its last one.
 *
 * <p>The criterion is the loss that is fitted, not the AUC: it is smooth where the AUC of a few dozen images moves in steps, and it tells an
 * overconfident layer from one that is right. Classes weigh in it as they do in the fit, so that copies, synthetic images and class weights
 * shift both alike.
 */
final class CrossValidation {
    private final Examples examples;
    private final List<int[]> heldOut = new ArrayList<>();
    private final List<LogisticRegression> fits = new ArrayList<>();
    private final double[] shares;

    /** @param held whether each example is to be held out */
    CrossValidation(Examples examples, boolean[] held, Folds folds) {
        this.examples = examples;
        for (int fold = 0; fold < folds.count(); fold++) {
            heldOut.add(folds.heldOut(fold, held));
            fits.add(new LogisticRegression(examples, folds.fittedTo(fold)));
        }
        shares = examples.shares(IntStream.range(0, examples.size()).toArray());
    }

    TriedL2 at(double l2) {
        long started = System.nanoTime();
        double[] losses = new double[shares.length];
        double[] weights = new double[shares.length];
        int iterations = 0;
        boolean converged = true;
        for (int fold = 0; fold < fits.size(); fold++) {
            LogisticRegression.Fit fit = fits.get(fold).fit(l2);
            iterations += fit.minimum().iterations();
            converged &= fit.minimum().converged();
            for (int i : heldOut.get(fold)) {
                int label = examples.labels()[i];
                losses[label] += examples.weights()[i] * fit.head().crossEntropy(examples.features(), i, label);
                weights[label] += examples.weights()[i];
            }
        }
        double loss = 0;
        for (int c = 0; c < shares.length; c++) {
            loss += shares[c] * losses[c] / weights[c];
        }
        return new TriedL2(l2, loss, iterations, converged, (System.nanoTime() - started) / 1e9);
    }
}
