package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionforge.SharedFolder;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;
import org.lesionforge.weights.PretrainedWeights;

/** Features of four photographs against those of pytorch-fid, TensorFlow's convention and torchvision, to 1e-4 of the largest value. */
class GoldenFeaturesTest {
    private static final String FID = "fid_inception_2015_12_05_to_mixed_6e";
    private static final String IMAGENET = "inception_v3_imagenet_notop_approx";

    private Path shared;

    @BeforeEach
    void needShared() {
        shared = SharedFolder.require();
    }

    @Test
    void fidNetworkAsPytorchFidFeedsIt() {
        try (FeatureReader extractor =
                reader(open(FID), BackboneZoo.STANDARD.first().featureLayer(768).orElseThrow(), Resize.PYTORCH_FID)) {
            assertEquals("fid-768[inception-2015-12-05, resize=pytorch-fid]", extractor.distanceName());
            assertMatches("fid2015_mixed6e_pytorch_fid_input", extractor);
        }
    }

    @Test
    void fidNetworkAsTensorFlowFeedsIt() {
        try (FeatureReader extractor =
                reader(open(FID), BackboneZoo.STANDARD.first().featureLayer(768).orElseThrow(), Resize.TF)) {
            assertEquals("fid-768[inception-2015-12-05, resize=tf]", extractor.distanceName());
            assertMatches("fid2015_mixed6e_tf_input", extractor);
        }
    }

    @Test
    void imagenetNetworkAsItWasTrained() {
        try (FeatureReader extractor =
                reader(open(IMAGENET), BackboneZoo.STANDARD.first().deepest(), Resize.CLEAN)) {
            assertEquals("fd-2048[imagenet-approx, resize=clean]", extractor.distanceName());
            assertMatches("imagenet_approx_pool3_exclude_pad", extractor);
        }
    }

    @Test
    void imagenetNetworkAsTorchvisionPools() {
        PretrainedWeights weights =
                open(IMAGENET).in(BackboneZoo.STANDARD.first().variant("INCLUDE_PADDING"));
        try (FeatureReader extractor =
                reader(weights, BackboneZoo.STANDARD.first().deepest(), Resize.PYTORCH_FID)) {
            assertEquals("fd-2048[imagenet-approx+include_padding, resize=pytorch-fid]", extractor.distanceName());
            assertMatches("imagenet_approx_pool3_include_pad", extractor);
        }
    }

    private static FeatureReader reader(PretrainedWeights weights, FeatureLayer layer, Resize resize) {
        return Extractors.reader(weights, layer, resize, Optional.empty(), Compute.cpu(), Progress.SILENT);
    }

    private PretrainedWeights open(String name) {
        return PretrainedWeights.open(shared.resolve("weights/" + name + ".safetensors"), BackboneZoo.STANDARD);
    }

    private void assertMatches(String reference, FeatureReader extractor) {
        Safetensors golden = Safetensors.open(shared.resolve("golden/inception_reference.safetensors"));
        try (Scope scope = new Scope()) {
            Features features = extractor
                    .extract(MemoryImages.of(Tensors.floats(golden.tensor("images_uint8_nhwc")), 4, 299))
                    .features();
            float[] expected = Tensors.floats(golden.tensor(reference));
            assertEquals(expected.length / 4, features.dimensions());
            float largest = 0;
            for (float value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertArrayEquals(expected, FeatureArray.of(features).values(), 1e-4f * largest);
        }
    }
}
