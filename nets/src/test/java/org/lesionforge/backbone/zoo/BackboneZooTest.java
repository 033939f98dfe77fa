package org.lesionforge.backbone.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** What every architecture of the list promises. */
final class BackboneZooTest {
    private static final int CLASSES = 3;
    private static final List<Architecture> ALL = BackboneZoo.STANDARD.architectures();

    private static Backbone classifier(Architecture architecture) {
        return new BackboneOptions(architecture, architecture.variants().get(0), CLASSES, false, architecture.deepest())
                .build();
    }

    @Test
    void namesTellArchitecturesApart() {
        assertEquals(ALL.size(), ALL.stream().map(Architecture::name).distinct().count());
        for (Architecture architecture : ALL) {
            assertEquals(
                    architecture,
                    BackboneZoo.STANDARD.named(architecture.name()).orElseThrow());
            for (FeatureLayer layer : architecture.featureLayers()) {
                assertEquals(
                        layer, architecture.featureLayer(layer.dimensions()).orElseThrow());
            }
        }
        assertTrue(BackboneZoo.STANDARD.named("no-such-network").isEmpty());
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void logitsAreOfFeaturesAndFeaturesOfActivations(Architecture architecture) {
        Backbone net = classifier(architecture);
        net.eval();
        int side = architecture.smallestSide();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor x = torch.randn(2, 3, side, side);
            Tensor features = net.features(x);
            assertArrayEquals(new long[] {2, architecture.featureCount()}, features.shape());
            assertArrayEquals(Tensors.floats(net.forward(x).logits()), Tensors.floats(net.classify(features)));
            assertArrayEquals(Tensors.floats(net.activations(x).mean(2, 3)), Tensors.floats(features));
            float[] bias = Tensors.floats(net.head().bias());
            float[] without = Tensors.floats(net.logitsWithoutBias(features));
            float[] logits = Tensors.floats(net.classify(features));
            float largest = 1;
            for (float logit : logits) {
                largest = Math.max(largest, Math.abs(logit));
            }
            for (int i = 0; i < logits.length; i++) {
                assertEquals(logits[i], without[i] + bias[i % CLASSES], 1e-5f * largest);
            }
        } finally {
            net.close();
        }
    }

    /** The walk against the network itself: its parameters, and the maps that libtorch makes. */
    @ParameterizedTest
    @FieldSource("ALL")
    void theSummaryIsOfTheNetwork(Architecture architecture) {
        Backbone net = classifier(architecture);
        net.eval();
        try {
            for (int side : new int[] {architecture.smallestSide(), architecture.smallestSide() + 16}) {
                ModelSummary summary = net.summary(side);
                assertEquals(StateDict.parameterCount(net), summary.parameters());
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
}
