package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.classifier.probe.ProbeOptions.Layer;
import org.lesionforge.classifier.recipe.Loss;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.Dataset;
import org.lesionforge.image.Symmetry;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.RandomWeights;

/**
 * What a classifier of any network of the list can do, at the smallest side and on few images: a network is tested by being listed. That a training goes on
 * from any moment is in {@link ClassifierResumeTest}, that the places of a map add up in {@link ClassActivationTest}, what the network itself promises in
 * {@code BackboneContract}.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ClassifierContract {
    private static final int CLASSES = 2;

    /** Bytes of weights up to which a network takes moments. */
    private static final long SMALL = 22_000_000;

    @TempDir
    static Path temp;

    private static Dataset dataset;

    @Parameter
    private Architecture architecture;

    static List<Architecture> ofSize(boolean small) {
        return BackboneZoo.STANDARD.architectures().stream()
                .filter(architecture -> architecture.footprint().weights() <= SMALL == small)
                .toList();
    }

    @BeforeAll
    static void prepare() throws IOException {
        List<Integer> sides = BackboneZoo.STANDARD.architectures().stream()
                .map(Architecture::smallestSide)
                .distinct()
                .sorted()
                .toList();
        dataset = ColouredSquares.prepare(temp, 8, sides);
    }

    /** Two epochs in batches of four, two at a time. */
    private ClassifierOptions options(Recipe recipe) {
        return recipe.options()
                .with()
                .size(architecture.smallestSide())
                .epochs(2)
                .batch(4)
                .microBatch(2)
                .build();
    }

    private Backbone classifier() {
        return architecture.classifier(CLASSES).build(new Seed(3));
    }

    private static Map<String, Tensor> copies(Map<String, Tensor> tensors) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, tensor.detach().clone()));
        return copies;
    }

    /** Kernels, matrices and running statistics; a shift of a channel that the next batch normalisation takes back has no gradient. */
    @ParameterizedTest
    @EnumSource
    void everyLayerIsTrainedByEveryRecipe(Recipe recipe) {
        ClassifierOptions options = options(recipe);
        Backbone net = classifier();
        try (Scope scope = new Scope();
                FineTuning learner = new FineTuning(
                        options,
                        net,
                        architecture.input(),
                        dataset.training(),
                        Optional.of(dataset.validation()),
                        Compute.cpu())) {
            Map<String, Tensor> before = copies(StateDict.of(net));
            List<EpochStats> epochs = new ArrayList<>();
            new TrainingLoop(options, Progress.SILENT, epochs::add).run(learner);
            assertEquals(2, epochs.size());
            for (EpochStats epoch : epochs) {
                assertTrue(
                        Double.isFinite(epoch.trainLoss())
                                && epoch.validationLoss().isPresent(),
                        epoch.toString());
            }
            StateDict.of(net).forEach((name, tensor) -> {
                assertTrue(tensor.isfinite().all().item_bool(), name + " is not finite");
                if (tensor.dim() > 1 || name.contains("running")) {
                    assertFalse(tensor.equal(before.get(name)), name + " is as it was");
                }
            });
        } finally {
            net.close();
        }
    }

    /** In the midst of a batch of the second epoch, when gradients are being added up and the best epoch's weights are kept. */
    @Test
    void aStoppedTrainingComesOutTheSameBitByBit(@TempDir Path folder) throws IOException {
        assertEquals(10, dataset.training().size());
        ClassifierOptions options =
                options(Recipe.PAPER).with().selection(Selection.BEST).build();
        new WholeTraining(dataset, architecture, options, Optional.empty()).comesOutTheSame(folder, List.of(16));
    }

    /**
     * With the statistics of batch normalisation held, for in training it sees the micro-batch. Sums in another order differ by 1e-7 of their terms, and a
     * value at the bend of a ReLU may come to lie on its other side: one of some thousands that a tensor's gradient is of.
     */
    @Test
    void gradientsOfMicroBatchesAddUpToThatOfTheBatch() {
        Backbone net = classifier();
        try (Scope scope = new Scope()) {
            settle(net);
            net.eval();
            Tensor x = input(4);
            Tensor truth = torch.arange(new Scalar(4)).remainder(new Scalar(CLASSES));
            Map<String, Tensor> whole = gradients(net, x, truth, 4);
            Map<String, Tensor> pieces = gradients(net, x, truth, 2);
            assertEquals(whole.keySet(), pieces.keySet());
            assertTrue(whole.containsKey(architecture.names().firstKernel()));
            whole.forEach((name, gradient) -> {
                double length = length(gradient);
                assertTrue(length > 0, name + " has no gradient");
                assertEquals(0, length(gradient.sub(pieces.get(name))) / length, 0.01, name);
            });
        } finally {
            net.close();
        }
    }

    private static double length(Tensor tensor) {
        return tensor.norm().item_double();
    }

    /** Brings the running statistics near to those of the images, so that the network's answers are of ordinary sizes. */
    private void settle(Backbone net) {
        net.train(true);
        for (int i = 0; i < 30; i++) {
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                net.forward(input(4));
            }
        }
    }

    private static Map<String, Tensor> gradients(Backbone net, Tensor x, Tensor truth, int microBatch) {
        Loss loss = new Loss(0, Optional.empty());
        net.zero_grad(true);
        int n = Math.toIntExact(x.size(0));
        for (int first = 0; first < n; first += microBatch) {
            Tensor logits = net.forward(x.narrow(0, first, microBatch)).logits();
            Gradients.add(loss.of(logits, truth.narrow(0, first, microBatch)).mul(new Scalar((double) microBatch / n)));
        }
        return copies(Gradients.of(net));
    }

    /** The first images of the test part, as the network takes them. */
    private Tensor input(int n) {
        int side = architecture.smallestSide();
        byte[] pixels = new byte[n * side * side * 3];
        for (int i = 0; i < n; i++) {
            dataset.test().at(side).read(i, pixels, i * side * side * 3);
        }
        Tensor bytes = Tensors.images(pixels, n, side, Compute.cpu().device())
                .add(new Scalar(1.0))
                .mul(new Scalar(127.5));
        return architecture.input().normalise(bytes);
    }

    /** Frozen features are those that the network has on pixels, and the layer that is fitted to them says the same when it is stored with its network. */
    @Test
    void theStoredNetworkSaysOfPixelsWhatTheProbeSaysOfFeatures(@TempDir Path folder) throws IOException {
        PretrainedWeights weights = RandomWeights.in(folder, architecture, architecture.deepest());
        int side = architecture.smallestSide();
        ClassifierOptions options = ClassifierOptions.paper()
                .with()
                .size(side)
                .probe(ProbeOptions.behind(Layer.LAST))
                .views(1)
                .build();
        Predictions onFeatures;
        ClassifierRun run = ClassifierRun.create(
                folder.resolve("run"), dataset.training(), architecture, options, Optional.of(weights));
        try (FrozenFeatures frozen =
                new FrozenFeatures(weights, architecture.deepest(), side, Compute.cpu(), Progress.SILENT)) {
            assertSameFeatures(weights, FeatureArray.of(frozen.of(dataset.test(), Symmetry.IDENTITY)));
            try (Classifier trained = ClassifierTrainer.onFeatures(frozen, options, Compute.cpu(), Progress.SILENT)
                    .train(dataset.training(), Optional.of(dataset.validation()), run, CheckpointPolicy.DEFAULTS)) {
                onFeatures = trained.predict(dataset.test(), Progress.SILENT);
                run.save(trained);
            }
        }
        BackboneZoo zoo = new BackboneZoo(List.of(architecture));
        try (Classifier stored = Classifier.open(run.folder(), zoo, Compute.cpu(), Progress.SILENT)) {
            Predictions onPixels = stored.predict(dataset.test(), Progress.SILENT);
            for (int i = 0; i < onPixels.size(); i++) {
                assertArrayEquals(onFeatures.probabilities()[i], onPixels.probabilities()[i], 1e-4);
            }
        }
    }

    /** Folded and of many images at once against the plain network on three. */
    private void assertSameFeatures(PretrainedWeights weights, FeatureArray frozen) {
        Backbone net = weights.network(architecture.deepest());
        net.eval();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor plain = net.features(input(3));
            assertArrayEquals(new long[] {3, frozen.dimensions()}, Tensors.shape(plain));
            Tensor cached = Tensors.of(frozen.values(), frozen.count(), frozen.dimensions());
            double length = length(plain);
            assertTrue(length > 0, "nothing but zeros");
            assertEquals(0, length(plain.sub(cached.narrow(0, 0, 3))) / length, 1e-4);
        } finally {
            net.close();
        }
    }
}
