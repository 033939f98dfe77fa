package org.lesionforge.backbone.inception;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.lesionforge.SharedFolder;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

class InceptionV3Test {
    /** Counts that torchvision documents for {@code inception_v3}. */
    @Test
    void hasTorchvisionsParameters() {
        assertEquals(27_161_264, StateDict.parameterCount(new InceptionV3(InceptionArchitecture.V3.classifier(1000))));
        assertEquals(
                23_834_568,
                StateDict.parameterCount(new InceptionV3(new BackboneOptions(
                        InceptionArchitecture.V3,
                        Pooling.INCLUDE_PADDING,
                        1000,
                        false,
                        InceptionArchitecture.MIXED_7C))));
    }

    /**
     * Parameters and multiply-adds as counted in torchvision 0.14.1 by running it; receptive fields by hand, layer for layer, and at the end
     * the 1311 that Araujo et al. 2019 (Computing Receptive Fields of Convolutional Neural Networks, Distill) give.
     */
    @Test
    void itsSummaryIsTorchvisions() {
        InceptionV3 net = net(new BackboneOptions(
                InceptionArchitecture.V3, Pooling.INCLUDE_PADDING, 1000, false, InceptionArchitecture.MIXED_7C));
        ModelSummary summary = net.summary(299);
        assertEquals(23_834_568, summary.parameters());
        assertEquals(2_048_000, summary.row("fc").multiplyAdds());
        assertEquals(5_711_168_096L + 2_048_000, summary.multiplyAdds());
        Map<String, Integer> fields = Map.of(
                "Conv2d_1a_3x3", 3,
                "MaxPool_1", 15,
                "MaxPool_2", 31,
                "Mixed_5d", 127,
                "Mixed_6a", 159,
                "Mixed_6e", 927,
                "Mixed_7a", 1055,
                "Mixed_7c", 1311);
        fields.forEach((layer, field) -> assertEquals(field, summary.row(layer).patch(), layer));
        net.close();
    }

    /** Sizes of the maps as torchvision makes them. */
    @Test
    void itsMapsAreTorchvisions() throws IOException {
        JsonNode stages = new ObjectMapper()
                .readTree(SharedFolder.require()
                        .resolve("golden/zoo/inception_v3.json")
                        .toFile())
                .get("stages");
        InceptionV3 net = net(new BackboneOptions(
                InceptionArchitecture.V3, Pooling.INCLUDE_PADDING, 0, false, InceptionArchitecture.MIXED_7C));
        int compared = 0;
        for (ModelSummary.Row row : net.summary(299).rows()) {
            if (stages.has(row.name())) {
                JsonNode shape = stages.get(row.name()).get("shape");
                assertEquals(shape.get(1).asLong(), row.channels(), row.name());
                assertEquals(shape.get(2).asInt(), row.side(), row.name());
                compared++;
            }
        }
        assertEquals(16, compared);
        net.close();
    }

    @Test
    void hasTorchvisionsNames() {
        try (Scope scope = new Scope()) {
            Set<String> names =
                    StateDict.of(net(InceptionArchitecture.V3.classifier(2))).keySet();
            // 94 convolutions in the trunk and 2 in the auxiliary head, six tensors each; two linear layers.
            assertEquals(96 * 6 + 4, names.size());
            assertTrue(names.containsAll(Set.of(
                    "Conv2d_1a_3x3.conv.weight",
                    "Mixed_5b.branch5x5_2.bn.num_batches_tracked",
                    "Mixed_6a.branch3x3dbl_3.conv.weight",
                    "Mixed_6e.branch7x7dbl_5.bn.weight",
                    "Mixed_7a.branch7x7x3_4.bn.bias",
                    "Mixed_7c.branch3x3dbl_3b.conv.weight",
                    "Mixed_7c.branch_pool.bn.running_var",
                    "AuxLogits.conv0.conv.weight",
                    "AuxLogits.conv1.bn.running_mean",
                    "AuxLogits.fc.weight",
                    "fc.bias")));
        }
    }

    @Test
    void classifiesAtItsOwnSizeAndAtTheSmallest() {
        InceptionV3 net = net(InceptionArchitecture.V3.classifier(2));
        for (int side : new int[] {75, 299}) {
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                net.train(true);
                Backbone.Output training = net.forward(torch.randn(2, 3, side, side));
                assertArrayEquals(new long[] {2, 2}, training.logits().shape());
                assertEquals(1, training.auxiliaryLogits().size(), "side " + side);
                assertArrayEquals(
                        new long[] {2, 2}, training.auxiliaryLogits().get(0).shape());
                net.eval();
                Backbone.Output evaluation = net.forward(torch.randn(1, 3, side, side));
                assertArrayEquals(new long[] {1, 2}, evaluation.logits().shape());
                assertTrue(evaluation.auxiliaryLogits().isEmpty());
            }
        }
    }

    @Test
    void givesFeaturesOfEveryDepth() {
        InceptionV3 net = net(new BackboneOptions(
                InceptionArchitecture.V3, Pooling.FID_2015, 0, false, InceptionArchitecture.MIXED_7C));
        net.eval();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            for (FeatureLayer tap : InceptionArchitecture.V3.featureLayers()) {
                assertArrayEquals(
                        new long[] {2, tap.dimensions()},
                        net.features(torch.randn(2, 3, 75, 75), tap).shape());
            }
        }
        assertThrows(IllegalStateException.class, () -> net.forward(torch.zeros(1, 3, 75, 75)));
    }

    @Test
    void endsWhereItWasTold() {
        InceptionV3 net = net(new BackboneOptions(
                InceptionArchitecture.V3, Pooling.FID_2015, 0, false, InceptionArchitecture.POOL_2));
        Exception failure = assertThrows(
                IllegalArgumentException.class,
                () -> net.features(torch.zeros(1, 3, 75, 75), InceptionArchitecture.MIXED_6E));
        assertTrue(failure.getMessage().contains("MaxPool_2"), failure.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new BackboneOptions(
                        InceptionArchitecture.V3, Pooling.INCLUDE_PADDING, 2, false, InceptionArchitecture.MIXED_6E));
    }

    @Test
    void sameSeedSameWeights() {
        BackboneOptions shallow = new BackboneOptions(
                InceptionArchitecture.V3, Pooling.INCLUDE_PADDING, 0, false, InceptionArchitecture.POOL_2);
        float[] first = kernel(new InceptionV3(shallow, new Seed(5)));
        assertArrayEquals(first, kernel(new InceptionV3(shallow, new Seed(5))));
        assertFalse(Arrays.equals(first, kernel(new InceptionV3(shallow, new Seed(6)))));
        double deviation = Math.sqrt(square(first) / first.length);
        // 192 · 80 · 9 draws: the estimate's own deviation is 0.1 / √(2n) = 2e-4.
        assertEquals(0.1, deviation, 1e-3);
    }

    private static InceptionV3 net(BackboneOptions options) {
        return new InceptionV3(options);
    }

    private static float[] kernel(InceptionV3 net) {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = StateDict.of(net);
            return Tensors.floats(state.get("Conv2d_4a_3x3.conv.weight"));
        }
    }

    private static double square(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }
}
