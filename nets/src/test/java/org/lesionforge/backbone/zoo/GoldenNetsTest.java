package org.lesionforge.backbone.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionforge.SharedFolder;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.io.json.Json;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;

/**
 * Networks with weights that follow from their names by integer arithmetic, against what torchvision 0.14.1 computes with them in float64. A wrong stride,
 * padding, epsilon or activation moves the logits by 3e-3 of the largest and more.
 */
final class GoldenNetsTest {
    private static final double TOLERANCE = 1e-4;
    private static final double GAIN = Math.sqrt(2);
    private static final int CLASSES = 1000;

    /**
     * What is known of a network from elsewhere.
     *
     * @param file of the golden values
     * @param multiplyAdds of convolutions and the linear layer at the usual side
     * @param largest logit of both images, in absolute value
     * @param logits of the first four classes, of the two images
     */
    private record Golden(
            String architecture,
            String file,
            long parameters,
            int keys,
            long multiplyAdds,
            double largest,
            float[] logits) {
        @Override
        public String toString() {
            return architecture;
        }
    }

    private static List<Golden> all() {
        return List.of(
                new Golden(
                        "resnet-50", "resnet50", 25_557_032, 320, 4_087_136_256L + 2_048_000, 11891.576, new float[] {
                            -1410.7212f,
                            -5889.583f,
                            3087.823f,
                            1166.8923f,
                            -555.2478f,
                            -2415.3992f,
                            1293.0717f,
                            488.8914f
                        }),
                new Golden(
                        "resnet-101", "resnet101", 44_549_160, 626, 7_799_357_440L + 2_048_000, 82936712, new float[] {
                            -6741953.5f, -36606060, 12246387, 13146799, -2608096, -15079767, 5142304, 5275273
                        }),
                new Golden(
                        "mobilenet-v2",
                        "mobilenet_v2",
                        3_504_872,
                        314,
                        299_494_272L + 1_280_000,
                        8.873185,
                        new float[] {
                            -5.4263234f,
                            -1.4622836f,
                            1.8109719f,
                            -1.3333012f,
                            -5.204729f,
                            -1.5045161f,
                            2.1415455f,
                            -1.708681f
                        }));
    }

    @ParameterizedTest
    @MethodSource("all")
    void logitsAreTheReferences(Golden golden) {
        Architecture architecture =
                BackboneZoo.STANDARD.named(golden.architecture).orElseThrow();
        Backbone net = architecture.classifier(CLASSES).build();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            net.eval();
            Map<String, Tensor> state = StateDict.of(net);
            state.forEach((name, tensor) -> tensor.copy_(named(name, tensor)));
            assertEquals(golden.parameters, StateDict.parameterCount(net));
            assertEquals(golden.keys, state.size());
            assertEquals(
                    golden.multiplyAdds,
                    net.summary(architecture.side()).rows().stream()
                            .mapToLong(row -> row.multiplyAdds())
                            .sum());
            Tensor features = net.features(images(architecture.side()));
            Tensor logits = net.classify(features);
            assertArrayEquals(
                    golden.logits, Tensors.floats(logits.narrow(1, 0, 4).contiguous()), (float)
                            (TOLERANCE * golden.largest));
            SharedFolder.find().ifPresent(shared -> compare(shared, golden, state, features, logits));
        } finally {
            net.close();
        }
    }

    /** All logits, all features, all names and shapes. */
    private static void compare(Path shared, Golden golden, Map<String, Tensor> state, Tensor features, Tensor logits) {
        Path folder = shared.resolve("golden/zoo");
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (JsonNode entry :
                Json.readTree(folder.resolve(golden.file + ".json")).get("state_dict")) {
            List<Long> shape = new ArrayList<>();
            entry.get(1).forEach(side -> shape.add(side.asLong()));
            shapes.put(entry.get(0).asText(), shape);
        }
        Map<String, List<Long>> ours = new LinkedHashMap<>();
        state.forEach((name, tensor) ->
                ours.put(name, Arrays.stream(Tensors.shape(tensor)).boxed().toList()));
        assertEquals(shapes, ours);
        Safetensors expected = Safetensors.open(folder.resolve(golden.file + ".safetensors"));
        assertClose(expected.tensor("logits"), logits);
        assertClose(expected.tensor("penultimate"), features);
    }

    private static void assertClose(Tensor expected, Tensor actual) {
        double largest = expected.abs().max().item_double();
        assertArrayEquals(Tensors.floats(expected), Tensors.floats(actual), (float) (TOLERANCE * largest));
    }

    /** The numbers that stand beside the rule, made by another program. */
    @Test
    void weightsFollowFromNames() {
        try (Scope scope = new Scope()) {
            float[] kernel = Tensors.floats(named("layer1.0.conv2.weight", new long[] {64, 64, 3, 3}));
            assertArrayEquals(
                    new float[] {-0.049957797f, 0.061497163f, -0.045938887f, -0.0040612235f, 0.01341643f, -0.06639546f},
                    Arrays.copyOf(kernel, 6));
            assertEquals(1.1423075f, Tensors.floats(named("bn1.running_var", new long[] {1}))[0]);
            assertEquals(-0.033618975f, Tensors.floats(named("fc.bias", new long[] {1000}))[999]);
        }
    }

    private static Tensor named(String name, Tensor like) {
        return named(name, Tensors.shape(like));
    }

    /** u in [−1, 1) by splitmix64 from FNV-1a of the name, brought into the range of such a tensor. */
    private static Tensor named(String name, long[] shape) {
        if (name.endsWith("num_batches_tracked")) {
            return Tensors.of(new float[1], shape);
        }
        long seed = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            seed = (seed ^ (b & 0xff)) * 0x100000001b3L;
        }
        int count = 1;
        for (long side : shape) {
            count *= (int) side;
        }
        double scale = shape.length > 1
                ? GAIN * Math.sqrt(3.0 / ((double) count / shape[0]))
                : name.endsWith("running_var") ? 0.5 : name.endsWith(".weight") ? 0.25 : 0.1;
        double shift = shape.length == 1 && (name.endsWith("running_var") || name.endsWith(".weight")) ? 1 : 0;
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            long z = seed + (i + 1) * 0x9E3779B97F4A7C15L;
            z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
            values[i] = (float) (shift + ((z >>> 40) / (double) (1 << 23) - 1) * scale);
        }
        return Tensors.of(values, shape);
    }

    /** Two images of integer arithmetic, 2 × 3 × side × side. */
    private static Tensor images(int side) {
        float[] values = new float[2 * 3 * side * side];
        int at = 0;
        for (int n = 0; n < 2; n++) {
            for (int c = 0; c < 3; c++) {
                for (int y = 0; y < side; y++) {
                    for (int x = 0; x < side; x++) {
                        int p = n == 0
                                ? (3 * x + 5 * y + 40 * c + x * y / 32) % 256
                                : 60 + 30 * c + (x * x + 2 * y * y) / 64 % 96;
                        values[at++] = (float) (p / 127.5 - 1);
                    }
                }
            }
        }
        return Tensors.of(values, 2, 3, side, side);
    }
}
