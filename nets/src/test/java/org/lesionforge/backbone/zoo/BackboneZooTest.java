package org.lesionforge.backbone.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
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

/** What every architecture of the list promises, and one that is in no list of the program: an architecture passes by being listed. */
final class BackboneZooTest {
    private static final int CLASSES = 3;
    private static final BackboneZoo ZOO = new BackboneZoo(
            Stream.concat(BackboneZoo.STANDARD.architectures().stream(), Stream.of(ToyBackbone.ARCHITECTURE))
                    .toList());
    private static final List<Architecture> ALL = ZOO.architectures();

    @TempDir
    private Path temp;

    /** With statistics of its batch normalisation that are not those of the beginning. */
    private static Backbone classifier(Architecture architecture) {
        return classifier(architecture, new Seed(3));
    }

    private static Backbone classifier(Architecture architecture, Seed seed) {
        Backbone net = new BackboneOptions(
                        architecture, architecture.variants().get(0), CLASSES, false, architecture.deepest())
                .build(seed);
        try (Scope scope = new Scope();
                Generator generator = Torch.generator(seed);
                NoGradGuard noGradient = new NoGradGuard()) {
            GeneratorOptional draws = new GeneratorOptional(generator);
            StateDict.buffers(net).forEach((name, buffer) -> {
                if (name.endsWith("running_mean")) {
                    buffer.uniform_(-0.5, 0.5, draws);
                } else if (name.endsWith("running_var")) {
                    buffer.uniform_(0.5, 1.5, draws);
                }
            });
        }
        net.eval();
        return net;
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
    void namesTellArchitecturesApart() {
        for (Architecture architecture : ALL) {
            assertEquals(architecture, ZOO.named(architecture.name()).orElseThrow());
            assertTrue(architecture.name().matches("[a-z][a-z0-9-]*"), architecture.name());
            for (FeatureLayer layer : architecture.featureLayers()) {
                assertEquals(
                        layer, architecture.featureLayer(layer.dimensions()).orElseThrow());
            }
        }
        assertTrue(ZOO.named("no-such-network").isEmpty());
        assertThrows(
                IllegalArgumentException.class,
                () -> new BackboneZoo(List.of(ToyBackbone.ARCHITECTURE, ToyBackbone.ARCHITECTURE)));
        assertThrows(IllegalArgumentException.class, () -> new BackboneZoo(List.of()));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void logitsAreOfFeaturesAndFeaturesOfActivations(Architecture architecture) {
        Backbone net = classifier(architecture);
        int side = architecture.smallestSide();
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
        } finally {
            net.close();
        }
    }

    /** The walk against the network itself: its parameters, and the maps that libtorch makes, also at sides that no power of two divides. */
    @ParameterizedTest
    @FieldSource("ALL")
    void theSummaryIsOfTheNetwork(Architecture architecture) {
        Backbone net = classifier(architecture);
        int smallest = architecture.smallestSide();
        try {
            for (int side : new int[] {smallest, smallest + 1, smallest + 23}) {
                ModelSummary summary = net.summary(side);
                assertEquals(StateDict.parameterCount(net), summary.parameters());
                assertEquals(
                        (long) architecture.featureCount() * CLASSES,
                        summary.row(architecture.names().lastLayers().get(0)).multiplyAdds());
                for (FeatureLayer layer : architecture.featureLayers()) {
                    try (Scope scope = new Scope();
                            NoGradGuard noGradient = new NoGradGuard()) {
                        long[] shape = net.activations(torch.zeros(1, 3, side, side), layer)
                                .shape();
                        ModelSummary.Row row = summary.row(layer.name());
                        assertArrayEquals(new long[] {1, row.channels(), row.side(), row.side()}, shape, layer.name());
                        assertEquals(layer.dimensions(), row.channels());
                    }
                }
            }
        } finally {
            net.close();
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void smallerImagesAreRefused(Architecture architecture) {
        architecture.requireSide(architecture.smallestSide());
        String message = assertThrows(
                        IllegalArgumentException.class, () -> architecture.requireSide(architecture.smallestSide() - 1))
                .getMessage();
        assertTrue(
                message.contains(architecture.title())
                        && message.contains("at least " + architecture.smallestSide() + " pixels, got "),
                message);
        assertTrue(architecture.side() >= architecture.smallestSide());
    }

    /** Folding is not visible but in the last digits, and not at all in what is saved. */
    @ParameterizedTest
    @FieldSource("ALL")
    void foldingChangesNothingButRounding(Architecture architecture) {
        Backbone net = classifier(architecture);
        int side = architecture.smallestSide();
        try (Scope scope = new Scope()) {
            Tensor x = noise(2, 3, side, side);
            float[] plain = logits(net, x);
            Map<String, Tensor> state = new LinkedHashMap<>();
            StateDict.of(net).forEach((name, tensor) -> state.put(name, tensor.clone()));
            net.train(true);
            net.foldBatchNorm();
            assertClose(plain, logits(net, x), 1e-4);
            net.foldBatchNorm();
            assertClose(plain, logits(net, x), 1e-4);
            assertEquals(state.keySet(), StateDict.of(net).keySet());
            StateDict.of(net).forEach((name, tensor) -> assertTrue(tensor.equal(state.get(name)), name));
        } finally {
            net.close();
        }
    }

    /** A classifier gives an image the same answer whatever else is looked at with it. */
    @ParameterizedTest
    @FieldSource("ALL")
    void imagesOfABatchDoNotSeeEachOther(Architecture architecture) {
        Backbone net = classifier(architecture);
        int side = architecture.smallestSide() + 2;
        try (Scope scope = new Scope()) {
            Tensor x = noise(3, 3, side, side);
            float[] together = logits(net, x);
            assertFalse(Arrays.equals(
                    Arrays.copyOfRange(together, 0, CLASSES), Arrays.copyOfRange(together, CLASSES, 2 * CLASSES)));
            for (int i = 0; i < 3; i++) {
                assertClose(
                        Arrays.copyOfRange(together, i * CLASSES, (i + 1) * CLASSES),
                        logits(net, x.narrow(0, i, 1)),
                        1e-4);
            }
        } finally {
            net.close();
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void seedsDecideTheWeights(Architecture architecture) {
        Backbone net = classifier(architecture, new Seed(1));
        torch.manual_seed(99);
        Backbone same = classifier(architecture, new Seed(1));
        Backbone other = classifier(architecture, new Seed(2));
        try (Scope scope = new Scope()) {
            Map<String, Tensor> weights = StateDict.of(net);
            Map<String, Tensor> others = StateDict.of(other);
            StateDict.of(same).forEach((name, tensor) -> assertTrue(tensor.equal(weights.get(name)), name));
            for (FeatureLayer layer : architecture.featureLayers()) {
                assertFalse(others.get(layer.lastKernel()).equal(weights.get(layer.lastKernel())), layer.name());
            }
            String last = architecture.names().lastWeight();
            assertFalse(others.get(last).equal(weights.get(last)));
        } finally {
            List.of(net, same, other).forEach(Backbone::close);
        }
    }

    /** Of all heads, on few images: no parameter is left out of the computation. */
    @ParameterizedTest
    @FieldSource("ALL")
    void trainingReachesEveryParameter(Architecture architecture) {
        Backbone net = architecture.classifier(CLASSES).build(new Seed(4));
        net.train(true);
        int side = architecture.smallestSide() + 5;
        try (Scope scope = new Scope()) {
            Backbone.Output output = net.forward(noise(2, 3, side, side));
            assertArrayEquals(new long[] {2, CLASSES}, output.logits().shape());
            Tensor sum = output.logits().sum();
            output.auxiliaryLogits().ifPresent(logits -> assertArrayEquals(new long[] {2, CLASSES}, logits.shape()));
            output.auxiliaryLogits()
                    .map(Tensor::sum)
                    .map(auxiliary -> sum.add(auxiliary))
                    .orElse(sum)
                    .backward();
            StateDict.parameters(net)
                    .forEach((name, parameter) -> assertTrue(parameter.grad().defined(), name + " got no gradient"));
            assertEquals(
                    architecture.names().withAuxiliary(StateDict.of(net).keySet()),
                    output.auxiliaryLogits().isPresent());
        } finally {
            net.close();
        }
    }

    /** The facts about names are those of the tensors, and a file of them is recognised, loaded and computes the same. */
    @ParameterizedTest
    @FieldSource("ALL")
    void aFileOfItsWeightsIsItsOwn(Architecture architecture) throws IOException {
        Backbone net = classifier(architecture);
        WeightNames names = architecture.names();
        Variant variant = architecture.variants().get(0);
        Normalisation input = architecture.input();
        Path file = temp.resolve("weights.safetensors");
        int side = architecture.smallestSide();
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
            for (FeatureLayer layer : architecture.featureLayers()) {
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
        } finally {
            net.close();
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void everyWayToTakeValuesIsItsFormula(Architecture architecture) {
        for (Normalisation input : architecture.inputs()) {
            assertEquals(input, architecture.input(input.formula()));
            assertTrue(input.name().matches("[A-Za-z0-9_]+"), input.name());
        }
        String message = assertThrows(IllegalArgumentException.class, () -> architecture.input("x"))
                .getMessage();
        assertTrue(message.contains(architecture.input().formula()), message);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void closingFreesTheWeightsOfEveryLayer(Architecture architecture) {
        Backbone net = classifier(architecture);
        net.foldBatchNorm();
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = StateDict.of(net);
            net.close();
            state.forEach((name, tensor) -> assertEquals(0, tensor.numel(), name));
        }
        net.close();
    }
}
