package org.lesionforge.torch.file;

import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Weights that are NaN or infinite make every number after them meaningless, often without showing: nothing reads them from a file. */
final class FiniteTensor {
    private FiniteTensor() {}

    /**
     * @return {@code tensor}
     * @throws UnusableInputException when a value of it is not finite, or would not be as float32, in which all nets compute
     */
    static Tensor require(Tensor tensor, String name, Path file) {
        try (Scope scope = new Scope()) {
            if (tensor.is_floating_point()) {
                Tensor values =
                        tensor.scalar_type().intern() == ScalarType.Double ? tensor.to(ScalarType.Float) : tensor;
                // The sum is read at a fraction of the time; it may be infinite although no value is, so it only
                // acquits.
                if (!Double.isFinite(Tensors.item(values.sum()))) {
                    long bad = tensor.numel()
                            - (long) Tensors.item(torch.isfinite(values).sum());
                    requireNone(bad, tensor, name, file);
                }
            }
        }
        return tensor;
    }

    private static void requireNone(long bad, Tensor tensor, String name, Path file) {
        if (bad > 0) {
            throw new UnusableInputException(
                    "the tensor '" + Printable.excerpt(name) + "' of " + file + " holds " + bad
                            + " values of " + tensor.numel()
                            + " that are NaN or infinite (or beyond float32), so nothing"
                            + " computed with it would mean anything; take the weights of another epoch, or fetch the file again");
        }
    }
}
