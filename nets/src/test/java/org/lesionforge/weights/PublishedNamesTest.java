package org.lesionforge.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.Naming;
import org.lesionforge.backbone.WeightsDeclaration;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.PthWriter;
import org.lesionforge.torch.file.Safetensors;

/** Files as torchvision and timm publish them, and TensorFlow's with a class for the background, load into the one network of each name. */
final class PublishedNamesTest {
    private static final int SIDE = 32;

    @TempDir
    Path folder;

    /**
     * timm's layers in the order in which timm makes them, zipped with ours in the order of ours: another rule than the program's, which goes by
     * name. Shapes of three of them by hand, from the widths of the paper's table.
     */
    @ParameterizedTest
    @CsvSource({
        "mobilenet-v2,    1 2 3 4 3 3 1, false, 32, 1280, blocks.1.0.conv_pw.weight, 96 16 1 1",
        "efficientnet-b0, 1 2 2 3 3 4 1, true,  32, 1280, blocks.2.0.conv_dw.weight, 144 1 5 5",
        "efficientnet-b2, 2 3 3 4 4 5 2, true,  32, 1408, blocks.1.0.se.conv_reduce.weight, 4 96 1 1"
    })
    void timmsNamesLoad(String network, String blocks, boolean excited, int stem, int last, String key, String shape)
            throws IOException {
        Backbone source = net(network, 3);
        List<String> theirs = timmLayers(blocks, excited);
        Path file = folder.resolve("timm.safetensors");
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = StateDict.of(source);
            List<String> ours = state.keySet().stream()
                    .map(PublishedNamesTest::layer)
                    .distinct()
                    .toList();
            assertEquals(ours.size(), theirs.size());
            write(
                    file,
                    state,
                    name -> theirs.get(ours.indexOf(layer(name)))
                            + name.substring(layer(name).length()),
                    Map.of());
        }
        Safetensors stored = Safetensors.open(file);
        assertArrayEquals(new long[] {stem, 3, 3, 3}, stored.shape("conv_stem.weight"));
        assertEquals(last, stored.shape("conv_head.weight")[0]);
        assertEquals(shape, numbers(stored.shape(key)));
        PretrainedWeights weights = PretrainedWeights.open(file, BackboneZoo.STANDARD);
        assertEquals(network, weights.architecture().name());
        assertEquals(3, weights.classes());
        assertTrue(weights.notes().contains("its tensors are read by timm's names"), weights.notes()::toString);
        assertSameLogits(source, weights);
    }

    private static List<String> timmLayers(String blocks, boolean excited) {
        List<String> layers = new ArrayList<>(List.of("conv_stem", "bn1"));
        String[] counts = blocks.split(" ", -1);
        List<String> first = excited
                ? List.of("conv_dw", "bn1", "se.conv_reduce", "se.conv_expand", "conv_pw", "bn2")
                : List.of("conv_dw", "bn1", "conv_pw", "bn2");
        List<String> later = excited
                ? List.of("conv_pw", "bn1", "conv_dw", "bn2", "se.conv_reduce", "se.conv_expand", "conv_pwl", "bn3")
                : List.of("conv_pw", "bn1", "conv_dw", "bn2", "conv_pwl", "bn3");
        for (int stage = 0; stage < counts.length; stage++) {
            for (int block = 0; block < Integer.parseInt(counts[stage]); block++) {
                for (String part : stage == 0 ? first : later) {
                    layers.add("blocks." + stage + "." + block + "." + part);
                }
            }
        }
        layers.addAll(List.of("conv_head", "bn2", "classifier"));
        return layers;
    }

    /** torchvision's file: pickled, dotted, behind a wrapper's prefix and without counters of batches. */
    @Test
    void aDottedDenseNetOfTorchvisionLoads() throws IOException {
        Backbone source = net("densenet-121", 2);
        PthWriter pickle = PthWriter.stateDict();
        try (Scope scope = new Scope()) {
            StateDict.of(source).forEach((name, tensor) -> {
                if (!name.endsWith("num_batches_tracked")) {
                    pickle.floats("module." + dotted(name), Tensors.floats(tensor), tensor.shape());
                }
            });
        }
        PretrainedWeights weights =
                PretrainedWeights.open(pickle.end().zip(folder.resolve("old.pth")), BackboneZoo.STANDARD);
        assertEquals("densenet-121", weights.architecture().name());
        String notes = String.join("\n", weights.notes());
        assertTrue(notes.contains("without the 'module.'") && notes.contains("torchvision's older names"), notes);
        assertSameLogits(source, weights);
    }

    /** Keys by torchvision's own pattern; twelve tensors of each of 58, 82 and 98 layers have other names than ours. */
    @ParameterizedTest
    @CsvSource({"densenet-121, 727, 58", "densenet-169, 1015, 82", "densenet-201, 1207, 98"})
    void allKeysOfDenseNetsHaveDottedNames(String network, int keys, int layers) {
        Backbone net = net(network, 1000);
        Naming naming = architecture(network).names().others().get(0);
        try (Scope scope = new Scope()) {
            Set<String> ours = StateDict.of(net).keySet();
            assertEquals(keys, ours.size());
            for (String name : ours) {
                assertEquals(dotted(name), naming.theirs(name));
                assertEquals(name, naming.ours(dotted(name)));
                assertEquals(name, naming.ours(name));
            }
            assertEquals(
                    12L * layers,
                    ours.stream().filter(name -> !dotted(name).equals(name)).count());
        } finally {
            net.close();
        }
    }

    private static String dotted(String name) {
        return name.replaceAll("(denselayer\\d+\\.(?:norm|relu|conv))([12])\\.", "$1.$2.");
    }

    /** Of timm's VGG-16 the hidden layers are convolutions of 7×7 and 1×1 places. */
    @Test
    void aLayerOverAWholeMapIsAMatrix() {
        assertTrue(TensorNames.fits(new long[] {4096, 512, 7, 7}, new long[] {4096, 25_088}));
        assertFalse(TensorNames.fits(new long[] {4096, 512, 7, 1}, new long[] {4096, 25_088}));
        assertFalse(TensorNames.fits(new long[] {512, 4096, 7, 7}, new long[] {4096, 25_088}));
        assertFalse(TensorNames.fits(new long[] {64, 3, 3, 3}, new long[] {64, 3, 9, 1}));
        Naming timm = architecture("vgg-16").names().others().get(0);
        assertEquals("classifier.0.weight", timm.ours("pre_logits.fc1.weight"));
        assertEquals("classifier.3.bias", timm.ours("pre_logits.fc2.bias"));
        assertEquals("classifier.6.weight", timm.ours("head.fc.weight"));
        assertEquals("features.28.bias", timm.ours("features.28.bias"));
    }

    /** Half a gigabyte is written and read. */
    @Test
    @Tag("slow")
    void aVgg16OfTimmLoads() throws IOException {
        Backbone source = net("vgg-16", 2);
        Path file = folder.resolve("vgg.safetensors");
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = new LinkedHashMap<>(StateDict.of(source));
            state.computeIfPresent("classifier.0.weight", (name, tensor) -> tensor.view(4096, 512, 7, 7));
            state.computeIfPresent("classifier.3.weight", (name, tensor) -> tensor.view(4096, 4096, 1, 1));
            write(
                    file,
                    state,
                    name -> name.replace("classifier.0", "pre_logits.fc1")
                            .replace("classifier.3", "pre_logits.fc2")
                            .replace("classifier.6", "head.fc"),
                    Map.of());
        }
        assertSameLogits(source, PretrainedWeights.open(file, BackboneZoo.STANDARD));
    }

    /** Logits of the 1,000 classes from the features by hand, with the rows of the file behind its first. */
    @Test
    void theBackgroundIsLeftOut() throws IOException {
        Backbone source = net("mobilenet-v2", 1001);
        Path file = folder.resolve("background.safetensors");
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> state = new LinkedHashMap<>(StateDict.of(source));
            // As a 1×1 convolution, which TensorFlow's last layers are.
            state.computeIfPresent("classifier.1.weight", (name, tensor) -> tensor.view(1001, 1280, 1, 1));
            write(file, state, name -> name, Map.of());
            PretrainedWeights weights = PretrainedWeights.open(file, BackboneZoo.STANDARD);
            assertEquals(1000, weights.classes());
            assertTrue(
                    String.join("\n", weights.notes()).contains("1001 outputs, as TensorFlow's"),
                    weights.notes()::toString);
            Backbone loaded = loaded(weights);
            float[] features = Tensors.floats(source.features(image()));
            float[] rows = Tensors.floats(source.head().weight());
            float[] biases = Tensors.floats(source.head().bias());
            float[] logits = logits(loaded);
            assertEquals(1000, logits.length);
            for (int c : new int[] {0, 1, 999}) {
                double sum = biases[c + 1];
                for (int i = 0; i < features.length; i++) {
                    sum += (double) rows[(c + 1) * features.length + i] * features[i];
                }
                assertEquals(sum, logits[c], 1e-4 * Math.max(1, Math.abs(sum)));
            }
            loaded.close();
        }
        source.close();
    }

    /** TensorFlow's MobileNet V1 has other padding than the network that is built where nothing tells; a file that says more is believed. */
    @Test
    void aBackgroundTellsTensorFlowsVariant() throws IOException {
        Backbone source = net("mobilenet-v1", 1001);
        Path file = folder.resolve("v1.safetensors");
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = StateDict.of(source);
            write(file, state, name -> name, Map.of());
            assertEquals(
                    "KERAS",
                    PretrainedWeights.open(file, BackboneZoo.STANDARD).variant().name());
            write(file, state, name -> name, WeightsDeclaration.metadata("mine", "TIMM", "x/127.5-1"));
            assertEquals(
                    "TIMM",
                    PretrainedWeights.open(file, BackboneZoo.STANDARD).variant().name());
        }
        source.close();
    }

    /** Where the file does not say, the option does; where it does, another is refused with both. */
    @Test
    void aPaddingIsAskedForWhereNothingTells() throws IOException {
        Backbone source = net("mobilenet-v1", 2);
        Path file = folder.resolve("v1.safetensors");
        try (Scope scope = new Scope()) {
            write(file, StateDict.of(source), name -> name, Map.of());
            PretrainedWeights silent = PretrainedWeights.open(file, BackboneZoo.STANDARD);
            assertEquals("TIMM", silent.variant().name());
            assertTrue(String.join("\n", silent.notes()).contains("--padding"), silent.notes()::toString);
            PretrainedWeights keras = silent.padded("keras");
            assertEquals("KERAS", keras.variant().name());
            assertEquals(silent.name(), keras.name());
            assertTrue(String.join("\n", keras.notes()).contains("as Keras, as asked for"), keras.notes()::toString);
            Backbone loaded = loaded(keras);
            assertFalse(Arrays.equals(logits(source), logits(loaded)));
            loaded.close();
            assertThrows(IllegalArgumentException.class, () -> silent.padded("same"));

            write(file, StateDict.of(source), name -> name, WeightsDeclaration.metadata("mine", "TIMM", "x/127.5-1"));
            PretrainedWeights declared = PretrainedWeights.open(file, BackboneZoo.STANDARD);
            assertEquals(declared, declared.padded("timm"));
            String message = assertThrows(UnusableInputException.class, () -> declared.padded("keras"))
                    .getMessage();
            assertTrue(message.contains("of --padding timm, --padding names keras"), message);
        }
        source.close();
    }

    /** efficientnet_pytorch's, whose padding and epsilon are TensorFlow's: by no naming of a network here. */
    @Test
    void otherNamesAreRefusedWithWhatIsMissing() throws IOException {
        Path file = folder.resolve("other.safetensors");
        try (Scope scope = new Scope()) {
            write(file, Map.of("_conv_stem.weight", torch.ones(32, 3, 3, 3)), name -> name, Map.of());
        }
        String message = message(file);
        assertTrue(message.contains("(tried: the network's own, torchvision's older, timm's)"), message);
        assertTrue(message.contains("it lacks Conv2d_1a_3x3.conv.weight and has _conv_stem.weight"), message);
    }

    @Test
    void aTimmFileThatLacksATensorIsRefusedByTimmsNames() throws IOException {
        Backbone source = net("mobilenet-v2", 3);
        Path file = folder.resolve("timm.safetensors");
        List<String> theirs = timmLayers("1 2 3 4 3 3 1", false);
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = new LinkedHashMap<>(StateDict.of(source));
            List<String> ours = state.keySet().stream()
                    .map(PublishedNamesTest::layer)
                    .distinct()
                    .toList();
            state.remove("features.2.conv.1.0.weight");
            state.put("features.2.conv.1.1.extra", torch.ones(1));
            write(
                    file,
                    state,
                    name -> theirs.get(ours.indexOf(layer(name)))
                            + name.substring(layer(name).length()),
                    Map.of());
        }
        PretrainedWeights weights = PretrainedWeights.open(file, BackboneZoo.STANDARD);
        String message =
                assertThrows(UnusableInputException.class, weights::verify).getMessage();
        assertTrue(message.contains("by timm's names: missing blocks.1.0.conv_dw.weight;"), message);
        assertTrue(message.contains("unknown blocks.1.0.bn2.extra"), message);
        source.close();
    }

    private static String message(Path file) {
        return assertThrows(UnusableInputException.class, () -> PretrainedWeights.open(file, BackboneZoo.STANDARD))
                .getMessage();
    }

    private static Architecture architecture(String network) {
        return BackboneZoo.STANDARD.named(network).orElseThrow();
    }

    private static Backbone net(String network, int classes) {
        Backbone net = architecture(network).classifier(classes).build(new Seed(1));
        net.eval();
        return net;
    }

    private static String layer(String tensor) {
        return tensor.substring(0, tensor.lastIndexOf('.'));
    }

    private static String numbers(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    private static void write(
            Path file, Map<String, Tensor> state, UnaryOperator<String> rename, Map<String, String> metadata)
            throws IOException {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        state.forEach((name, tensor) -> renamed.put(rename.apply(name), tensor));
        Safetensors.write(file, renamed, metadata);
    }

    private static Backbone loaded(PretrainedWeights weights) {
        Backbone loaded = weights.network(weights.architecture().deepest());
        loaded.eval();
        return loaded;
    }

    private static Tensor image() {
        return torch.arange(new Scalar(3L * SIDE * SIDE))
                .to(torch.ScalarType.Float)
                .mul(new Scalar(0.37))
                .sin()
                .view(1, 3, SIDE, SIDE);
    }

    private static float[] logits(Backbone net) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            return Tensors.floats(net.forward(image()).logits());
        }
    }

    /** Bit for bit. */
    private static void assertSameLogits(Backbone source, PretrainedWeights weights) {
        Backbone loaded = loaded(weights);
        assertArrayEquals(logits(source), logits(loaded));
        loaded.close();
        source.close();
    }
}
