package org.lesionforge.classifier.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.ClassificationEvaluation;

/**
 * Fits a last layer: multinomial logistic regression on standardised features, minimised until the gradient vanishes. The strength of L2 is the
 * one with the lowest loss on held-out images, in grouped and stratified cross-validation inside the examples; of equal ones the strongest. It
 * sees nothing else, so that images to be tested on have no say in it.
 */
public final class Probe {
    private static final String TASK = "fitting the last layer, L2";
    private static final int FOLDS = 5;

    /**
     * Each a √10th of the one before. The strongest is d, the number of features: cross-entropy curves by at most d/4 in any direction of
     * standardised features, so that nothing is left to be stronger for. The weakest is a millionth of it.
     */
    private static final int STRENGTHS = 13;

    /** Weaker ones that are tried after the best: beyond, the loss rises, and a fit takes the longer the weaker its L2. */
    private static final int PATIENCE = 3;

    /** Which one it is where there are too few groups to choose: a thousandth of d. */
    private static final int WITHOUT_CHOICE = 6;

    private final Examples examples;
    private final LogisticRegression all;
    private final Progress progress;

    private Probe(Examples examples, Progress progress) {
        this.examples = examples;
        this.progress = progress;
        all = new LogisticRegression(
                examples, IntStream.range(0, examples.size()).toArray());
    }

    /**
     * Chooses L2 and fits.
     *
     * @param examples all that may be known
     * @param seed of the folds
     * @param progress receives each strength that has been tried, and can ask to stop
     * @param listener likewise, strongest first
     * @return the layer; the same for any number of threads
     * @throws UnusableInputException when a feature is infinite or NaN
     * @throws InterruptedRunException when stopping was asked for
     */
    public static ProbeFit fit(Examples examples, Seed seed, Progress progress, Consumer<TriedL2> listener) {
        boolean[] held = heldOrAll(examples);
        Probe probe = new Probe(examples, progress);
        Optional<Folds> folds = Folds.draw(examples, held, FOLDS, seed);
        if (folds.isEmpty()) {
            double l2 = probe.strength(WITHOUT_CHOICE);
            progress.message("a class has too few groups to hold any out, so L2 cannot be chosen; it is "
                    + String.format(Locale.ROOT, "%.3g", l2) + ", a thousandth of the number of features");
            return probe.fit(l2, 0, List.of());
        }
        List<TriedL2> tried = probe.tried(new CrossValidation(examples, held, folds.get()), listener);
        return probe.fit(best(tried).l2(), folds.get().count(), tried);
    }

    /** Of a class of which nothing is to be held out (all of it is synthetic), everything is: else its loss could not be known. */
    private static boolean[] heldOrAll(Examples examples) {
        boolean[] known = new boolean[examples.classes()];
        boolean[] held = examples.held().clone();
        for (int i = 0; i < held.length; i++) {
            known[examples.labels()[i]] |= held[i];
        }
        for (int i = 0; i < held.length; i++) {
            held[i] |= !known[examples.labels()[i]];
        }
        return held;
    }

    private double strength(int step) {
        return Math.max(1, all.varying()) * Math.pow(10, -step / 2.0);
    }

    private List<TriedL2> tried(CrossValidation validation, Consumer<TriedL2> listener) {
        List<TriedL2> tried = new ArrayList<>();
        for (int step = 0; step < STRENGTHS; step++) {
            progress.cancellation().throwIfRequested(TASK, step, STRENGTHS);
            TriedL2 next = validation.at(strength(step));
            tried.add(next);
            listener.accept(next);
            progress.advance(
                    TASK,
                    step + 1,
                    STRENGTHS,
                    String.format(Locale.ROOT, "%.3g  held-out loss %.4f", next.l2(), next.heldOutLoss()));
            if (tried.size() - tried.indexOf(best(tried)) > PATIENCE) {
                break;
            }
        }
        return List.copyOf(tried);
    }

    /** The first of several. */
    private static TriedL2 best(List<TriedL2> tried) {
        return tried.stream()
                .min(Comparator.comparingDouble(TriedL2::heldOutLoss))
                .orElseThrow();
    }

    private ProbeFit fit(double l2, int folds, List<TriedL2> tried) {
        long started = System.nanoTime();
        LogisticRegression.Fit fit = all.fit(l2);
        double loss = 0;
        double weight = 0;
        int correct = 0;
        double[][] probabilities = fit.head().probabilities(examples.features());
        for (int i = 0; i < examples.size(); i++) {
            int label = examples.labels()[i];
            loss += examples.weights()[i] * fit.head().crossEntropy(examples.features(), i, label);
            weight += examples.weights()[i];
            correct += ClassificationEvaluation.mostProbable(probabilities[i]) == label ? 1 : 0;
        }
        Lbfgs.Minimum minimum = fit.minimum();
        return new ProbeFit(
                fit.head(),
                l2,
                folds,
                tried,
                loss / weight,
                (double) correct / examples.size(),
                minimum.iterations(),
                minimum.gradientNorm(),
                minimum.converged() && tried.stream().allMatch(TriedL2::converged),
                (System.nanoTime() - started) / 1e9);
    }
}
