package org.lesionforge.weights;

import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.file.TensorFile;

/**
 * Whether the numbers of a file can be a network's: one tensor that cannot, and the file is not to be trusted, though that tensor may never be used.
 *
 * @param file for messages
 * @param tensors under the network's names
 * @param architecture that they are of
 */
record SoundTensors(Path file, TensorFile tensors, Architecture architecture) {
    /** ImageNet's largest edition has 21,843. */
    private static final int MOST_CLASSES = 25_000;

    private static final String VARIANCE = ".running_var";

    /**
     * {@return how many outputs the network's own last layer has; 0 where the file has none}
     *
     * @throws UnusableInputException when it is not a layer behind this network, or its matrix and its bias are of two layers
     */
    int classes() {
        String last = architecture.names().lastWeight();
        if (!tensors.names().contains(last)) {
            return 0;
        }
        long[] shape = tensors.shape(last);
        boolean matrix =
                shape.length > 0 && TensorNames.fits(shape, new long[] {shape[0], architecture.featureCount()});
        if (!matrix || shape[0] < 1 || shape[0] > MOST_CLASSES) {
            throw notWhole(
                    last,
                    shape,
                    "[classes, " + architecture.featureCount() + "] with at most " + MOST_CLASSES + " classes");
        }
        String bias = architecture.names().lastBias();
        if (tensors.names().contains(bias) && !Arrays.equals(tensors.shape(bias), new long[] {shape[0]})) {
            throw notWhole(bias, tensors.shape(bias), "[" + shape[0] + "], as many as the rows of " + last);
        }
        return (int) shape[0];
    }

    private UnusableInputException notWhole(String name, long[] shape, String expected) {
        return new UnusableInputException(file + " is not a whole " + architecture.title() + ": " + name + " has shape "
                + Arrays.toString(shape) + ", expected " + expected);
    }

    /**
     * Reads every tensor once.
     *
     * @throws UnusableInputException when one is larger than any of the network, holds NaN, infinities or whole numbers, or a variance below 0
     */
    void require() {
        tensors.names().forEach(this::require);
    }

    private void require(String name) {
        double elements = Arrays.stream(tensors.shape(name)).asDoubleStream().reduce(1, (a, b) -> a * b);
        long most = architecture.names().isLastLayer(name)
                ? (long) MOST_CLASSES * architecture.featureCount()
                : architecture.footprint().weights() / Float.BYTES;
        if (elements > most) {
            throw new UnusableInputException(
                    file + " does not hold " + architecture.title() + " alone: its tensor '" + name + "' of shape "
                            + Arrays.toString(tensors.shape(name)) + " is larger than any of that network");
        }
        try (Scope scope = new Scope()) {
            Tensor tensor = tensors.tensor(name);
            if (architecture.names().belongs(name) && !TensorNames.isCounter(name)) {
                requireWeights(name, tensor);
            }
        }
    }

    private void requireWeights(String name, Tensor tensor) {
        if (!tensor.is_floating_point()) {
            throw new UnusableInputException(
                    "the tensor '" + name + "' of " + file + " holds whole numbers, as quantised"
                            + " weights do, which mean nothing without their scales; write the weights as float32");
        }
        if (name.endsWith(VARIANCE) && tensor.lt(new Scalar(0)).any().item_bool()) {
            throw new UnusableInputException("the tensor '" + name + "' of " + file + " holds variances below 0, which"
                    + " make NaN of every image; take the weights of another epoch, or fetch the file again");
        }
    }
}
