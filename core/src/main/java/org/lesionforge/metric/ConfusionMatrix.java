package org.lesionforge.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts of true and predicted classes.
 *
 * @param classes names, in the order of rows and columns
 * @param counts {@code counts[i][j] = k}: of the images whose true class is i, k were predicted to be class j
 */
public record ConfusionMatrix(List<String> classes, int[][] counts) {
    /**
     * The measures of one class. Ratios are in [0, 1].
     *
     * @param precision share of the images predicted as this class that are of it; {@code NaN} when none was predicted
     * @param recall share of the images of this class that were predicted as it (sensitivity)
     * @param f1 harmonic mean of both, 2TP / (2TP + FP + FN)
     * @param support number of images of this class; when it is 0, the three ratios are {@code NaN}
     */
    public record PerClass(double precision, double recall, double f1, int support) {}

    /**
     * Refuses a matrix of another shape.
     *
     * @param classes names, each once
     * @param counts classes × classes; not copied
     * @throws IllegalArgumentException when the matrix is not as wide and as high as there are classes
     */
    public ConfusionMatrix {
        classes = List.copyOf(classes);
        if (counts.length != classes.size()) {
            throw new IllegalArgumentException("expected " + classes.size() + " rows, got " + counts.length);
        }
        for (int[] row : counts) {
            if (row.length != classes.size()) {
                throw new IllegalArgumentException("expected " + classes.size() + " columns, got " + row.length);
            }
        }
    }

    /**
     * Counts pairs of class indices.
     *
     * @throws IllegalArgumentException when the arrays differ in length or hold an index that is not a class
     */
    static ConfusionMatrix of(int[] truth, int[] prediction, List<String> classes) {
        if (truth.length != prediction.length) {
            throw new IllegalArgumentException(
                    "expected a prediction for each of " + truth.length + " images, got " + prediction.length);
        }
        int[][] counts = new int[classes.size()][classes.size()];
        for (int i = 0; i < truth.length; i++) {
            if (!isClass(truth[i], classes) || !isClass(prediction[i], classes)) {
                throw new IllegalArgumentException("image " + i + ": expected classes 0 to " + (classes.size() - 1)
                        + ", got truth " + truth[i] + " and prediction " + prediction[i]);
            }
            counts[truth[i]][prediction[i]]++;
        }
        return new ConfusionMatrix(classes, counts);
    }

    private static boolean isClass(int index, List<String> classes) {
        return index >= 0 && index < classes.size();
    }

    /** Number of images. */
    int total() {
        int total = 0;
        for (int c = 0; c < counts.length; c++) {
            total += support(c);
        }
        return total;
    }

    /** Number of images whose class was predicted correctly. */
    int correct() {
        int correct = 0;
        for (int c = 0; c < counts.length; c++) {
            correct += counts[c][c];
        }
        return correct;
    }

    /** Share of images whose class was predicted correctly, in [0, 1]; {@code NaN} without images. */
    double accuracy() {
        return (double) correct() / total();
    }

    /** Mean of the classes' recalls, in [0, 1]; {@code NaN} when a class has no image. */
    double balancedAccuracy() {
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += perClass(c).recall();
        }
        return sum / counts.length;
    }

    /**
     * {@return precision, recall, F1 and support of one class}
     *
     * @param c its index, from 0
     */
    public PerClass perClass(int c) {
        int support = support(c);
        int predicted = predicted(c);
        if (support == 0) {
            return new PerClass(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        double hits = counts[c][c];
        return new PerClass(hits / predicted, hits / support, 2 * hits / (support + predicted), support);
    }

    /**
     * Specificity: share of the images of other classes that were not predicted as {@code c}; {@code NaN} when there
     * are none.
     */
    double specificity(int c) {
        int others = total() - support(c);
        return (others - (predicted(c) - counts[c][c])) / (double) others;
    }

    /** {@link #perClass(int)} of every class by name, in class order. */
    Map<String, PerClass> perClass() {
        Map<String, PerClass> all = new LinkedHashMap<>();
        for (int c = 0; c < counts.length; c++) {
            all.put(classes.get(c), perClass(c));
        }
        return all;
    }

    /**
     * Matthews correlation coefficient in [−1, 1], in the form for any number of classes (Gorodkin 2004); {@code NaN} when all images are of
     * one class or all predictions are.
     */
    double matthewsCorrelation() {
        double n = total();
        double agreement = correct() * n;
        double truthSquares = n * n;
        double predictionSquares = n * n;
        for (int c = 0; c < counts.length; c++) {
            agreement -= (double) support(c) * predicted(c);
            truthSquares -= Math.pow(support(c), 2);
            predictionSquares -= Math.pow(predicted(c), 2);
        }
        return agreement / Math.sqrt(truthSquares * predictionSquares);
    }

    private int support(int c) {
        int sum = 0;
        for (int count : counts[c]) {
            sum += count;
        }
        return sum;
    }

    private int predicted(int c) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[c];
        }
        return sum;
    }
}
