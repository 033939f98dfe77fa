package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.classifier.recipe.ImageWeights;
import org.lesionforge.classifier.recipe.Loss;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.classifier.recipe.SyntheticTraining;
import org.lesionforge.classifier.recipe.TrainingOrder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Synthetic images that weigh more or less in the loss, and that are trained on before the real ones. */
final class SyntheticTrainingTest {
    private static final boolean[] ONE_OF_THREE = {false, false, true};

    private static ImageWeights weights(double synthetic, boolean balanced) {
        return ImageWeights.of(new SyntheticTraining(synthetic, false), ONE_OF_THREE, new int[] {0, 1, 1}, 2, balanced);
    }

    /** The loss of logits (0, ln 3), (0, ln 3), (ln 3, 0), whose classes are 0, 1, 1 and whose last image is synthetic, and its gradient. */
    private static double[] loss(ImageWeights weights) {
        try (Scope scope = new Scope()) {
            float three = (float) Math.log(3);
            Tensor logits = Tensors.of(new float[] {0, three, 0, three, three, 0}, 3, 2);
            logits.requires_grad_(true);
            Tensor labels = Tensors.of(new float[] {1, 0, 0, 1, 0, 1}, 3, 2);
            Tensor target = weights.times(labels, new int[] {0, 1, 2}).orElse(labels);
            Tensor loss = new Loss(0, weights.ofClasses()).of(logits, target);
            loss.backward();
            float[] gradient = Tensors.floats(logits.grad());
            return new double[] {Tensors.item(loss), gradient[0], gradient[3], gradient[5]};
        }
    }

    @Test
    void theLossAndItsGradientByHand() {
        // W = 4: weights 1, 1, 4 over their mean 2 are ½, ½, 2. The true classes have p = ¼, ¾, ¼.
        double expected = (0.5 * Math.log(4) + 0.5 * Math.log(4.0 / 3) + 2 * Math.log(4)) / 3;
        // d/dz of −w ln p at the true class is w (p − 1), of three images.
        assertArrayEquals(
                new double[] {expected, 0.5 * -0.75 / 3, 0.5 * -0.25 / 3, 2 * -0.75 / 3},
                loss(weights(4, false)),
                1e-6);
        double plain = (2 * Math.log(4) + Math.log(4.0 / 3)) / 3;
        assertArrayEquals(new double[] {plain, -0.75 / 3, -0.25 / 3, -0.75 / 3}, loss(weights(1, false)), 1e-6);
    }

    @Test
    void classesWeighTheSameWithTheImagesWeightsCounted() {
        // Class 0 has the weight ½, class 1 has 2½, of three: 3 / (2 · ½) = 3 and 3 / (2 · 2½) = 0.6.
        ImageWeights weights = weights(4, true);
        assertArrayEquals(new float[] {3, 0.6f}, weights.ofClasses().orElseThrow(), 1e-6f);
        assertEquals(1.5, weights.of(0, 0), 1e-6);
        assertEquals(0.3, weights.of(1, 1), 1e-6);
        assertEquals(1.2, weights.of(2, 1), 1e-6, "1.5 of either class");
        double expected = (1.5 * Math.log(4) + 0.3 * Math.log(4.0 / 3) + 1.2 * Math.log(4)) / 3;
        assertEquals(expected, loss(weights)[0], 1e-6);
        assertArrayEquals(
                new float[] {1.5f, 0.75f}, weights(1, true).ofClasses().orElseThrow(), 0);
    }

    @Test
    void aWeightOfOneIsNoWeight() {
        try (Scope scope = new Scope()) {
            Tensor labels = Tensors.of(new float[] {1, 0, 0, 1, 0, 1}, 3, 2);
            assertTrue(weights(1, false).times(labels, new int[] {0, 1, 2}).isEmpty());
        }
        for (double each : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new SyntheticTraining(each, false), "" + each);
        }
    }

    @Test
    void theFirstEpochsHaveTheShareOfTheSyntheticImages() {
        SyntheticTraining first = new SyntheticTraining(1, true);
        // ISIC 2017, balanced: 1,252 of 3,252 are 38 %.
        assertEquals(8, first.firstEpochs(20, 1252, 3252));
        assertEquals(1, first.firstEpochs(20, 1, 3252));
        assertEquals(1, first.firstEpochs(2, 3000, 3252), "one is left for real images");
        assertEquals(0, first.firstEpochs(20, 0, 3252));
        assertEquals(0, SyntheticTraining.LIKE_REAL.firstEpochs(20, 1252, 3252));
        assertThrows(IllegalArgumentException.class, () -> ClassifierOptions.paper()
                .with()
                .epochs(1)
                .synthetic(first)
                .build());
        assertThrows(IllegalArgumentException.class, () -> ClassifierOptions.paper()
                .with()
                .freeze(true)
                .synthetic(first)
                .build());
    }

    @Test
    void epochsAreOfOneKindAndThenOfTheOther() {
        boolean[] synthetic = new boolean[10];
        Arrays.fill(synthetic, 6, 10, true);
        int[] labels = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
        for (boolean balanced : new boolean[] {false, true}) {
            IntFunction<int[]> order = new TrainingOrder(new Seed(3), labels, 12, balanced).inTurn(synthetic, 2);
            for (int epoch = 1; epoch <= 4; epoch++) {
                boolean first = epoch <= 2;
                int[] images = order.apply(epoch);
                assertEquals(12, images.length, "as many steps as mixed");
                Set<Integer> seen = IntStream.of(images).boxed().collect(Collectors.toSet());
                assertEquals(
                        IntStream.range(0, 10)
                                .filter(i -> synthetic[i] == first)
                                .boxed()
                                .collect(Collectors.toSet()),
                        seen,
                        "epoch " + epoch);
            }
            assertEquals(
                    balanced ? 6 : 4,
                    IntStream.of(order.apply(3)).filter(i -> labels[i] == 1).count());
        }
    }

    @Test
    void optionsAreLeftOutOfFilesWhereTheyChangeNothing() {
        ClassifierOptions paper = ClassifierOptions.paper();
        assertFalse(Json.convert(paper, Map.class).containsKey("synthetic"));
        ClassifierOptions both =
                paper.with().synthetic(new SyntheticTraining(0.25, true)).build();
        assertEquals(
                Map.of("weight", 0.25, "first", true),
                Json.convert(both, Map.class).get("synthetic"));
        assertEquals(both, Json.convert(Json.convert(both, Map.class), ClassifierOptions.class));
        assertEquals(paper, Json.convert(Json.convert(paper, Map.class), ClassifierOptions.class));
    }

    /** The toy's odd images are synthetic, seven of fourteen: two of four epochs come first. */
    @Test
    void theEpochIsChosenAmongThoseOfRealImages() {
        ClassifierOptions options = ClassifierOptions.paper()
                .with()
                .epochs(4)
                .batch(6)
                .learningRate(0.2)
                .selection(Selection.BEST)
                .synthetic(new SyntheticTraining(1, true))
                .build();
        List<EpochStats> epochs = new ArrayList<>();
        SmallLearner learner = new SmallLearner(true);
        EpochStats chosen = new TrainingLoop(options, Progress.SILENT, epochs::add).run(learner);
        assertTrue(chosen.epoch() >= 3, "epoch " + chosen.epoch());
        SmallLearner mixed = new SmallLearner(true);
        new TrainingLoop(options.with().synthetic(SyntheticTraining.LIKE_REAL).build(), Progress.SILENT, epochs::add)
                .run(mixed);
        assertNotEquals(mixed.state(), learner.state());
    }
}
