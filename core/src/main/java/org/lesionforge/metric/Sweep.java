package org.lesionforge.metric;

/**
 * Counts of predicted positives as the threshold falls: one step per distinct score, from none to all. ROC and
 * precision-recall curves are drawn from it.
 *
 * @param thresholds descending, the first +∞ ("positive when score ≥ threshold")
 * @param caughtPositives at each threshold
 * @param caughtNegatives at each threshold
 */
record Sweep(double[] thresholds, int[] caughtPositives, int[] caughtNegatives) {
    int size() {
        return thresholds.length;
    }

    int positives() {
        return caughtPositives[size() - 1];
    }

    int negatives() {
        return caughtNegatives[size() - 1];
    }

    /** Sensitivity at step {@code i}; {@code NaN} without positives. */
    double sensitivity(int i) {
        return (double) caughtPositives[i] / positives();
    }

    /** Specificity at step {@code i}; {@code NaN} without negatives. */
    double specificity(int i) {
        return 1 - falsePositiveRate(i);
    }

    /** False positive rate at step {@code i}; {@code NaN} without negatives. */
    double falsePositiveRate(int i) {
        return (double) caughtNegatives[i] / negatives();
    }

    /** Precision at step {@code i}; {@code NaN} at the first, which has no predicted positives. */
    double precision(int i) {
        return (double) caughtPositives[i] / (caughtPositives[i] + caughtNegatives[i]);
    }

    /** Area under the ROC curve: share of pairs in which the positive has the higher score, ties counted half. */
    double rocAuc() {
        double area = 0;
        for (int i = 1; i < size(); i++) {
            area += (falsePositiveRate(i) - falsePositiveRate(i - 1)) * (sensitivity(i) + sensitivity(i - 1)) / 2;
        }
        return positives() == 0 || negatives() == 0 ? Double.NaN : area;
    }

    /** Precision at each step weighted by the sensitivity it adds, not interpolated; {@code NaN} unless both classes are there. */
    double averagePrecision() {
        double sum = 0;
        for (int i = 1; i < size(); i++) {
            sum += (sensitivity(i) - sensitivity(i - 1)) * precision(i);
        }
        return positives() == 0 || negatives() == 0 ? Double.NaN : sum;
    }

    /** The largest sensitivity at a step whose specificity is at least {@code specificity}; {@code NaN} unless both classes are there. */
    double sensitivityAt(double specificity) {
        if (positives() == 0 || negatives() == 0) {
            return Double.NaN;
        }
        int step = 0;
        while (step + 1 < size() && specificity(step + 1) >= specificity - 1e-12) {
            step++;
        }
        return sensitivity(step);
    }
}
