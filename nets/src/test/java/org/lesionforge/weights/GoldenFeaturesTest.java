package org.lesionforge.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionforge.SharedFolder;
import org.lesionforge.inception.InceptionExtractor;
import org.lesionforge.inception.MemoryImages;
import org.lesionforge.inception.Pooling;
import org.lesionforge.inception.Resize;
import org.lesionforge.inception.Tap;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;

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
        try (InceptionExtractor extractor =
                open(FID).extractor(Tap.MIXED_6E, Resize.PYTORCH_FID, Compute.cpu(), Progress.SILENT)) {
            assertEquals("fid-768[inception-2015-12-05, resize=pytorch-fid]", extractor.distanceName());
            assertMatches("fid2015_mixed6e_pytorch_fid_input", extractor);
        }
    }

    @Test
    void fidNetworkAsTensorFlowFeedsIt() {
        try (InceptionExtractor extractor =
                open(FID).extractor(Tap.MIXED_6E, Resize.TF, Compute.cpu(), Progress.SILENT)) {
            assertEquals("fid-768[inception-2015-12-05, resize=tf]", extractor.distanceName());
            assertMatches("fid2015_mixed6e_tf_input", extractor);
        }
    }

    @Test
    void imagenetNetworkAsItWasTrained() {
        try (InceptionExtractor extractor =
                open(IMAGENET).extractor(Tap.MIXED_7C, Resize.CLEAN, Compute.cpu(), Progress.SILENT)) {
            assertEquals("fd-2048[imagenet-approx, resize=clean]", extractor.distanceName());
            assertMatches("imagenet_approx_pool3_exclude_pad", extractor);
        }
    }

    @Test
    void imagenetNetworkAsTorchvisionPools() {
        PretrainedWeights weights = open(IMAGENET).withPooling(Pooling.INCLUDE_PADDING);
        try (InceptionExtractor extractor =
                weights.extractor(Tap.MIXED_7C, Resize.PYTORCH_FID, Compute.cpu(), Progress.SILENT)) {
            assertEquals("fd-2048[imagenet-approx+include_padding, resize=pytorch-fid]", extractor.distanceName());
            assertMatches("imagenet_approx_pool3_include_pad", extractor);
        }
    }

    private PretrainedWeights open(String name) {
        return PretrainedWeights.open(shared.resolve("weights/" + name + ".safetensors"));
    }

    private void assertMatches(String reference, InceptionExtractor extractor) {
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
