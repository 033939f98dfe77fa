package org.lesionforge.backbone.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.Counts;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.Variant;
import org.lesionforge.backbone.WeightNames;
import org.lesionforge.backbone.WeightsDeclaration;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;
import org.lesionforge.torch.file.Safetensors;
import org.lesionforge.weights.PretrainedWeights;

/**
 * What every architecture of the list promises, and one that is in no list of the program: an architecture passes by being listed. Networks are built as
 * seldom as can be, and the tests share one that none of them changes but for its running statistics.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class BackboneContract {
    private static final int CLASSES = 3;
    private static final Seed SEED = new Seed(3);
    private static final BackboneZoo ZOO = new BackboneZoo(
            Stream.concat(BackboneZoo.STANDARD.architectures().stream(), Stream.of(ToyBackbone.ARCHITECTURE))
                    .toList());

    /** Bytes of weights from which on a network takes too long for the tests that run each time: half a gigabyte is written and read. */
    private static final long LARGE = 200_000_000;

    static List<Architecture> ofSize(boolean large) {
        return ZOO.architectures().stream()
                .filter(architecture -> architecture.footprint().weights() >= LARGE == large)
                .toList();
    }

    @Parameter
    private Architecture architecture;

    private int side;
    private Backbone net;

    @BeforeParameterizedClassInvocation
    void build() {
        side = architecture.smallestSide();
        net = classifier(SEED);
    }

    @AfterParameterizedClassInvocation
    void close() {
        net.close();
    }

    /** With all heads, and statistics of its batch normalisation that are not those of the beginning. */
    private Backbone classifier(Seed seed) {
        Backbone made = architecture.classifier(CLASSES).build(seed);
        try (Scope scope = new Scope();
                Generator generator = Torch.generator(seed);
                NoGradGuard noGradient = new NoGradGuard()) {
            GeneratorOptional draws = new GeneratorOptional(generator);
            StateDict.buffers(made).forEach((name, buffer) -> {
                if (name.endsWith("running_mean")) {
                    buffer.uniform_(-0.5, 0.5, draws);
                } else if (name.endsWith("running_var")) {
                    buffer.uniform_(0.5, 1.5, draws);
                }
            });
        }
        made.eval();
        return made;
    }

    /** Standard normal, the same each time. */
    private static Tensor noise(long... shape) {
        try (Generator generator = Torch.generator(new Seed(7))) {
            return torch.empty(shape).normal_(0, 1, new GeneratorOptional(generator));
        }
    }

    private static void assertClose(float[] expected, float[] actual, double relative) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest > 0, "nothing but zeros");
        assertArrayEquals(expected, actual, (float) (relative * largest));
    }

    private static float[] logits(Backbone net, Tensor x) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            return Tensors.floats(net.forward(x).logits());
        }
    }

    @Test
    void logitsAreOfFeaturesAndFeaturesOfActivations() {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor x = noise(2, 3, side, side);
            Tensor features = net.features(x);
            assertArrayEquals(new long[] {2, architecture.featureCount()}, features.shape());
            float[] logits = Tensors.floats(net.classify(features));
            assertArrayEquals(Tensors.floats(net.forward(x).logits()), logits);
            assertArrayEquals(Tensors.floats(net.activations(x).mean(2, 3)), Tensors.floats(features));
            assertClose(
                    logits,
                    Tensors.floats(
                            net.logitsWithoutBias(features).add(net.head().bias())),
                    1e-5);
        }
    }

    /** The walk against the network itself: its parameters, and the maps that libtorch makes, also at sides that no power of two divides. */
    @Test
    void theSummaryIsOfTheNetwork() {
        for (int size : new int[] {side, side + 1, side + 23}) {
            ModelSummary summary = net.summary(size);
            assertEquals(parametersInUse(), summary.parameters());
            assertEquals(
                    (long) architecture.featureCount() * CLASSES,
                    summary.row(architecture.names().lastLayers().get(0)).multiplyAdds());
            for (FeatureLayer layer : architecture.featureLayers()) {
                try (Scope scope = new Scope();
                        NoGradGuard noGradient = new NoGradGuard()) {
                    long[] shape = net.activations(torch.zeros(1, 3, size, size), layer)
                            .shape();
                    ModelSummary.Row row = summary.row(layer.name());
                    assertArrayEquals(new long[] {1, row.channels(), row.side(), row.side()}, shape, layer.name());
                    assertEquals(layer.dimensions(), row.channels());
                }
            }
        }
    }

    /** What is stated with 1,000 classes, of a network with few: each class more is a row of every last layer, and its bias. */
    @Test
    void theStatedCountsAreOfTheNetwork() {
        Counts counts = architecture.footprint().counts();
        long more = 1000 - CLASSES;
        try (Scope scope = new Scope()) {
            Map<String, Tensor> weights = StateDict.parameters(net);
            long rows = architecture.names().lastLayers().stream()
                    .mapToLong(layer -> weights.get(layer + ".weight").size(1) + 1)
                    .sum();
            assertEquals(counts.parameters(), StateDict.parameterCount(net) + more * rows);
        }
        assertEquals(
                counts.multiplyAdds(),
                net.summary(architecture.side()).multiplyAdds() + more * architecture.featureCount());
    }

    /** Without auxiliary heads, which no image passes in use. */
    private long parametersInUse() {
        WeightNames names = architecture.names();
        try (Scope scope = new Scope()) {
            return StateDict.parameters(net).entrySet().stream()
                    .filter(each -> !names.isHead(each.getKey()) || names.isOwnHead(each.getKey()))
                    .mapToLong(each -> each.getValue().numel())
                    .sum();
        }
    }

    /**
     * Equal seeds give equal weights, whatever was drawn elsewhere; folding is not visible but in the last digits, and not at all in what is saved; closing
     * frees the weights of every layer, and may be done twice.
     */
    @Test
    void foldingChangesNothingButRounding() {
        torch.manual_seed(99);
        Backbone again = classifier(SEED);
        try (Scope scope = new Scope()) {
            Tensor x = noise(2, 3, side, side);
            Map<String, Tensor> weights = StateDict.parameters(net);
            Map<String, Tensor> state = StateDict.of(again);
            weights.forEach((name, tensor) -> assertTrue(tensor.equal(state.get(name)), name));
            Map<String, Tensor> buffers = new LinkedHashMap<>();
            StateDict.buffers(again).forEach((name, tensor) -> buffers.put(name, tensor.clone()));
            float[] plain = logits(again, x);
            again.train(true);
            again.foldBatchNorm();
            assertClose(plain, logits(again, x), 1e-4);
            again.foldBatchNorm();
            assertClose(plain, logits(again, x), 1e-4);
            assertEquals(state.keySet(), StateDict.of(again).keySet());
            weights.forEach((name, tensor) -> assertTrue(tensor.equal(state.get(name)), name));
            buffers.forEach((name, tensor) -> assertTrue(tensor.equal(state.get(name)), name));
            again.close();
            state.forEach((name, tensor) -> assertEquals(0, tensor.numel(), name));
        } finally {
            again.close();
        }
    }

    /** A classifier gives an image the same answer whatever else is looked at with it. */
    @Test
    void imagesOfABatchDoNotSeeEachOther() {
        int size = side + 2;
        try (Scope scope = new Scope()) {
            Tensor x = noise(3, 3, size, size);
            float[] together = logits(net, x);
            assertFalse(Arrays.equals(
                    Arrays.copyOfRange(together, 0, CLASSES), Arrays.copyOfRange(together, CLASSES, 2 * CLASSES)));
            for (int i = 0; i < 3; i++) {
                assertClose(
                        Arrays.copyOfRange(together, i * CLASSES, (i + 1) * CLASSES),
                        logits(net, x.narrow(0, i, 1)),
                        1e-4);
            }
        }
    }

    @Test
    void anotherSeedGivesOtherWeights() {
        Backbone other = classifier(new Seed(2));
        try (Scope scope = new Scope()) {
            Map<String, Tensor> weights = StateDict.parameters(net);
            Map<String, Tensor> others = StateDict.parameters(other);
            for (FeatureLayer layer : architecture.featureLayers()) {
                assertFalse(others.get(layer.lastKernel()).equal(weights.get(layer.lastKernel())), layer.name());
            }
            String last = architecture.names().lastWeight();
            assertFalse(others.get(last).equal(weights.get(last)));
        } finally {
            other.close();
        }
    }

    /** Of all heads, on few images: no parameter is left out of the computation, and what is dropped follows from the seed. */
    @Test
    void trainingReachesEveryParameter() {
        int size = side + 5;
        net.train(true);
        try (Scope scope = new Scope()) {
            Tensor x = noise(2, 3, size, size);
            net.dropout().seed(new Seed(5));
            Backbone.Output output = net.forward(x);
            assertArrayEquals(new long[] {2, CLASSES}, output.logits().shape());
            assertEquals(
                    architecture.names().lastLayers().size() - 1,
                    output.auxiliaryLogits().size());
            Tensor sum = output.logits().sum();
            for (Tensor logits : output.auxiliaryLogits()) {
                assertArrayEquals(new long[] {2, CLASSES}, logits.shape());
                sum = sum.add(logits.sum());
            }
            sum.backward();
            StateDict.parameters(net)
                    .forEach((name, parameter) -> assertTrue(parameter.grad().defined(), name + " got no gradient"));
            float[] logits = Tensors.floats(output.logits());
            net.dropout().seed(new Seed(5));
            torch.manual_seed(98);
            assertArrayEquals(logits, Tensors.floats(net.forward(x).logits()));
        } finally {
            net.zero_grad(true);
            net.eval();
        }
    }

    /** The facts about names are those of the tensors, and a file of them is recognised, loaded and computes the same. */
    @Test
    void aFileOfItsWeightsIsItsOwn(@TempDir Path temp) throws IOException {
        WeightNames names = architecture.names();
        Variant variant = architecture.variants().get(0);
        Normalisation input = architecture.input();
        Path file = temp.resolve("weights.safetensors");
        try (Scope scope = new Scope()) {
            Set<String> keys = StateDict.of(net).keySet();
            assertTrue(keys.stream().allMatch(names::belongs), keys.toString());
            assertTrue(keys.contains(names.firstKernel()));
            assertTrue(keys.contains(names.lastWeight()));
            assertTrue(keys.stream().anyMatch(names::isOwnHead));
            for (FeatureLayer layer : architecture.featureLayers()) {
                assertTrue(keys.contains(layer.lastKernel()), layer.name());
            }
            Safetensors.write(
                    file,
                    StateDict.of(net),
                    WeightsDeclaration.metadata("somebodys-own", variant.name(), input.formula()));
            assertEquals(keys, Safetensors.open(file).names());
            PretrainedWeights weights = PretrainedWeights.open(file, ZOO);
            assertEquals(architecture, weights.architecture());
            assertEquals("somebodys-own", weights.name());
            assertEquals(input, weights.input());
            assertEquals(architecture.featureLayers(), weights.featureLayers());
            assertEquals(CLASSES, weights.classes());
            Backbone loaded = weights.network(architecture.deepest());
            loaded.eval();
            Tensor x = noise(2, 3, side, side);
            assertArrayEquals(logits(net, x), logits(loaded, x));
            loaded.close();
            for (FeatureLayer layer : shallower()) {
                Backbone upTo = weights.network(layer);
                upTo.eval();
                try (NoGradGuard noGradient = new NoGradGuard()) {
                    assertArrayEquals(
                            Tensors.floats(net.features(x, layer)),
                            Tensors.floats(upTo.features(x, layer)),
                            layer.name());
                }
                upTo.close();
            }
        }
    }

    /** All places for features but the last, where the whole network ends. */
    private List<FeatureLayer> shallower() {
        List<FeatureLayer> all = architecture.featureLayers();
        return all.subList(0, all.size() - 1);
    }
}
