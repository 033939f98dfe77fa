package org.lesionforge.classifier.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.RocCurve;
import org.lesionforge.metric.fidelity.FeatureArray;

final class ProbeTest {
    /** Normal vectors of which {@code signal} of the features are shifted by {@code shift} in class 1. */
    private static final class Drawn {
        private final int dimensions;
        private final List<float[]> vectors = new ArrayList<>();
        private final List<Integer> labels = new ArrayList<>();
        private final List<String> groups = new ArrayList<>();
        private final List<Boolean> held = new ArrayList<>();

        Drawn(int dimensions) {
            this.dimensions = dimensions;
        }

        void add(float[] vector, int label, String group, boolean isHeld) {
            vectors.add(vector);
            labels.add(label);
            groups.add(group);
            held.add(isHeld);
        }

        Examples examples() {
            return examples(IntStream.range(0, vectors.size()).toArray());
        }

        Examples examples(int[] rows) {
            double[] weights = new double[rows.length];
            Arrays.fill(weights, 1);
            boolean[] marks = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                marks[i] = held.get(rows[i]);
            }
            return new Examples(
                    features(rows),
                    labels(rows),
                    2,
                    weights,
                    IntStream.of(rows).mapToObj(groups::get).toList(),
                    marks);
        }

        FeatureArray features(int[] rows) {
            float[] values = new float[rows.length * dimensions];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(vectors.get(rows[i]), 0, values, i * dimensions, dimensions);
            }
            return new FeatureArray(rows.length, dimensions, values);
        }

        int[] labels(int[] rows) {
            return IntStream.of(rows).map(labels::get).toArray();
        }
    }

    private static float[] normal(SplittableRandom random, int dimensions, int signal, double shift) {
        float[] vector = new float[dimensions];
        for (int j = 0; j < dimensions; j++) {
            vector[j] = (float) (random.nextGaussian() + (j < signal ? shift : 0));
        }
        return vector;
    }

    private static ProbeFit fit(Examples examples) {
        return Probe.fit(examples, new Seed(0), Progress.SILENT, tried -> {});
    }

    private static double auc(LinearHead head, FeatureArray features, int[] labels) {
        boolean[] positive = new boolean[labels.length];
        double[] score = new double[labels.length];
        double[][] probabilities = head.probabilities(features);
        for (int i = 0; i < labels.length; i++) {
            positive[i] = labels[i] == 1;
            score[i] = probabilities[i][1];
        }
        return RocCurve.of(positive, score).auc();
    }

    /** Each group is three like images, with a label drawn by lot. Any way for an outer fold, or a group's other images, to be seen would show here. */
    @Test
    void nothingIsLearnedFromLabelsThatMeanNothing() {
        int outer = 5;
        double sum = 0;
        int count = 0;
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Drawn drawn = new Drawn(40);
            for (int g = 0; g < 60; g++) {
                float[] first = normal(random, 40, 0, 0);
                int label = random.nextInt(2);
                for (int k = 0; k < 3; k++) {
                    float[] like = first.clone();
                    like[0] += (float) (0.1 * random.nextGaussian());
                    drawn.add(like, label, "g" + g, true);
                }
            }
            int[] of = Folds.draw(drawn.examples(), drawn.examples().held(), outer, new Seed(seed + 100))
                    .orElseThrow()
                    .of();
            for (int fold = 0; fold < outer; fold++) {
                int out = fold;
                int[] train =
                        IntStream.range(0, of.length).filter(i -> of[i] != out).toArray();
                int[] test =
                        IntStream.range(0, of.length).filter(i -> of[i] == out).toArray();
                sum += auc(fit(drawn.examples(train)).head(), drawn.features(test), drawn.labels(test));
                count++;
            }
        }
        assertEquals(0.5, sum / count, 0.03);
    }

    @Test
    void likeImagesOfAGroupDoNotMakeTheL2Weak() {
        SplittableRandom random = new SplittableRandom(5);
        Drawn grouped = new Drawn(40);
        Drawn alone = new Drawn(40);
        for (int g = 0; g < 60; g++) {
            float[] first = normal(random, 40, 0, 0);
            for (int k = 0; k < 4; k++) {
                grouped.add(first, g % 2, "g" + g, true);
                alone.add(first, g % 2, "g" + g + "-" + k, true);
            }
        }
        ProbeFit honest = fit(grouped.examples());
        ProbeFit fooled = fit(alone.examples());
        assertTrue(honest.l2() >= 4, "noise is worth nothing: " + honest.l2());
        assertTrue(fooled.l2() <= 0.04, "a copy on each side makes noise look learnable: " + fooled.l2());
    }

    @Test
    void theChosenL2IsNearTheBestOneForNewImages() {
        SplittableRandom random = new SplittableRandom(11);
        Drawn drawn = new Drawn(100);
        for (int i = 0; i < 3200; i++) {
            drawn.add(normal(random, 100, 20, i % 2 * 0.4), i % 2, "i" + i, true);
        }
        Examples train = drawn.examples(IntStream.range(0, 200).toArray());
        int[] unseen = IntStream.range(200, 3200).toArray();
        List<TriedL2> heard = new ArrayList<>();
        ProbeFit fit = Probe.fit(train, new Seed(0), Progress.SILENT, heard::add);
        assertEquals(heard, fit.tried());
        assertEquals(5, fit.folds());
        assertTrue(fit.converged());
        assertEquals(100, heard.get(0).l2(), 1e-9, "the strongest: the number of features");
        assertEquals(Math.sqrt(10), heard.get(0).l2() / heard.get(1).l2(), 1e-9);
        double best = Double.POSITIVE_INFINITY;
        double weakest = 0;
        for (int step = 0; step < 13; step++) {
            LogisticRegression all = new LogisticRegression(
                    train, IntStream.range(0, train.size()).toArray());
            weakest = loss(all.fit(100 * Math.pow(10, -step / 2.0)).head(), drawn, unseen);
            best = Math.min(best, weakest);
        }
        double chosen = loss(fit.head(), drawn, unseen);
        assertTrue(chosen < best + 0.01 && weakest > best + 0.5, chosen + " of " + best + " to " + weakest);
        assertEquals(
                chosen, heard.stream().mapToDouble(TriedL2::heldOutLoss).min().orElseThrow(), 0.06);
    }

    private static double loss(LinearHead head, Drawn drawn, int[] rows) {
        FeatureArray features = drawn.features(rows);
        int[] labels = drawn.labels(rows);
        return IntStream.range(0, rows.length)
                .mapToDouble(i -> head.crossEntropy(features, i, labels[i]))
                .average()
                .orElseThrow();
    }

    @Test
    void whatIsNotHeldOutIsFittedToAndHasNoSayInTheChoice() {
        SplittableRandom random = new SplittableRandom(3);
        Drawn drawn = new Drawn(10);
        for (int i = 0; i < 80; i++) {
            drawn.add(normal(random, 10, 0, 0), i % 2, "i" + i, true);
        }
        ProbeFit without = fit(drawn.examples());
        for (int i = 0; i < 80; i++) {
            float[] synthetic = normal(random, 10, 0, 0);
            // What tells them apart does not occur in real images.
            synthetic[9] += 8;
            drawn.add(synthetic, 1, "synthetic-" + i, false);
        }
        ProbeFit with = fit(drawn.examples());
        assertEquals(without.folds(), with.folds());
        double least =
                with.tried().stream().mapToDouble(TriedL2::heldOutLoss).min().orElseThrow();
        // Three quarters are of class 1, two of them synthetic: who knows no more has the loss H(1/4).
        double entropy = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
        assertEquals(entropy, least, 0.02, "what makes synthetic images easy to tell says nothing of real ones");
        float[] realAndSynthetic = new float[20];
        realAndSynthetic[19] = 8;
        double[][] probabilities = with.head().probabilities(new FeatureArray(2, 10, realAndSynthetic));
        assertTrue(probabilities[1][1] > probabilities[0][1] + 0.02, "fitted to all the same");
    }

    @Test
    void aClassThatIsAllSyntheticIsHeldOutAllTheSame() {
        SplittableRandom random = new SplittableRandom(4);
        Drawn drawn = new Drawn(5);
        for (int i = 0; i < 40; i++) {
            drawn.add(normal(random, 5, 5, i % 2 * 2), i % 2, (i % 2 == 1 ? "synthetic-" : "i") + i, i % 2 == 0);
        }
        ProbeFit fit = fit(drawn.examples());
        assertEquals(5, fit.folds());
        assertTrue(fit.tried().get(3).heldOutLoss() < 0.3, fit.tried().toString());
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() throws Exception {
        SplittableRandom random = new SplittableRandom(8);
        Drawn drawn = new Drawn(30);
        for (int i = 0; i < 400; i++) {
            drawn.add(normal(random, 30, 10, i % 2 * 0.5), i % 2, "i" + i, true);
        }
        Examples examples = drawn.examples();
        ProbeFit one = in(1, examples);
        ProbeFit four = in(4, examples);
        assertArrayEquals(one.head().weights(), four.head().weights());
        assertArrayEquals(one.head().bias(), four.head().bias());
        assertEquals(one.l2(), four.l2());
    }

    private static ProbeFit in(int threads, Examples examples) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> fit(examples)).get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void ofEqualLossesTheStrongestL2IsTaken() {
        Drawn drawn = new Drawn(3);
        for (int i = 0; i < 30; i++) {
            drawn.add(new float[] {1, 2, 3}, i % 3 == 0 ? 1 : 0, "i" + i, true);
        }
        ProbeFit fit = fit(drawn.examples());
        assertEquals(fit.tried().get(0).l2(), fit.l2());
        assertEquals(4, fit.tried().size(), "three weaker ones, and no more");
        double[][] probabilities = fit.head().probabilities(new FeatureArray(1, 3, new float[] {9, 9, 9}));
        assertArrayEquals(new double[] {2.0 / 3, 1.0 / 3}, probabilities[0], 1e-6, "the shares, whatever is seen");
    }

    @Test
    void tooFewGroupsToChooseAreSaid() {
        Drawn drawn = new Drawn(2);
        drawn.add(new float[] {0, 1}, 0, "a", true);
        drawn.add(new float[] {1, 0}, 1, "b", true);
        List<String> messages = new ArrayList<>();
        ProbeFit fit = Probe.fit(
                drawn.examples(),
                new Seed(0),
                new Progress() {
                    @Override
                    public void advance(String task, long done, long total, String detail) {}

                    @Override
                    public void message(String text) {
                        messages.add(text);
                    }
                },
                tried -> {});
        assertEquals(0, fit.folds());
        assertEquals(0.002, fit.l2(), 1e-12);
        assertEquals(1, fit.trainAccuracy());
        assertTrue(messages.get(0).contains("too few groups"), messages.toString());
    }

    @Test
    void aFeatureThatIsNotANumberIsRefused() {
        Drawn drawn = new Drawn(2);
        for (int i = 0; i < 10; i++) {
            drawn.add(new float[] {i, i == 7 ? Float.NaN : 0}, i % 2, "i" + i, true);
        }
        UnusableInputException refused = assertThrows(UnusableInputException.class, () -> fit(drawn.examples()));
        assertTrue(refused.getMessage().contains("feature 1 is NaN"), refused.getMessage());
    }

    @Test
    void itStopsWhenAskedTo() {
        SplittableRandom random = new SplittableRandom(8);
        Drawn drawn = new Drawn(4);
        for (int i = 0; i < 40; i++) {
            drawn.add(normal(random, 4, 0, 0), i % 2, "i" + i, true);
        }
        Cancellation cancellation = new Cancellation();
        List<TriedL2> tried = new ArrayList<>();
        assertThrows(
                InterruptedRunException.class,
                () -> Probe.fit(drawn.examples(), new Seed(0), Progress.SILENT.cancelledBy(cancellation), one -> {
                    tried.add(one);
                    cancellation.request();
                }));
        assertEquals(1, tried.size());
    }
}
