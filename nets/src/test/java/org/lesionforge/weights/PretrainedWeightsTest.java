package org.lesionforge.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.inception.InceptionArchitecture;
import org.lesionforge.backbone.inception.InceptionV3;
import org.lesionforge.backbone.inception.Pooling;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.quality.Extractors;
import org.lesionforge.quality.FeatureReader;
import org.lesionforge.quality.MemoryImages;
import org.lesionforge.quality.Resize;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.PthWriter;
import org.lesionforge.torch.file.Safetensors;

class PretrainedWeightsTest {
    private static final Map<String, String> DECLARATION = Map.of(
            "lesionforge.network", "mine",
            "lesionforge.pooling", "EXCLUDE_PADDING",
            "lesionforge.input", "(x-128)/128");
    private static final BackboneOptions SHALLOW = new BackboneOptions(
            InceptionArchitecture.V3, Pooling.EXCLUDE_PADDING, 0, false, InceptionArchitecture.POOL_2);

    private static final BackboneOptions PADDED = new BackboneOptions(
            InceptionArchitecture.V3, Pooling.INCLUDE_PADDING, 0, false, InceptionArchitecture.POOL_2);

    @TempDir
    Path folder;

    @Test
    void aDeclarationTravelsWithTheWeights() throws IOException {
        InceptionV3 source = new InceptionV3(SHALLOW, new Seed(1));
        PretrainedWeights weights = PretrainedWeights.open(write(state(source), DECLARATION), BackboneZoo.STANDARD);
        assertEquals("mine", weights.name());
        assertEquals(Pooling.EXCLUDE_PADDING, weights.variant());
        assertEquals(Normalisation.CENTRED_128, weights.input());
        assertEquals(List.of(InceptionArchitecture.POOL_1, InceptionArchitecture.POOL_2), weights.featureLayers());
        assertEquals(0, weights.classes());
        // It ends behind the second pool: a classifier needs the whole network.
        assertEquals(
                List.of(
                        "images are measured with it: evaluate, gan train and experiment --metric-weights; distances are"
                                + " named after mine, they are no FID",
                        "images of a data set that look alike: audit --weights"),
                weights.uses());
        assertTrue(weights.sha256().matches("[0-9a-f]{64}"));

        InceptionV3 target = new InceptionV3(SHALLOW, new Seed(2));
        assertEquals(List.of(), weights.loadInto(target));
        assertArrayEquals(kernel(source), kernel(target));
        try (FeatureReader extractor = Extractors.reader(
                weights, InceptionArchitecture.POOL_1, Resize.TF, Optional.empty(), Compute.cpu(), Progress.SILENT)) {
            assertEquals("fd-64[mine, resize=tf]", extractor.distanceName());
            assertTrue(extractor.logitsMissingReason().orElseThrow().contains("mine here ends at MaxPool_1"));
        }
        Exception failure = assertThrows(
                UnusableInputException.class,
                () -> Extractors.reader(
                        weights,
                        InceptionArchitecture.MIXED_7C,
                        Resize.TF,
                        Optional.empty(),
                        Compute.cpu(),
                        Progress.SILENT));
        assertTrue(failure.getMessage().contains("ends at MaxPool_2"), failure.getMessage());
    }

    @Test
    void randomWeightsAreNeverCalledInception() throws IOException {
        Map<String, float[]> state = state(new InceptionV3(SHALLOW));
        assertFails(Map.of(), "nothing tells how it was trained", state);
        assertFails(
                Map.of(
                        "lesionforge.network", "inception-2015-12-05",
                        "lesionforge.pooling", "FID_2015",
                        "lesionforge.input", "(x-128)/128"),
                "its values are not that network's",
                state);
        assertFails(
                Map.of("lesionforge.network", "mine", "lesionforge.pooling", "EXCLUDE_PADDING"),
                "input convention is x/127.5-1 or (x-128)/128",
                state);
    }

    @Test
    void poolingCannotBeMixedUp() throws IOException {
        PretrainedWeights weights =
                PretrainedWeights.open(write(state(new InceptionV3(SHALLOW)), DECLARATION), BackboneZoo.STANDARD);
        InceptionV3 other = new InceptionV3(PADDED);
        Exception failure = assertThrows(IllegalArgumentException.class, () -> weights.loadInto(other));
        assertTrue(failure.getMessage().contains("averages without the padding"), failure.getMessage());
        PretrainedWeights changed = weights.in(Pooling.INCLUDE_PADDING);
        assertEquals(List.of(), changed.loadInto(other));
        assertEquals("mine+include_padding", changed.name());
    }

    @Test
    void saysWhatDoesNotFit() throws IOException {
        Map<String, float[]> state = state(new InceptionV3(SHALLOW));
        state.remove("Conv2d_1a_3x3.bn.bias");
        state.put("Conv2d_4a_3x3.bn.weight", new float[] {1});
        state.put("Conv2d_4a_3x3.bn.extra", new float[] {1});
        state.put("classifier.weight", new float[] {1});
        PretrainedWeights weights = PretrainedWeights.open(write(state, DECLARATION), BackboneZoo.STANDARD);
        InceptionV3 net = new InceptionV3(SHALLOW, new Seed(3));
        float[] before = kernel(net);
        Exception failure = assertThrows(UnusableInputException.class, () -> weights.loadInto(net));
        String message = failure.getMessage();
        assertTrue(message.contains("missing Conv2d_1a_3x3.bn.bias"), message);
        assertTrue(message.contains("Conv2d_4a_3x3.bn.weight (file [1], network [192])"), message);
        assertTrue(message.contains("unknown Conv2d_4a_3x3.bn.extra, classifier.weight"), message);
        assertArrayEquals(before, kernel(net));
    }

    @Test
    void refusesWhatIsNoInception() throws IOException {
        Exception failure = assertThrows(
                MissingRequirementException.class,
                () -> PretrainedWeights.open(folder.resolve("absent"), BackboneZoo.STANDARD));
        assertTrue(failure.getMessage().contains("docs/guide/weights.md"), failure.getMessage());
        assertFails(Map.of(), "it holds layer1.weight", Map.of("layer1.weight", new float[] {1}));
        Path text = Files.writeString(folder.resolve("text"), "not a safetensors file");
        assertThrows(UnusableInputException.class, () -> PretrainedWeights.open(text, BackboneZoo.STANDARD));
    }

    /** A whole network with 1008 outputs, given the first biases of FID's, so that it passes for FID's. */
    @Test
    void headsAndLogits() throws IOException {
        InceptionV3 source = new InceptionV3(
                new BackboneOptions(
                        InceptionArchitecture.V3, Pooling.FID_2015, 1008, false, InceptionArchitecture.MIXED_7C),
                new Seed(4));
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = StateDict.of(source);
            float[] biases = new float[32];
            System.arraycopy(
                    new float[] {3.038937f, 0.749580f, -0.794155f, 0.412160f, 0.932340f, -1.039562f}, 0, biases, 0, 6);
            state.put("Conv2d_1a_3x3.bn.bias", Tensors.of(biases, 32));
            state.put("Conv2d_1a_3x3.bn.running_var", Tensors.of(filled(32, 0.999f), 32));
            Safetensors.write(folder.resolve("whole"), state, Map.of());
        }
        PretrainedWeights weights = PretrainedWeights.open(folder.resolve("whole"), BackboneZoo.STANDARD);
        assertTrue(weights.isFidNetwork());
        assertEquals(1008, weights.classes());

        Backbone classifier =
                weights.classifier(2, weights.architecture().deepest(), true).build();
        Set<String> kept = Set.copyOf(weights.loadInto(classifier));
        assertTrue(kept.containsAll(Set.of("fc.weight", "fc.bias", "AuxLogits.conv0.conv.weight")), kept.toString());
        assertFalse(kept.stream().anyMatch(name -> name.startsWith("Mixed_")), kept.toString());

        try (FeatureReader extractor = Extractors.reader(
                weights, InceptionArchitecture.MIXED_7C, Resize.TF, Optional.empty(), Compute.cpu(), Progress.SILENT)) {
            assertEquals(Optional.empty(), extractor.logitsMissingReason());
            byte[] pixels = new byte[2 * 3 * 80 * 80];
            new Seed(9).random().nextBytes(pixels);
            Activations activations = extractor.extract(new MemoryImages(pixels, 2, 80));
            assertLogitsHaveNoBias(activations.features(), activations.logits().orElseThrow(), source);
        }
    }

    /** As pytorch-fid publishes FID's network: pickled, 1008 outputs, no auxiliary head, known by the values of its first layer. */
    @Test
    void stateDictsOfPyTorchAreRecognisedToo() throws IOException {
        InceptionV3 source = new InceptionV3(SHALLOW, new Seed(5));
        PthWriter plain = PthWriter.stateDict();
        PthWriter fid = PthWriter.stateDict();
        try (Scope scope = new Scope()) {
            StateDict.of(source).forEach((name, tensor) -> {
                if (!name.endsWith(".num_batches_tracked")) {
                    plain.floats(name, Tensors.floats(tensor), tensor.shape());
                    fid.floats(name, fidFirstLayer(name, Tensors.floats(tensor)), tensor.shape());
                }
            });
        }
        float[] head = new float[1008 * 2048];
        fid.floats("fc.weight", head, 1008, 2048).floats("fc.bias", new float[1008], 1008);
        PretrainedWeights weights =
                PretrainedWeights.open(fid.end().legacy(folder.resolve("fid.pth")), BackboneZoo.STANDARD);
        assertTrue(weights.isFidNetwork());
        assertEquals(Normalisation.CENTRED_128, weights.input());
        assertEquals(1008, weights.classes());

        plain.floats("fc.weight", new float[1000 * 2048], 1000, 2048).floats("fc.bias", new float[1000], 1000);
        PretrainedWeights torchvision =
                PretrainedWeights.open(plain.end().zip(folder.resolve("imagenet.pth")), BackboneZoo.STANDARD);
        assertEquals("torchvision-1000", torchvision.name());
        InceptionV3 target = new InceptionV3(PADDED, new Seed(6));
        assertEquals(List.of(), torchvision.loadInto(target));
        assertArrayEquals(kernel(source), kernel(target));
    }

    /** bfloat16 is the upper half of a float32, so that what comes back can be told by hand. */
    @Test
    void aCheckpointOfAFineTunedNetInHalfPrecisionIsReadAndSaidToBe() throws IOException {
        InceptionV3 source = new InceptionV3(SHALLOW, new Seed(7));
        PthWriter checkpoint = PthWriter.ofPickle("\u0080\u0002}(")
                .text("epoch")
                .raw("K\u0003")
                .text("model")
                .raw("}(");
        state(source).forEach((name, values) -> {
            if (!name.endsWith(".num_batches_tracked")) {
                halves(checkpoint, "module." + name, values, shape(source, name));
            }
        });
        halves(checkpoint, "module.fc.weight", new float[7 * 2048], 7, 2048);
        halves(checkpoint, "module.fc.bias", new float[7], 7);
        PretrainedWeights weights =
                PretrainedWeights.open(checkpoint.raw("uu.").zip(folder.resolve("tuned.pth")), BackboneZoo.STANDARD);
        assertEquals("torchvision-7", weights.name());
        assertEquals(Pooling.INCLUDE_PADDING, weights.variant());
        assertEquals(7, weights.classes());
        String notes = String.join("\n", weights.notes());
        assertTrue(notes.contains("'model' was taken of what the file holds: epoch, model"), notes);
        assertTrue(notes.contains("without the 'module.' before all their names"), notes);
        assertTrue(notes.contains("taken for torchvision's Inception V3 with a last layer of its own"), notes);

        InceptionV3 target = new InceptionV3(PADDED, new Seed(8));
        assertEquals(List.of(), weights.loadInto(target));
        float[] expected = kernel(source);
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Float.intBitsToFloat(Float.floatToRawIntBits(expected[i]) & 0xFFFF0000);
        }
        assertArrayEquals(expected, kernel(target));
    }

    private static long[] shape(InceptionV3 net, String name) {
        try (Scope scope = new Scope()) {
            return StateDict.of(net).get(name).shape();
        }
    }

    private static void halves(PthWriter file, String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
        }
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        file.tensor(name, "BFloat16Storage", bytes.array(), 2, 0, shape, strides);
    }

    /** A dropout before it makes the last layer {@code fc.1}. */
    @Test
    void aLastLayerMadeOtherwiseIsNotLoaded() throws IOException {
        InceptionV3 source = new InceptionV3(SHALLOW, new Seed(9));
        Map<String, float[]> state = state(source);
        state.put("fc.1.weight", new float[2 * 2048]);
        state.put("fc.1.bias", new float[2]);
        PretrainedWeights weights = PretrainedWeights.open(write(state, Map.of()), BackboneZoo.STANDARD);
        assertEquals("torchvision-own-head", weights.name());
        assertEquals(0, weights.classes());
        InceptionV3 target = new InceptionV3(PADDED, new Seed(10));
        weights.loadInto(target);
        assertArrayEquals(kernel(source), kernel(target));
    }

    /** Also where it would never be used: a file in which one number is NaN is not to be trusted with the others. */
    @Test
    void oneNumberThatIsNotFiniteRefusesTheFile() throws IOException {
        Map<String, Float> bad = Map.of(
                "Conv2d_4a_3x3.conv.weight", Float.NaN,
                "Conv2d_1a_3x3.bn.running_var", Float.POSITIVE_INFINITY,
                "fc.bias", Float.NEGATIVE_INFINITY);
        for (String name : bad.keySet()) {
            Map<String, float[]> state = state(new InceptionV3(SHALLOW, new Seed(1)));
            state.put("fc.bias", new float[3]);
            state.get(name)[1] = bad.get(name);
            Path file = folder.resolve("made.safetensors");
            assertFails(DECLARATION, "the tensor '" + name + "' of " + file + " holds 1 values of", state);
        }
    }

    @Test
    void aLastLayerOfAnotherShapeIsNoInception() throws IOException {
        Map<String, float[]> state = state(new InceptionV3(SHALLOW, new Seed(1)));
        state.put("fc.weight", new float[5]);
        assertFails(DECLARATION, "fc.weight has shape [5], expected [classes, 2048]", state);
    }

    private static float[] fidFirstLayer(String name, float[] values) {
        return switch (name) {
            case "Conv2d_1a_3x3.bn.bias" ->
                Arrays.copyOf(new float[] {3.038937f, 0.749580f, -0.794155f, 0.412160f, 0.932340f, -1.039562f}, 32);
            case "Conv2d_1a_3x3.bn.running_var" -> filled(32, 0.999f);
            default -> values;
        };
    }

    private static void assertLogitsHaveNoBias(Features features, Features logits, InceptionV3 source) {
        try (Scope scope = new Scope()) {
            float[] weight = Tensors.floats(StateDict.of(source).get("fc.weight"));
            for (int c : new int[] {0, 500, 1007}) {
                double dot = 0;
                for (int i = 0; i < 2048; i++) {
                    dot += (double) weight[c * 2048 + i] * features.vector(1)[i];
                }
                assertEquals(dot, logits.vector(1)[c], 1e-4 * Math.max(1, Math.abs(dot)));
            }
        }
    }

    private void assertFails(Map<String, String> metadata, String expected, Map<String, float[]> state)
            throws IOException {
        Path file = write(state, metadata);
        Exception failure =
                assertThrows(UnusableInputException.class, () -> PretrainedWeights.open(file, BackboneZoo.STANDARD));
        assertTrue(failure.getMessage().contains(expected), failure.getMessage());
    }

    private static float[] kernel(InceptionV3 net) {
        return state(net).get("Conv2d_4a_3x3.conv.weight");
    }

    private static Map<String, float[]> state(InceptionV3 net) {
        Map<String, float[]> state = new LinkedHashMap<>();
        try (Scope scope = new Scope()) {
            StateDict.of(net).forEach((name, tensor) -> state.put(name, Tensors.floats(tensor)));
        }
        return state;
    }

    /** Gives each tensor the shape that the network has for it, or that of a vector when it has another length. */
    private Path write(Map<String, float[]> state, Map<String, String> metadata) throws IOException {
        Path file = folder.resolve("made.safetensors");
        try (Scope scope = new Scope()) {
            Map<String, Tensor> shapes = StateDict.of(new InceptionV3(SHALLOW));
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            state.forEach((name, values) -> {
                Tensor shape = shapes.get(name);
                boolean fits = shape != null && shape.numel() == values.length;
                tensors.put(name, Tensors.of(values, fits ? shape.shape() : new long[] {values.length}));
            });
            Safetensors.write(file, tensors, metadata);
        }
        return file;
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }
}
