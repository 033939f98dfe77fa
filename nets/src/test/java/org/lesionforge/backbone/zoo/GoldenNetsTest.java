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
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionforge.SharedFolder;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Counts;
import org.lesionforge.io.json.Json;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;

/**
 * Networks with weights that follow from their names by integer arithmetic, against what torchvision 0.14.1 (MobileNet V1: timm) computes with
 * them in float64. A wrong stride,
 * padding, epsilon or activation moves the logits by 3e-3 of the largest and more.
 */
final class GoldenNetsTest {
    private static final double TOLERANCE = 1e-4;
    private static final int CLASSES = 1000;

    /** The parts of {@link Golden}, of one network a line; the file of the golden values names it. */
    private static final String KNOWN =
            """
            resnet-50 AS_PUBLISHED resnet50 25557032 320 4087136256 2048000 11891.576 -1410.7212 -5889.583 3087.823 1166.8923 -555.2478 -2415.3989 1293.0717 488.89142
            resnet-101 AS_PUBLISHED resnet101 44549160 626 7799357440 2048000 82936714 -6741953.5 -36606060 12246387 13146799 -2608096 -15079767 5142304 5275273
            densenet-121 AS_PUBLISHED densenet121 7978856 727 2833137664 1024000 6.4145023 0.36086372 -0.42892238 -0.42151806 4.1964355 0.4799242 0.0041829413 0.022662889 2.426537
            densenet-169 AS_PUBLISHED densenet169 14149480 1015 3358179328 1664000 6.3472127 -0.39616394 -0.044791602 -0.60270458 -0.40415946 -0.37937596 0.021508332 -0.20235874 -0.069484539
            densenet-201 AS_PUBLISHED densenet201 20013928 1207 4289445888 1920000 6.8923389 -0.22931032 2.1862936 0.32094753 -0.75149208 -0.190633 1.146858 0.48771611 -0.18781003
            mobilenet-v1 TIMM mobilenetv1_100 4231976 164 567716352 1024000 4.0251553 -2.2525251 -0.10041361 1.0318905 1.1006438 -1.356443 -0.33746862 0.52479786 0.59500587
            mobilenet-v1 KERAS mobilenetv1_keras 4231976 164 567716352 1024000 3.9406101 -1.9517908 -0.52263629 0.84331262 0.91000241 -1.3655471 -0.46257377 0.35444289 0.60368651
            mobilenet-v2 AS_PUBLISHED mobilenet_v2 3504872 314 299494272 1280000 8.8731855 -5.4263234 -1.4622636 1.8109719 -1.3333012 -5.2047291 -1.5045161 2.1415455 -1.708681
            efficientnet-b0 AS_PUBLISHED efficientnet_b0 5288548 360 384534752 1280000 0.95065831 0.24646246 0.050541978 -0.44575149 0.097162239 0.1062435 -0.072873078 -0.069460265 0.020815924
            efficientnet-b2 AS_PUBLISHED efficientnet_b2 9109994 508 1086121456 1408000 70.045141 -11.781205 31.916294 -20.767317 35.540367 -0.33774957 1.8156511 0.65079021 0.39863497
            vgg-16 AS_PUBLISHED vgg16 138357544 32 15346630656 123633664 7.4930758 -2.3719289 -4.2422686 -2.0344408 -0.88160342 -1.006537 -1.4545612 -1.3294677 -0.11818497
            googlenet AS_PUBLISHED googlenet 13004888 364 1497352192 1024000 27.564569 -8.2136822 -5.6132131 -2.7013617 -2.6357496 -3.3375926 -2.3723028 -1.6511914 -1.1408179
            """;

    /**
     * What is known of a network from elsewhere.
     *
     * @param file of the golden values
     * @param multiplyAdds of convolutions and linear layers at the usual side
     * @param largest logit of both images, in absolute value
     * @param logits of the first four classes, of the two images
     */
    private record Golden(
            String architecture,
            String variant,
            String file,
            long parameters,
            int keys,
            long multiplyAdds,
            double largest,
            float[] logits) {
        static Golden of(String line) {
            String[] parts = line.split(" ", -1);
            float[] logits = new float[8];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = Float.parseFloat(parts[8 + i]);
            }
            return new Golden(
                    parts[0],
                    parts[1],
                    parts[2],
                    Long.parseLong(parts[3]),
                    Integer.parseInt(parts[4]),
                    Long.parseLong(parts[5]) + Long.parseLong(parts[6]),
                    Double.parseDouble(parts[7]),
                    logits);
        }

        @Override
        public String toString() {
            return file;
        }

        /** Of the weights' spread: what keeps the numbers of a deep network in range depends on its activation. */
        private double gain() {
            return architecture.startsWith("efficientnet") ? 1.5 : Math.sqrt(2);
        }
    }

    private static Stream<Golden> all() {
        return KNOWN.lines().map(Golden::of);
    }

    @ParameterizedTest
    @MethodSource("all")
    void logitsAreTheReferences(Golden golden) {
        Architecture architecture =
                BackboneZoo.STANDARD.named(golden.architecture).orElseThrow();
        Backbone net = new BackboneOptions(
                        architecture, architecture.variant(golden.variant), CLASSES, true, architecture.deepest())
                .build();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            net.eval();
            Map<String, Tensor> state = StateDict.of(net);
            state.forEach((name, tensor) -> {
                try (Tensor values = named(name, Tensors.shape(tensor), golden.gain())) {
                    tensor.copy_(values);
                }
            });
            assertEquals(golden.parameters, StateDict.parameterCount(net));
            assertEquals(
                    new Counts(golden.parameters, golden.multiplyAdds),
                    architecture.footprint().counts());
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
            float[] kernel = Tensors.floats(named("layer1.0.conv2.weight", new long[] {64, 64, 3, 3}, Math.sqrt(2)));
            assertArrayEquals(
                    new float[] {-0.049957797f, 0.061497163f, -0.045938887f, -0.0040612235f, 0.01341643f, -0.06639546f},
                    Arrays.copyOf(kernel, 6));
            assertEquals(1.1423075f, Tensors.floats(named("bn1.running_var", new long[] {1}, Math.sqrt(2)))[0]);
            assertEquals(-0.033618975f, Tensors.floats(named("fc.bias", new long[] {1000}, Math.sqrt(2)))[999]);
        }
    }

    /** u in [−1, 1) by splitmix64 from FNV-1a of the name, brought into the range of such a tensor. */
    private static Tensor named(String name, long[] shape, double gain) {
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
                ? gain * Math.sqrt(3.0 / ((double) count / shape[0]))
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
