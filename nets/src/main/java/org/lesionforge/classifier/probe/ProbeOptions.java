package org.lesionforge.classifier.probe;

/**
 * How a last layer is fitted alone.
 *
 * @param fit {@value #LOGISTIC}: logistic regression on standardised features, L2 by cross-validation, until it has converged
 */
public record ProbeOptions(String fit) {
    private static final String LOGISTIC = "logistic";

    /** The only way there is. */
    public static final ProbeOptions USUAL = new ProbeOptions(LOGISTIC);

    /**
     * Refuses what this version does not know.
     *
     * @param fit {@value #LOGISTIC}
     * @throws IllegalArgumentException when it is another
     */
    public ProbeOptions {
        if (!fit.equals(LOGISTIC)) {
            throw new IllegalArgumentException("a last layer is fitted by '" + LOGISTIC + "', got '" + fit + "'");
        }
    }
}
