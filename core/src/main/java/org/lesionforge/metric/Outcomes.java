package org.lesionforge.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A classifier's predictions and probabilities for some images, and their true classes: the input of a {@link Measure}.
 */
public final class Outcomes {
    private final List<String> classes;
    private final int positive;
    private final int[] truth;
    private final int[] predicted;
    private final boolean[] isPositive;
    private final double[] score;
    private final Ranking ranking;

    private Outcomes(List<String> classes, int positive, int[] truth, int[] predicted, double[] score) {
        this.classes = List.copyOf(classes);
        this.positive = positive;
        this.truth = truth;
        this.predicted = predicted;
        this.score = score;
        isPositive = new boolean[truth.length];
        for (int i = 0; i < truth.length; i++) {
            isPositive[i] = truth[i] == positive;
        }
        ranking = new Ranking(isPositive, score);
    }

    /**
     * Takes the most probable class as the prediction; of equally probable ones the first.
     *
     * @param classes names in the order of the probabilities
     * @param positive the class to detect
     * @param truth n class indices
     * @param probabilities n × classes, each in [0, 1]
     * @return the outcomes; {@code truth} is not copied
     * @throws IllegalArgumentException when shapes disagree or {@code positive} is not among the classes
     */
    public static Outcomes of(List<String> classes, String positive, int[] truth, double[][] probabilities) {
        int index = indexOf(classes, positive);
        requireShape(classes, truth, probabilities);
        return new Outcomes(
                classes,
                index,
                truth,
                Arrays.stream(probabilities)
                        .mapToInt(ClassificationEvaluation::mostProbable)
                        .toArray(),
                column(probabilities, index));
    }

    /**
     * Takes the positive class as the prediction when its probability is at least {@code threshold}, else the most
     * probable of the others.
     *
     * @param threshold in [0, 1], as {@link Threshold} chooses it; +∞ predicts the positive class for no image
     * @param classes names in the order of the probabilities
     * @param positive the class that is looked for
     * @param truth n class indices
     * @param probabilities n × classes, each in [0, 1]
     * @return the outcomes with predictions by this threshold
     * @throws IllegalArgumentException as {@link #of}
     */
    public static Outcomes at(
            double threshold, List<String> classes, String positive, int[] truth, double[][] probabilities) {
        int index = indexOf(classes, positive);
        requireShape(classes, truth, probabilities);
        int[] predicted = new int[truth.length];
        for (int i = 0; i < truth.length; i++) {
            double[] others = probabilities[i].clone();
            others[index] = Double.NEGATIVE_INFINITY;
            predicted[i] = probabilities[i][index] >= threshold ? index : ClassificationEvaluation.mostProbable(others);
        }
        return new Outcomes(classes, index, truth, predicted, column(probabilities, index));
    }

    /**
     * Puts outcomes of different images together, as those of one classifier: each keeps its prediction and score.
     *
     * @param parts of the same classes, in the same order; at least one
     * @return one after the other
     * @throws IllegalArgumentException without parts, or when their classes differ
     */
    public static Outcomes pooled(List<Outcomes> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("expected outcomes to put together, got none");
        }
        Outcomes first = parts.get(0);
        for (Outcomes part : parts) {
            if (!part.classes.equals(first.classes) || part.positive != first.positive) {
                throw new IllegalArgumentException(
                        "expected outcomes of the classes " + first.classes + ", got " + part.classes);
            }
        }
        return new Outcomes(
                first.classes,
                first.positive,
                parts.stream().flatMapToInt(part -> Arrays.stream(part.truth)).toArray(),
                parts.stream()
                        .flatMapToInt(part -> Arrays.stream(part.predicted))
                        .toArray(),
                parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part.score))
                        .toArray());
    }

    private static int indexOf(List<String> classes, String positive) {
        int index = classes.indexOf(positive);
        if (index < 0) {
            throw new IllegalArgumentException("the positive class '" + positive + "' is not one of " + classes);
        }
        return index;
    }

    private static void requireShape(List<String> classes, int[] truth, double[][] probabilities) {
        if (probabilities.length != truth.length) {
            throw new IllegalArgumentException(
                    "expected probabilities of " + truth.length + " images, got " + probabilities.length);
        }
        for (double[] row : probabilities) {
            if (row.length != classes.size()) {
                throw new IllegalArgumentException(
                        "expected " + classes.size() + " probabilities per image, got " + row.length);
            }
        }
    }

    private static double[] column(double[][] probabilities, int index) {
        return Arrays.stream(probabilities).mapToDouble(row -> row[index]).toArray();
    }

    /** {@return the number of images} */
    public int size() {
        return truth.length;
    }

    /** {@return whether each image is of the positive class} */
    public boolean[] isPositive() {
        return isPositive.clone();
    }

    /** {@return the probability of the positive class, by image} */
    public double[] score() {
        return score.clone();
    }

    /** {@return the class indices that were predicted} */
    public int[] predicted() {
        return predicted.clone();
    }

    /** Whether the positive class was predicted, by image. */
    boolean[] calledPositive() {
        boolean[] called = new boolean[predicted.length];
        for (int i = 0; i < called.length; i++) {
            called[i] = predicted[i] == positive;
        }
        return called;
    }

    /** {@return the true class indices} */
    public int[] truth() {
        return truth.clone();
    }

    /** {@return the number of images of the positive class} */
    public int positives() {
        int count = 0;
        for (boolean each : isPositive) {
            count += each ? 1 : 0;
        }
        return count;
    }

    /** Of some of the images. */
    Outcomes select(int[] images) {
        return new Outcomes(
                classes,
                positive,
                Arrays.stream(images).map(i -> truth[i]).toArray(),
                Arrays.stream(images).map(i -> predicted[i]).toArray(),
                Arrays.stream(images).mapToDouble(i -> score[i]).toArray());
    }

    /** Every image counted once. */
    int[] once() {
        return IntStream.generate(() -> 1).limit(size()).toArray();
    }

    ConfusionMatrix.PerClass ofPositive(int[] times) {
        return confusion(times).perClass(positive);
    }

    double specificity(int[] times) {
        return confusion(times).specificity(positive);
    }

    ConfusionMatrix confusion(int[] times) {
        int[][] counts = new int[classes.size()][classes.size()];
        for (int i = 0; i < truth.length; i++) {
            counts[truth[i]][predicted[i]] += times[i];
        }
        return new ConfusionMatrix(classes, counts);
    }

    Sweep sweep(int[] times) {
        return ranking.sweep(times);
    }

    Reliability reliability(int[] times) {
        return Reliability.of(isPositive, score, times, Reliability.BINS);
    }

    double brier(int[] times) {
        double squares = 0;
        long total = 0;
        for (int i = 0; i < truth.length; i++) {
            squares += times[i] * Math.pow(score[i] - (isPositive[i] ? 1 : 0), 2);
            total += times[i];
        }
        return squares / total;
    }
}
