package org.lesionforge.weights;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.inception.InputConvention;
import org.lesionforge.inception.Pooling;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.TensorFile;

/**
 * Which network a file's weights belong to. The shapes are the same for all of them, so values and the file's own words must tell.
 *
 * @param fid whether the network is FID's: known by its values alone, never by what a file says
 * @param note what was taken for granted, where neither values nor words tell
 */
record InceptionRecognition(
        String network, boolean fid, Pooling pooling, InputConvention input, Optional<String> note) {
    /** Keys of {@code __metadata__} by which a file declares its conventions. */
    static final String NETWORK_KEY = "lesionforge.network";

    static final String POOLING_KEY = "lesionforge.pooling";
    static final String INPUT_KEY = "lesionforge.input";

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

    private InceptionRecognition(String network, boolean fid, Pooling pooling, InputConvention input) {
        this(network, fid, pooling, input, Optional.empty());
    }

    /** The same weights in a network that pools otherwise. */
    InceptionRecognition withPooling(Pooling other) {
        return new InceptionRecognition(
                network + "+" + other.name().toLowerCase(Locale.ROOT), false, other, input, Optional.empty());
    }

    /** @param classes outputs of the file's last layer, 0 without one */
    static InceptionRecognition of(Path file, TensorFile weights, int classes) {
        Map<String, String> metadata = weights.metadata();
        if (isFidNetwork(weights)) {
            return new InceptionRecognition(FID_NETWORK, true, Pooling.FID_2015, InputConvention.CENTRED_128);
        }
        if (metadata.containsKey(NETWORK_KEY)) {
            return declared(file, metadata);
        }
        if (metadata.getOrDefault("note", "").startsWith(APPROXIMATE_NOTE)) {
            return new InceptionRecognition(
                    "imagenet-approx", false, Pooling.EXCLUDE_PADDING, InputConvention.SIGNED_UNIT);
        }
        if (classes == 1000) {
            return new InceptionRecognition(
                    "torchvision-1000", false, Pooling.INCLUDE_PADDING, InputConvention.SIGNED_UNIT);
        }
        if (classes != TENSORFLOW_CLASSES && hasHead(weights)) {
            return fineTuned(classes == 0 ? "torchvision-own-head" : "torchvision-" + classes);
        }
        throw new UnusableInputException(file + " has the layers of Inception V3 and " + classes
                + " outputs, but nothing tells how it was trained; write it as safetensors with, in its __metadata__, '"
                + NETWORK_KEY
                + "' (a name), '" + POOLING_KEY + "' (one of " + Arrays.toString(Pooling.values()) + ") and '"
                + INPUT_KEY
                + "' (x/127.5-1 or (x-128)/128), see docs/guide/weights.md");
    }

    /** Whether there is a last layer, however it is made: fine-tuning often puts a dropout before it, and then it is {@code fc.1}. */
    private static boolean hasHead(TensorFile weights) {
        return weights.names().stream().anyMatch(name -> name.startsWith("fc."));
    }

    private static InceptionRecognition fineTuned(String network) {
        return new InceptionRecognition(
                network,
                false,
                Pooling.INCLUDE_PADDING,
                InputConvention.SIGNED_UNIT,
                Optional.of(
                        "nothing in the file tells how it was trained: it is taken for torchvision's Inception V3 with"
                                + " a last layer of its own, which pools with padding and takes values as "
                                + InputConvention.SIGNED_UNIT.formula()
                                + "; for another network write safetensors with a declaration, see docs/guide/weights.md"));
    }

    private static InceptionRecognition declared(Path file, Map<String, String> metadata) {
        try {
            String network = metadata.get(NETWORK_KEY);
            if (!network.matches("[A-Za-z0-9][A-Za-z0-9._+-]*")) {
                throw new IllegalArgumentException(
                        "a network's name has letters, digits and ._+- only, got " + Printable.excerpt(network));
            }
            if (network.startsWith(FID_NETWORK)) {
                throw new IllegalArgumentException("it says " + network + ", but its values are not that network's");
            }
            return new InceptionRecognition(
                    network,
                    false,
                    Pooling.valueOf(metadata.getOrDefault(POOLING_KEY, "")),
                    InputConvention.of(metadata.getOrDefault(INPUT_KEY, "")));
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(
                    file + ": '" + NETWORK_KEY + "' in its __metadata__ must be true, with '" + POOLING_KEY + "' and '"
                            + INPUT_KEY + "' beside it: " + e.getMessage(),
                    e);
        }
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
