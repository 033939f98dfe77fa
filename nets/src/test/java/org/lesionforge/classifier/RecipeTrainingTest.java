package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.classifier.recipe.AlteredCopies;
import org.lesionforge.classifier.recipe.ClassRounds;
import org.lesionforge.classifier.recipe.Loss;
import org.lesionforge.classifier.recipe.Optimisation;
import org.lesionforge.classifier.recipe.OptimizerKind;
import org.lesionforge.classifier.recipe.Schedule;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.classifier.recipe.SoftLabels;
import org.lesionforge.classifier.recipe.TrainingRecipe;
import org.lesionforge.image.SquareImages;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** The pieces of a recipe where the loop, the loss and predictions use them; each alone, by hand where that is possible. */
final class RecipeTrainingTest {
    static final int SIDE = 75;
    private static final Optimisation SGD = new Optimisation(OptimizerKind.SGD, 0, Schedule.CONSTANT, 0, 0, 0);

    private static ClassifierOptions options(int epochs, SoftLabels labels, Optimisation optimisation) {
        return options(epochs, new TrainingRecipe(0, 0, 0, labels, optimisation, Optional.empty(), false, 1));
    }

    private static ClassifierOptions options(int epochs, TrainingRecipe training) {
        return ClassifierOptions.paper()
                .with()
                .size(SIDE)
                .epochs(epochs)
                .batch(4)
                .learningRate(0.1)
                .training(training)
                .build();
    }

    private static EpochStats train(ColourRegression toy, ClassifierOptions options) {
        return new TrainingLoop(options, Progress.SILENT, any -> {}).run(toy);
    }

    private static ColourRegression two() {
        return new ColourRegression(new float[] {1, 3}, new int[] {0, 1}, 2);
    }

    @Test
    void sgdWarmUpAndClippingByHand() {
        // p = 1/2 everywhere: dL/dw of class 1 is 1/2 (1/2 · 1 − 1/2 · 3) = −0.5. One epoch is one step.
        ColourRegression plain = two();
        train(plain, options(1, SoftLabels.NONE, SGD));
        assertEquals(0.05, plain.weight(), 1e-6);
        ColourRegression warm = two();
        train(warm, options(1, SoftLabels.NONE, new Optimisation(OptimizerKind.SGD, 0, Schedule.CONSTANT, 4, 0, 0)));
        assertEquals(0.05, warm.weight(), 1e-6, "a warm-up longer than the training ends with it");
        ColourRegression two = two();
        // The first of two warm-up steps takes half the rate: 0.025. Then logits differ by 0.05 x: p(1) = σ(0.05) =
        // 0.512497, p(3) = σ(0.15) = 0.537430; gradient 1/2 (0.512497 − 3 · 0.462570) = −0.437607;
        // velocity −0.9 · 0.5 − 0.437607 = −0.887607; w = 0.025 + 0.0887607.
        train(two, options(2, SoftLabels.NONE, new Optimisation(OptimizerKind.SGD, 0, Schedule.CONSTANT, 2, 0, 0)));
        assertEquals(0.1137607, two.weight(), 2e-6);
        // Both classes' gradients are ±0.5: length 0.707107, of which 0.1 is left: 0.0707107 each.
        ColourRegression clipped = two();
        train(
                clipped,
                options(1, SoftLabels.NONE, new Optimisation(OptimizerKind.SGD, 0, Schedule.CONSTANT, 0, 0.1, 0)));
        assertEquals(0.00707107, clipped.weight(), 1e-7);
    }

    @Test
    void theAverageIsKeptAndTheWeightsAreTrainedOn() {
        // Weights after two steps: 0.05; then p(1) = σ(0.1) = 0.524979, p(3) = σ(0.3) = 0.574443;
        // gradient 1/2 (0.524979 − 3 · 0.425557) = −0.375846; velocity −0.45 − 0.375846; w = 0.05 + 0.0825846 =
        // 0.1325846.
        // Averages: 0 · 2/11 + 0.05 · 9/11 = 0.0409091; of that 0.2, since 3/12 is more, + 0.8 · 0.1325846 = 0.1142495.
        ColourRegression live = two();
        train(live, options(2, SoftLabels.NONE, SGD));
        assertEquals(0.1325846, live.weight(), 2e-6);
        ColourRegression averaged = two();
        train(
                averaged,
                options(2, SoftLabels.NONE, new Optimisation(OptimizerKind.SGD, 0, Schedule.CONSTANT, 0, 0, 0.2)));
        assertEquals(0.1142495, averaged.weight(), 2e-6);
    }

    @Test
    void smoothedLabelsByHand() {
        // Targets 0.9 and 0.1: gradient 1/2 ((0.5 − 0.1) · 1 + (0.5 − 0.9) · 3) = −0.4; the loss is ln 2 all the same.
        ColourRegression toy = two();
        EpochStats stats = train(toy, options(1, new SoftLabels(0.2, 0, 0, 0), SGD));
        assertEquals(0.04, toy.weight(), 1e-6);
        assertEquals(Math.log(2), stats.trainLoss(), 1e-6);
        assertEquals(0.5, stats.trainAccuracy(), 0);
    }

    private static ColourRegression many(int microBatch) {
        float[] values = new float[22];
        int[] labels = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(5 * i);
            labels[i] = i * 7 % 3 == 0 ? 1 : 0;
        }
        return new ColourRegression(values, labels, microBatch);
    }

    @Test
    void mixingDoesNotDependOnTheMicroBatch() {
        for (SoftLabels each : List.of(
                new SoftLabels(0, 0.4, 0, 1), new SoftLabels(0.1, 0, 1, 1), new SoftLabels(0.1, 0.4, 0.4, 0.7))) {
            ClassifierOptions options = options(3, each, SGD).with().batch(10).build();
            ColourRegression whole = many(100);
            ColourRegression pieces = many(3);
            EpochStats ofWhole = train(whole, options);
            EpochStats ofPieces = train(pieces, options);
            assertEquals(whole.weight(), pieces.weight(), 1e-6f);
            assertEquals(ofWhole.trainLoss(), ofPieces.trainLoss(), 1e-6);
            ColourRegression unmixed = many(100);
            train(
                    unmixed,
                    options(3, new SoftLabels(each.labelSmoothing(), 0, 0, 0), SGD)
                            .with()
                            .batch(10)
                            .build());
            assertNotEquals(unmixed.weight(), whole.weight(), 1e-4f);
        }
    }

    private static double[] loss(boolean classWeights, float[] truth) {
        Loss loss = new Loss(0.4, classWeights, new int[] {3, 1});
        try (Scope scope = new Scope()) {
            Tensor logits = Tensors.of(new float[] {0, (float) Math.log(3), 0, 0}, 2, 2);
            Tensor soft = Tensors.of(truth, 2, 2);
            Tensor main = loss.of(logits, soft);
            Backbone.Output output = new Backbone.Output(logits, List.of(logits, logits));
            return new double[] {Tensors.item(main), Tensors.item(loss.withAuxiliary(main, output, soft))};
        }
    }

    @Test
    void softLabelsInTheLossByHand() {
        // Row 1: p = (1/4, 3/4), truth (0.4, 0.6): 0.4 ln 4 + 0.6 ln (4/3). Row 2: p = 1/2, truth (1, 0): ln 2.
        float[] truth = {0.4f, 0.6f, 1, 0};
        double first = 0.4 * Math.log(4);
        double second = 0.6 * Math.log(4.0 / 3);
        double plain = (first + second + Math.log(2)) / 2;
        assertEquals(plain, loss(false, truth)[0], 1e-6);
        assertEquals(1.8 * plain, loss(false, truth)[1], 1e-6, "and 0.4 of each of two auxiliary heads'");
        // Classes weigh 4 / (2 · 3) and 4 / (2 · 1): each share of a label by its own class.
        double weighted = (first * 2 / 3 + second * 2 + Math.log(2) * 2 / 3) / 2;
        assertEquals(weighted, loss(true, truth)[0], 1e-6);
        assertEquals(1.8 * weighted, loss(true, truth)[1], 1e-6);
    }

    @Test
    void certainLabelsHaveTheSameLossInBothForms() {
        try (Scope scope = new Scope()) {
            Loss loss = new Loss(0.4, true, new int[] {3, 1});
            Tensor logits = Tensors.of(new float[] {0.3f, -1, 2, 0.5f}, 2, 2);
            assertEquals(
                    Tensors.item(loss.of(logits, Tensors.ofLongs(new long[] {0, 1}, 2))),
                    Tensors.item(loss.of(logits, Tensors.of(new float[] {1, 0, 0, 1}, 2, 2))),
                    1e-6);
        }
    }

    @Test
    void balancedEpochsHaveEveryClassAlike() {
        int[] labels = new int[20];
        Arrays.fill(labels, 17, 20, 1);
        ClassRounds rounds = ClassRounds.of(new Seed(5), labels, 2, 21);
        int[] seen = new int[20];
        for (int epoch = 1; epoch <= 17; epoch++) {
            int[] order = rounds.epoch(epoch);
            assertEquals(21, order.length);
            assertEquals(10, IntStream.of(order).filter(i -> labels[i] == 1).count(), "one less than of class 0");
            for (int image : order) {
                seen[image]++;
            }
        }
        // 17 · 11 of class 0 are eleven rounds through 17 images; 17 · 10 of class 1 are 56 through three, and two
        // more.
        for (int i = 0; i < 17; i++) {
            assertEquals(11, seen[i], "image " + i);
        }
        assertEquals(
                List.of(56, 57, 57),
                IntStream.of(seen[17], seen[18], seen[19]).sorted().boxed().toList());
        assertArrayEquals(rounds.epoch(3), rounds.epoch(3));
        assertTrue(!Arrays.equals(rounds.epoch(3), rounds.epoch(4)));
        int first = rounds.epoch(1)[0];
        assertTrue(
                IntStream.rangeClosed(1, 9).anyMatch(epoch -> labels[rounds.epoch(epoch)[0]] != labels[first]),
                "classes are mixed in an epoch");
    }

    @Test
    void balancedTrainingTakesThoseEpochs() {
        ColourRegression plain = many(4);
        ColourRegression balanced = many(4);
        train(plain, options(1, SoftLabels.NONE, SGD));
        train(balanced, options(1, new TrainingRecipe(0, 0, 0, SoftLabels.NONE, SGD, Optional.empty(), true, 1)));
        assertNotEquals(plain.weight(), balanced.weight(), 1e-4f);
    }

    @Test
    void theEpochWithTheHighestAucIsKept() {
        int[] truth = {0, 1, 0, 1};
        ColourRegression toy = two();
        // AUC 1/2, 3/4, 1/4: the second, whose loss is the highest of all.
        toy.validations.addAll(List.of(
                new Scores(truth, rows(0.5, 0.5, 0.5, 0.5)),
                new Scores(truth, rows(0.01, 0.02, 0.03, 0.04)),
                new Scores(truth, rows(0.6, 0.5, 0.52, 0.55))));
        ClassifierOptions options = options(3, SoftLabels.NONE, SGD)
                .with()
                .selection(Selection.BEST_AUC)
                .build();
        List<EpochStats> epochs = new ArrayList<>();
        EpochStats chosen = new TrainingLoop(options, Progress.SILENT, epochs::add).run(toy);
        assertEquals(2, chosen.epoch());
        assertEquals(
                List.of(Optional.of(0.5), Optional.of(0.75), Optional.of(0.25)),
                epochs.stream().map(EpochStats::validationAuc).toList());
        assertEquals(0.1325846, toy.weight(), 2e-6, "with the weights it had");
    }

    private static double[][] rows(double... ofPositive) {
        return Arrays.stream(ofPositive).mapToObj(p -> new double[] {1 - p, p}).toArray(double[][]::new);
    }

    @Test
    void dropoutHasTheRecipesRate() {
        for (double rate : new double[] {0, 0.8}) {
            ColourRegression toy = two();
            ClassifierOptions options =
                    options(1, new TrainingRecipe(0, 0, 0, SoftLabels.NONE, SGD, Optional.of(rate), false, 1));
            try (TrainingState state = new TrainingState(toy, options);
                    Scope scope = new Scope()) {
                Tensor ones = Tensors.of(new float[] {1}, 1).expand(10_000).contiguous();
                int zeros = 0;
                for (float value : Tensors.floats(state.learner.dropout().apply(ones))) {
                    zeros += value == 0 ? 1 : 0;
                }
                assertEquals(rate, zeros / 10_000.0, 0.02);
            }
        }
    }

    /** Noise, so that no two images are alike. */
    private static SquareImages images(int... which) {
        return new SquareImages() {
            @Override
            public int size() {
                return which.length;
            }

            @Override
            public int side() {
                return SIDE;
            }

            @Override
            public void read(int i, byte[] target, int offset) {
                byte[] pixels = new byte[3 * SIDE * SIDE];
                new Seed(which[i]).random().nextBytes(pixels);
                System.arraycopy(pixels, 0, target, offset, pixels.length);
            }
        };
    }

    /** The brightness of one corner, as a logit. */
    private static Tensor corner(Tensor input) {
        Tensor red = input.narrow(1, 0, 1).narrow(2, 0, 8).narrow(3, 0, 8).mean(1, 2, 3);
        return Tensors.of(new float[2], 1, 2)
                .add(red.mul(new Scalar(20)).view(-1, 1).mul(Tensors.of(new float[] {0, 1}, 1, 2)));
    }

    private static double[][] predicted(ClassifierOptions options, int... which) {
        return new Inference(Normalisation.SIGNED_UNIT, Compute.cpu(), Progress.SILENT)
                .probabilities("classifying", images(which), 2, options, RecipeTrainingTest::corner);
    }

    private static ClassifierOptions copies(int tta) {
        TrainingRecipe strong = TrainingRecipe.STRONG;
        return options(
                1,
                new TrainingRecipe(
                        0.4, 20, 0.3, strong.softLabels(), strong.optimisation(), Optional.empty(), false, tta));
    }

    @Test
    void predictionsAreTheMeanOverAlteredCopies() {
        double[] mean = predicted(copies(3), 4)[0];
        AlteredCopies copies =
                new AlteredCopies(3, copies(3).transforms(), new Seed(copies(3).seed()));
        double sum = 0;
        List<Double> each = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            try (Scope scope = new Scope()) {
                Tensor pixels = Tensors.ofBytes(images(4).pixels(), 1, SIDE, SIDE, 3);
                long[] checksums = AlteredCopies.checksums(images(4));
                Tensor input = copies.input(k, pixels, checksums, Normalisation.SIGNED_UNIT::normalise);
                each.add(Scores.softmax(Tensors.floats(corner(input)), 2)[0][1]);
            }
            sum += each.get(k);
        }
        assertEquals(sum / 3, mean[1], 1e-9);
        assertEquals(1, mean[0] + mean[1], 1e-9);
        assertEquals(3, each.stream().distinct().count(), "no two copies are alike");
        assertNotEquals(predicted(copies(1), 4)[0][1], mean[1], 1e-6, "one copy is the image as it is");
    }

    @Test
    void anImagesCopiesDoNotDependOnItsCompany() {
        double[][] together = predicted(copies(4), 1, 2, 3);
        assertArrayEquals(predicted(copies(4), 3)[0], together[2], 1e-9);
        assertArrayEquals(predicted(copies(4), 3, 1)[1], together[0], 1e-9);
        assertNotEquals(
                together[0][1],
                predicted(copies(4).with().seed(1).build(), 1)[0][1],
                1e-9,
                "they follow from the classifier's seed");
    }
}
