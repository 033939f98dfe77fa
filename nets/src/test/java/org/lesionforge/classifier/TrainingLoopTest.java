package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.StopAfter;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.nn.Dropout;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Tensors;

/** The loop on a net so small that its steps are done by hand. */
final class TrainingLoopTest {
    /** On given vectors, without dropout. */
    private static final class Toy extends SoftmaxRegression {
        private final float[][] vectors;

        Toy(float[][] vectors, int[] labels, int microBatch) {
            super(linear(vectors[0].length, true), new Dropout(0), labels, microBatch);
            this.vectors = vectors;
        }

        @Override
        Tensor input(int[] images) {
            int width = vectors[0].length;
            float[] values = new float[images.length * width];
            for (int i = 0; i < images.length; i++) {
                System.arraycopy(vectors[images[i]], 0, values, i * width, width);
            }
            return Tensors.of(values, images.length, width);
        }
    }

    private static ClassifierOptions options(int epochs, int batch) {
        return ClassifierOptions.paper()
                .with()
                .epochs(epochs)
                .batch(batch)
                .learningRate(0.1)
                .build();
    }

    @Test
    void aCancellationEndsTheTrainingAfterTheMicroBatchThatIsUnderWay() {
        Toy toy = new Toy(new float[][] {{1}, {3}, {5}, {7}}, new int[] {0, 1, 0, 1}, 2);
        List<EpochStats> stats = new ArrayList<>();
        StopAfter stopper = new StopAfter("training the classifier, images", 6);
        String message = assertThrows(
                        InterruptedRunException.class,
                        () -> new TrainingLoop(options(3, 4), stopper, stats::add).run(toy))
                .getMessage();
        assertEquals("stopped: training the classifier, images 6/12", message, "in the midst of the second epoch");
        assertEquals(List.of(2L, 4L, 6L), stopper.told());
        assertEquals(1, stats.size());
    }

    @Test
    void stepsAreAdagradsOnTheMeanCrossEntropy() {
        Toy toy = new Toy(new float[][] {{1}, {3}}, new int[] {0, 1}, 2);
        List<EpochStats> stats = new ArrayList<>();
        new TrainingLoop(options(2, 2), Progress.SILENT, stats::add).run(toy);
        // Epoch 1: p = ½ everywhere, loss ln 2. dL/dw₁ = ½(½·1 − ½·3) = −½, dL/db₁ = 0 (and the opposite for class 0).
        // Adagrad's first step is ±lr: w₁ = 0.1, w₀ = −0.1; b stays.
        // Epoch 2: logit difference 0.2·x; p₁(1) = σ(0.2) = 0.549834, p₁(3) = σ(0.6) = 0.645656;
        // loss = ½(−ln 0.450166 − ln 0.645656) = 0.617813; dL/dw₁ = ½(0.549834·1 − 0.354344·3) = −0.256599;
        // w₁ = 0.1 + 0.1 · 0.256599 / √(0.25 + 0.065843) = 0.145658.
        assertEquals(Math.log(2), stats.get(0).trainLoss(), 1e-6);
        assertEquals(0.5, stats.get(0).trainAccuracy(), 0);
        assertEquals(0.617813, stats.get(1).trainLoss(), 2e-6);
        assertArrayEquals(new float[] {-0.145658f, 0.145658f}, toy.weights(), 2e-6f);
        assertEquals(Optional.empty(), stats.get(1).validationLoss());
    }

    @Test
    void microBatchesAddUpToTheBatch() {
        float[][] vectors = new float[23][];
        int[] labels = new int[vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = new float[] {(float) Math.sin(i), (float) Math.cos(3 * i), i % 5 - 2};
            labels[i] = i * 7 % 3 == 0 ? 1 : 0;
        }
        Toy whole = new Toy(vectors, labels, 100);
        Toy pieces = new Toy(vectors, labels, 4);
        EpochStats ofWhole = new TrainingLoop(options(5, 10), Progress.SILENT, any -> {}).run(whole);
        EpochStats ofPieces = new TrainingLoop(options(5, 10), Progress.SILENT, any -> {}).run(pieces);
        assertArrayEquals(whole.weights(), pieces.weights(), 1e-5f);
        assertEquals(ofWhole.trainLoss(), ofPieces.trainLoss(), 1e-6);
        assertEquals(ofWhole.trainAccuracy(), ofPieces.trainAccuracy(), 0);
    }

    private static Scores validation(double probabilityOfTruth) {
        return new Scores(new int[] {0}, new double[][] {{probabilityOfTruth, 1 - probabilityOfTruth}});
    }

    @Test
    void theBestEpochsWeightsAreKept() {
        float[] weightsOfLast = null;
        for (Selection selection : List.of(Selection.LAST, Selection.BEST)) {
            Toy toy = new Toy(new float[][] {{1}, {3}}, new int[] {0, 1}, 2);
            toy.validations.addAll(List.of(validation(0.4), validation(0.7), validation(0.7), validation(0.6)));
            ClassifierOptions options =
                    options(4, 2).with().selection(selection).build();
            EpochStats chosen = new TrainingLoop(options, Progress.SILENT, any -> {}).run(toy);
            if (selection == Selection.LAST) {
                assertEquals(4, chosen.epoch());
                weightsOfLast = toy.weights();
            } else {
                assertEquals(2, chosen.epoch());
                assertEquals(-Math.log(0.7), chosen.validationLoss().orElseThrow(), 1e-12);
                assertEquals(Optional.of(1.0), chosen.validationAccuracy());
                assertArrayEquals(new float[] {-0.145658f, 0.145658f}, toy.weights(), 2e-6f);
                assertEquals(true, weightsOfLast[1] > toy.weights()[1]);
            }
        }
    }

    @Test
    void softmaxSurvivesLargeLogits() {
        double[][] probabilities = Scores.softmax(new float[] {1000, 1000, 0, (float) Math.log(3)}, 2);
        assertArrayEquals(new double[] {0.5, 0.5}, probabilities[0], 1e-12);
        assertArrayEquals(new double[] {0.25, 0.75}, probabilities[1], 1e-7);
    }
}
