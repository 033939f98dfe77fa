package org.lesionforge.classifier.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.fidelity.FeatureArray;

final class LogisticRegressionTest {
    private static final double TIGHT = 1e-10;
    private static final int N = 24;
    private static final int D = 5;

    /** Multiples of a sixteenth between −2 and 2. */
    private static float[] vectors() {
        float[] vectors = new float[N * D];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < D; j++) {
                vectors[i * D + j] = (i * 37 + j * 101 + i * j * 13) % 64 / 16f - 2;
            }
        }
        return vectors;
    }

    private static int[] three() {
        return IntStream.range(0, N).map(i -> (i * 7 + i / 5) % 3).toArray();
    }

    private static Examples examples(float[] vectors, int d, int[] labels, double[] weights) {
        int n = labels.length;
        return new Examples(
                new FeatureArray(n, d, vectors),
                labels,
                Arrays.stream(labels).max().orElseThrow() + 1,
                weights,
                IntStream.range(0, n).mapToObj(i -> "g" + i).toList(),
                new boolean[n]);
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static LogisticRegression.Fit fit(Examples examples, double l2) {
        int[] all = IntStream.range(0, examples.size()).toArray();
        LogisticRegression.Fit fit = new LogisticRegression(examples, all).fit(l2, TIGHT);
        assertTrue(fit.minimum().converged(), fit.toString());
        return fit;
    }

    /**
     * Points at 1 and 5, which standardised are −1 and 1. By symmetry the logit is u x; the loss log(1 + e^−u) + λ/4 u² has its minimum where
     * λ = 2 / (u (1 + e^u)). Without L2 there is none: the points can be told apart.
     */
    @Test
    void twoPointsInClosedForm() {
        for (double u : new double[] {0.1, 1, 5}) {
            double l2 = 2 / (u * (1 + Math.exp(u)));
            Examples examples = examples(new float[] {1, 5}, 1, new int[] {0, 1}, ones(2));
            LinearHead head = fit(examples, l2).head();
            assertEquals(u / 4, head.weights()[1][0], 1e-7, "u/2 for a class, over a deviation of 2");
            assertEquals(-u / 4, head.weights()[0][0], 1e-7);
            double[][] probabilities = head.probabilities(new FeatureArray(2, 1, new float[] {3, 5}));
            assertEquals(0.5, probabilities[0][1], 1e-7);
            assertEquals(1 / (1 + Math.exp(-u)), probabilities[1][1], 1e-7);
        }
    }

    @Test
    void withoutAnythingToSeeItSaysTheSharesOfTheWeight() {
        Examples examples = examples(new float[4], 1, new int[] {0, 1, 1, 2}, new double[] {1, 2, 4, 3});
        LinearHead head = fit(examples, 0.1).head();
        assertArrayEquals(
                new double[] {0.1, 0.6, 0.3}, head.probabilities(new FeatureArray(1, 1, new float[] {7}))[0], 1e-9);
    }

    /**
     * Against scikit-learn 1.9: {@code LogisticRegression(C=1/(l2*w.sum()), tol=1e-12)} on {@code StandardScaler}'s output, multiplied back. With two
     * classes it has one vector for both, {@code C=2/(l2*w.sum())}, of which each class has half.
     */
    @Test
    void threeClassesAreFittedAsScikitLearnDoes() {
        LinearHead head = fit(examples(vectors(), D, three(), ones(N)), 0.05).head();
        double[][] weights = {
            {0.31845898, 0.33780699, -0.07512172, -0.31175667, -0.62841251},
            {-0.42749292, -0.44940795, 0.02883048, 0.09523459, 0.9199852},
            {0.10903394, 0.11160095, 0.04629124, 0.21652208, -0.29157269}
        };
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(weights[c], head.weights()[c], 1e-6);
        }
        assertBias(new double[] {0.18687944, 0.04278606, -0.2296655}, head);
        assertFirstRows(
                new double[][] {
                    {0.31215815, 0.37339523, 0.31444662},
                    {0.10730627, 0.69002772, 0.20266601},
                    {0.65314863, 0.17893422, 0.16791715}
                },
                head);
    }

    @Test
    void twoClassesWithClassWeightsAreFittedAsScikitLearnDoes() {
        int[] two = IntStream.of(three()).map(label -> label > 0 ? 1 : 0).toArray();
        // 10 of the one, 14 of the other: n / (2 · images of the class), and a hundredfold of it, which means the same.
        for (double scale : new double[] {1, 100}) {
            double[] weights = IntStream.of(two)
                    .mapToDouble(label -> scale * 12.0 / (label == 0 ? 10 : 14))
                    .toArray();
            LinearHead head = fit(examples(vectors(), D, two, weights), 0.05).head();
            double[] expected = {-0.21673273, -0.25511096, 0.06518315, 0.28404816, 0.50818734};
            assertArrayEquals(expected, head.weights()[1], 1e-6);
            assertBias(new double[] {-0.17570912, 0.17570912}, head);
            assertFirstRows(
                    new double[][] {{0.34299846, 0.65700154}, {0.10909434, 0.89090566}, {0.74152916, 0.25847084}},
                    head);
        }
    }

    @Test
    void imagesOfDifferentWeightAreFittedAsScikitLearnDoes() {
        int[] labels = three();
        int[] counts = new int[3];
        IntStream.of(labels).forEach(label -> counts[label]++);
        double[] weights = IntStream.range(0, N)
                .mapToDouble(i -> 8.0 / counts[labels[i]] * (1 + i % 4))
                .toArray();
        LinearHead head = fit(examples(vectors(), D, labels, weights), 0.01).head();
        double[] last = {-0.11584048, 0.1454285, -0.07980597, 0.38343195, -0.38639592};
        assertArrayEquals(last, head.weights()[2], 1e-6);
        assertBias(new double[] {-0.25033535, -0.31959779, 0.56993313}, head);
        assertFirstRows(
                new double[][] {
                    {0.06502665, 0.08895353, 0.84601982},
                    {0.01719719, 0.59330882, 0.38949399},
                    {0.30924939, 0.13457027, 0.55618034}
                },
                head);
    }

    /** A constant says nothing the bias does not: with or without it, the rest is the same, and its own weight is 0. */
    @Test
    void aConstantFeatureDropsOut() {
        float[] with = new float[N * (D + 1)];
        for (int i = 0; i < N; i++) {
            System.arraycopy(vectors(), i * D, with, i * (D + 1), D);
            with[i * (D + 1) + D] = 0.1f;
        }
        LinearHead plain = fit(examples(vectors(), D, three(), ones(N)), 0.05).head();
        LinearHead head = fit(examples(with, D + 1, three(), ones(N)), 0.05).head();
        for (int c = 0; c < 3; c++) {
            assertEquals(0, head.weights()[c][D]);
            assertArrayEquals(plain.weights()[c], Arrays.copyOf(head.weights()[c], D), 1e-7);
            assertEquals(plain.bias()[c], head.bias()[c], 1e-7);
        }
    }

    /** Standardisation takes scale and origin of a feature away. */
    @Test
    void theUnitOfAFeatureDoesNotMatter() {
        float[] other = vectors();
        for (int i = 0; i < N; i++) {
            other[i * D] = other[i * D] * 4096 + 1024;
            other[i * D + 1] /= 65536;
        }
        LinearHead plain = fit(examples(vectors(), D, three(), ones(N)), 0.05).head();
        LinearHead head = fit(examples(other, D, three(), ones(N)), 0.05).head();
        double[][] expected = plain.probabilities(new FeatureArray(N, D, vectors()));
        double[][] probabilities = head.probabilities(new FeatureArray(N, D, other));
        for (int i = 0; i < N; i++) {
            assertArrayEquals(expected[i], probabilities[i], 1e-8);
        }
    }

    @Test
    void aFitIsTheSameFromWhereverItStarts() {
        Examples examples = examples(vectors(), D, three(), ones(N));
        LogisticRegression warm =
                new LogisticRegression(examples, IntStream.range(0, N).toArray());
        warm.fit(5);
        warm.fit(0.5);
        LinearHead reached = warm.fit(0.05, TIGHT).head();
        LinearHead cold = fit(examples, 0.05).head();
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(cold.weights()[c], reached.weights()[c], 1e-7);
        }
    }

    /** The biases may all be shifted alike. */
    private static void assertBias(double[] expected, LinearHead head) {
        double mean = Arrays.stream(head.bias()).average().orElseThrow();
        assertArrayEquals(
                expected, Arrays.stream(head.bias()).map(b -> b - mean).toArray(), 1e-6);
    }

    private static void assertFirstRows(double[][] expected, LinearHead head) {
        double[][] probabilities = head.probabilities(new FeatureArray(N, D, vectors()));
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], probabilities[i], 1e-6);
        }
    }
}
