package org.lesionforge.backbone.inception;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.WeightsDeclaration;
import org.lesionforge.backbone.WeightsIdentity;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.TensorFile;

/** Which network a file's weights belong to. The shapes are the same for all of them, so values and the file's own words must tell. */
final class InceptionRecognition {
    private static final String FIRST_LAYER = "Conv2d_1a_3x3.bn.";
    private static final int FIRST_CHANNELS = 32;
    private static final double EPSILON = 0.001;

    /**
     * What the first layer of inception-2015-12-05 adds to its first six channels, β − γμ/√(σ² + ε): the same whether or not somebody
     * folded the batch normalisation.
     */
    private static final double[] FID_FIRST_BIASES = {3.038937, 0.749580, -0.794155, 0.412160, 0.932340, -1.039562};

    private static final String FID_NETWORK = "inception-2015-12-05";
    private static final double TOLERANCE = 1e-3;

    /** How the development copy of ImageNet's network without its head describes itself. */
    private static final String APPROXIMATE_NOTE = "ImageNet Inception V3 without the 1000-way head";

    /** TensorFlow's networks have so many outputs, and conventions that torchvision's have not. */
    private static final int TENSORFLOW_CLASSES = 1008;

    private InceptionRecognition() {}

    /** @param classes outputs of the file's last layer, 0 without one */
    static WeightsIdentity of(Path file, TensorFile weights, int classes) {
        if (isFidNetwork(weights)) {
            return new WeightsIdentity(FID_NETWORK, true, Pooling.FID_2015, Normalisation.CENTRED_128);
        }
        return WeightsDeclaration.read(file, weights.metadata(), InceptionArchitecture.V3, Optional.of(FID_NETWORK))
                .orElseGet(() -> undeclared(file, weights, classes));
    }

    private static WeightsIdentity undeclared(Path file, TensorFile weights, int classes) {
        if (weights.metadata().getOrDefault("note", "").startsWith(APPROXIMATE_NOTE)) {
            return new WeightsIdentity("imagenet-approx", false, Pooling.EXCLUDE_PADDING, Normalisation.SIGNED_UNIT);
        }
        if (classes == 1000) {
            return new WeightsIdentity("torchvision-1000", false, Pooling.INCLUDE_PADDING, Normalisation.SIGNED_UNIT);
        }
        if (classes != TENSORFLOW_CLASSES
                && weights.names().stream().anyMatch(InceptionArchitecture.V3.names()::isOwnHead)) {
            return fineTuned(classes == 0 ? "torchvision-own-head" : "torchvision-" + classes);
        }
        throw new UnusableInputException(file + " has the layers of Inception V3 and " + classes
                + " outputs, but nothing tells how it was trained; "
                + WeightsDeclaration.remedy(InceptionArchitecture.V3));
    }

    private static WeightsIdentity fineTuned(String network) {
        return new WeightsIdentity(
                network,
                false,
                Pooling.INCLUDE_PADDING,
                Normalisation.SIGNED_UNIT,
                Optional.of(
                        "nothing in the file tells how it was trained: it is taken for torchvision's Inception V3 with"
                                + " a last layer of its own, which pools with padding and takes values as "
                                + Normalisation.SIGNED_UNIT.formula()
                                + "; for another network write safetensors with a declaration, see docs/guide/weights.md"));
    }

    private static boolean isFidNetwork(TensorFile weights) {
        boolean complete = Stream.of("weight", "bias", "running_mean", "running_var")
                .map(what -> FIRST_LAYER + what)
                .allMatch(name -> weights.names().contains(name)
                        && Arrays.equals(weights.shape(name), new long[] {FIRST_CHANNELS}));
        if (!complete) {
            return false;
        }
        try (Scope scope = new Scope()) {
            float[] gain = values(weights, "weight");
            float[] bias = values(weights, "bias");
            float[] mean = values(weights, "running_mean");
            float[] variance = values(weights, "running_var");
            for (int i = 0; i < FID_FIRST_BIASES.length; i++) {
                double added = bias[i] - gain[i] * mean[i] / Math.sqrt(variance[i] + EPSILON);
                if (!(Math.abs(added - FID_FIRST_BIASES[i]) < TOLERANCE)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static float[] values(TensorFile weights, String what) {
        Tensor tensor = weights.tensor(FIRST_LAYER + what);
        return Tensors.floats(tensor);
    }
}
