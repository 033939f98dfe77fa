package org.lesionforge.classifier.probe;

/** Fits of softmax regression to some of the examples, at one strength of L2 after the other. */
final class LogisticRegression {
    /** Of the largest component of the gradient, for a loss that is a mean in nats. */
    static final double TOLERANCE = 1e-5;

    /** Several times what features of images take; a fit that needs more says that it has not converged. */
    private static final int MOST_ITERATIONS = 2000;

    private final Examples examples;
    private final int[] rows;
    private final Standardisation standardisation;
    private double[] start;

    /** @param rows of the examples that are fitted to; each class is among them */
    LogisticRegression(Examples examples, int[] rows) {
        this.examples = examples;
        this.rows = rows;
        standardisation = Standardisation.of(examples.features(), rows);
        start = Objective.start(examples, rows);
    }

    /** How many features vary among the rows: the mean squared length of a standardised vector. */
    int varying() {
        return standardisation.varying();
    }

    /**
     * A converged fit, or one that says that it has not converged.
     *
     * @param head for features as they are
     * @param minimum of the loss with its penalty
     */
    record Fit(LinearHead head, Lbfgs.Minimum minimum) {}

    /** Starts from where the last fit of this ended, which a fit with nearly the same L2 is close to. */
    Fit fit(double l2) {
        return fit(l2, TOLERANCE);
    }

    Fit fit(double l2, double tolerance) {
        Lbfgs.Minimum minimum =
                Lbfgs.minimise(new Objective(examples, rows, standardisation, l2), start, tolerance, MOST_ITERATIONS);
        start = minimum.point();
        return new Fit(head(minimum.point()), minimum);
    }

    private LinearHead head(double[] point) {
        int classes = examples.classes();
        int d = examples.features().dimensions();
        double[][] weights = new double[classes][d];
        double[] bias = new double[classes];
        for (int c = 0; c < classes; c++) {
            System.arraycopy(point, c * d, weights[c], 0, d);
            bias[c] = point[classes * d + c];
        }
        return LinearHead.of(weights, bias, standardisation);
    }
}
