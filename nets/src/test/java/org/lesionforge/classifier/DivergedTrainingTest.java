package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.classifier.recipe.Optimisation;
import org.lesionforge.classifier.recipe.OptimizerKind;
import org.lesionforge.classifier.recipe.Schedule;
import org.lesionforge.classifier.recipe.SoftLabels;
import org.lesionforge.classifier.recipe.TrainingRecipe;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.nn.Dropout;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Arithmetic;

/** A training that diverges is ended when that is read, and the step that it was found in has left no trace. */
final class DivergedTrainingTest {
    /** @param plant makes of the logits what spoils the step */
    record Case(String says, OptimizerKind optimizer, UnaryOperator<Tensor> plant) {
        @Override
        public String toString() {
            return says + ", " + optimizer;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(OptimizerKind.values())
                .flatMap(optimizer -> Stream.of(
                        new Case("loss became NaN", optimizer, logits -> logits.add(new Scalar(Double.NaN))),
                        // √0, whose slope is infinite, times 0: the logits are as they were, the gradient is NaN.
                        new Case(
                                "gradient became infinite or NaN",
                                optimizer,
                                logits -> logits.add(
                                        logits.mul(new Scalar(0)).sum().sqrt()))));
    }

    /** A {@link SmallLearner} one of whose answers is spoilt. */
    private static final class Planted implements Learner {
        private final SmallLearner small = new SmallLearner();
        private final int at;
        private final UnaryOperator<Tensor> plant;
        private int answers;

        Planted(int at, UnaryOperator<Tensor> plant) {
            this.at = at;
            this.plant = plant;
        }

        @Override
        public Module net() {
            return small.net();
        }

        @Override
        public int size() {
            return small.size();
        }

        @Override
        public int[] counts() {
            return small.counts();
        }

        @Override
        public int label(int i) {
            return small.label(i);
        }

        @Override
        public int positive() {
            return small.positive();
        }

        @Override
        public int microBatch() {
            return small.microBatch();
        }

        @Override
        public Inputs inputs(List<int[]> groups, int epoch) {
            return small.inputs(groups, epoch);
        }

        @Override
        public Dropout dropout() {
            return small.dropout();
        }

        @Override
        public Arithmetic arithmetic() {
            return small.arithmetic();
        }

        @Override
        public Backbone.Output forward(Tensor input) {
            Backbone.Output output = small.forward(input);
            return ++answers == at ? new Backbone.Output(plant.apply(output.logits()), List.of()) : output;
        }

        @Override
        public Optional<Scores> validate() {
            return small.validate();
        }

        /** Every parameter; running statistics are not the step's. */
        Map<String, String> parameters() {
            Map<String, String> parameters = new TreeMap<>(small.state());
            parameters.keySet().removeIf(name -> name.contains("running") || name.contains("num_batches"));
            return parameters;
        }
    }

    private static ClassifierOptions options(OptimizerKind optimizer) {
        TrainingRecipe training = new TrainingRecipe(
                0,
                0,
                0,
                SoftLabels.NONE,
                new Optimisation(optimizer, 0.1, Schedule.CONSTANT, 0, 1, 0.5),
                Optional.empty(),
                false,
                1);
        return ClassifierOptions.paper()
                .with()
                .epochs(2)
                .batch(6)
                .learningRate(0.1)
                .training(training)
                .build();
    }

    /** Six images in a batch, three in a micro-batch: the fourth answer is the last of the second step. */
    @ParameterizedTest
    @MethodSource("cases")
    void itEndsWithTheWeightsOfBefore(Case of) {
        Planted learner = new Planted(4, of.plant());
        List<Map<String, String>> afterSteps = new ArrayList<>(List.of(learner.parameters()));
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epoch(EpochStats stats) {}

            @Override
            public void step(TrainingState state) {
                afterSteps.add(learner.parameters());
            }
        };
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> new TrainingLoop(options(of.optimizer()), Progress.SILENT, listener).run(learner))
                .getMessage();
        assertTrue(message.startsWith("the classifier's " + of.says() + " in epoch 1: training has diverged"), message);
        assertEquals(4, learner.answers, "it is read before the next answer is made");
        assertEquals(3, afterSteps.size(), "two steps");
        assertNotEquals(afterSteps.get(0), afterSteps.get(1), "the good one");
        assertEquals(afterSteps.get(1), afterSteps.get(2), "the bad one");
        assertEquals(afterSteps.get(1), learner.parameters());
    }

    /** There is no further batch whose turn would read it. */
    @ParameterizedTest
    @MethodSource("cases")
    void theLastStepOfATrainingIsReadToo(Case of) {
        // Batches of 6, 6 and 2 images: five answers in an epoch, ten in all.
        Planted learner = new Planted(10, of.plant());
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> new TrainingLoop(options(of.optimizer()), Progress.SILENT, any -> {}).run(learner))
                .getMessage();
        assertTrue(message.startsWith("the classifier's " + of.says() + " in epoch 2: training has diverged"), message);
    }
}
