package org.lesionforge.report;

import java.util.stream.Stream;
import org.lesionforge.metric.Measure;

/** What measures are called for people. */
public final class MeasureNames {
    private MeasureNames() {}

    /**
     * {@return what a measure is called for people}
     *
     * @param word of the measure in files; of any other word its underscores become spaces
     */
    public static String of(String word) {
        return Stream.of(Measure.values())
                .filter(measure -> measure.word().equals(word))
                .findFirst()
                .map(MeasureNames::of)
                .orElse(word.replace('_', ' '));
    }

    /**
     * {@return what a measure is called for people, in lower case where it is no abbreviation}
     *
     * @param measure any of them
     */
    public static String of(Measure measure) {
        return switch (measure) {
            case ACCURACY -> "accuracy";
            case BALANCED_ACCURACY -> "balanced accuracy";
            case SENSITIVITY -> "sensitivity";
            case SPECIFICITY -> "specificity";
            case PRECISION -> "precision";
            case F1 -> "F1";
            case MCC -> "MCC";
            case ROC_AUC -> "ROC AUC";
            case PR_AUC -> "average precision";
            case SENSITIVITY_AT_SPECIFICITY_90 -> "sensitivity at 90 % specificity";
            case BRIER -> "Brier score";
            case ECE -> "calibration error (ECE)";
        };
    }
}
