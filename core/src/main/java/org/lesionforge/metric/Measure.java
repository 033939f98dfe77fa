package org.lesionforge.metric;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The measures of a classifier on labelled images. Those of the positive class compare it with all others; accuracy,
 * balanced accuracy and Matthews correlation count every class.
 *
 * <p>{@link #ROC_AUC}, {@link #PR_AUC}, {@link #SENSITIVITY_AT_SPECIFICITY_90}, {@link #BRIER} and {@link #ECE} use the
 * probabilities, the others the predictions, which depend on the threshold. Undefined values are {@code NaN}.
 */
public enum Measure {
    /** Share of the images whose class was predicted, in [0, 1]. */
    ACCURACY("accuracy"),
    /** Mean of the classes' recalls, in [0, 1]. */
    BALANCED_ACCURACY("balanced_accuracy"),
    /** Share of the positives that were predicted positive: recall. */
    SENSITIVITY("sensitivity"),
    /** Share of the negatives that were predicted negative. */
    SPECIFICITY("specificity"),
    /** Share of those predicted positive that are. */
    PRECISION("precision"),
    /** Harmonic mean of precision and sensitivity, in [0, 1]. */
    F1("f1"),
    /** Matthews correlation of all classes (Gorodkin 2004), in [−1, 1]. */
    MCC("mcc"),
    /** Area under the {@linkplain RocCurve ROC curve}, in [0, 1]. */
    ROC_AUC("roc_auc"),
    /** Average precision. */
    PR_AUC("pr_auc"),
    /** The largest sensitivity at a specificity of at least 90 %. */
    SENSITIVITY_AT_SPECIFICITY_90("sensitivity_at_specificity_90"),
    /** Mean squared error of the probability of the positive class. */
    BRIER("brier"),
    /** {@link Reliability#ece()}. */
    ECE("ece");

    private final String word;

    Measure(String word) {
        this.word = word;
    }

    /** {@return its name in files} */
    @JsonValue
    public String word() {
        return word;
    }

    /** False for errors, for which smaller is better. */
    boolean higherIsBetter() {
        return this != BRIER && this != ECE;
    }

    /** {@return whether it uses the predictions, and so depends on the threshold, rather than the probabilities} */
    public boolean dependsOnThreshold() {
        return compareTo(MCC) <= 0;
    }

    /**
     * {@return its value on all images}
     *
     * @param outcomes of one classifier
     */
    public double of(Outcomes outcomes) {
        return of(outcomes, outcomes.once());
    }

    /** Its value when image i counts {@code times[i]} times. */
    double of(Outcomes outcomes, int[] times) {
        return switch (this) {
            case ACCURACY -> outcomes.confusion(times).accuracy();
            case BALANCED_ACCURACY -> outcomes.confusion(times).balancedAccuracy();
            case SENSITIVITY -> outcomes.ofPositive(times).recall();
            case SPECIFICITY -> outcomes.specificity(times);
            case PRECISION -> outcomes.ofPositive(times).precision();
            case F1 -> outcomes.ofPositive(times).f1();
            case MCC -> outcomes.confusion(times).matthewsCorrelation();
            case ROC_AUC -> outcomes.sweep(times).rocAuc();
            case PR_AUC -> outcomes.sweep(times).averagePrecision();
            case SENSITIVITY_AT_SPECIFICITY_90 -> outcomes.sweep(times).sensitivityAt(0.9);
            case BRIER -> outcomes.brier(times);
            case ECE -> outcomes.reliability(times).ece();
        };
    }
}
