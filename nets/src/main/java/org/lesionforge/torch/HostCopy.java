package org.lesionforge.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Small tensors that are read later, all in one transfer: reading waits for a card, so that it is best done when the next thing to compute is ready and
 * the card has had time. Holds its own memory until it is read or closed, whatever scopes are open.
 */
public final class HostCopy implements AutoCloseable {
    private final int[] lengths;
    private @Nullable Tensor packed;
    private List<float[]> values = List.of();

    private HostCopy(Tensor packed, int... lengths) {
        this.packed = packed;
        this.lengths = lengths;
    }

    /**
     * {@return their values as they are now, not read yet}
     *
     * @param tensors at least one, of any shapes and types, on one device
     */
    public static HostCopy of(List<Tensor> tensors) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            TensorVector flat = new TensorVector();
            tensors.forEach(tensor -> flat.push_back(flat(tensor)));
            return new HostCopy(
                    Scope.own(torch.cat(flat)),
                    tensors.stream().mapToInt(tensor -> (int) tensor.numel()).toArray());
        }
    }

    private static Tensor flat(Tensor tensor) {
        return tensor.detach().to(ScalarType.Float).reshape(-1);
    }

    /**
     * Adds another to those that are read in one transfer.
     *
     * @param tensor on the same device
     * @return the larger one, which takes the place of this
     */
    public HostCopy and(Tensor tensor) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor both = Scope.own(torch.cat(new TensorVector(Objects.requireNonNull(packed), flat(tensor))));
            int[] longer = Arrays.copyOf(lengths, lengths.length + 1);
            longer[lengths.length] = (int) tensor.numel();
            close();
            return new HostCopy(both, longer);
        }
    }

    /** {@return the values of each tensor, in its row-major order; the first time this waits for the device} */
    public List<float[]> read() {
        if (packed != null) {
            float[] all = Tensors.floats(packed);
            List<float[]> parts = new ArrayList<>();
            int first = 0;
            for (int length : lengths) {
                parts.add(Arrays.copyOfRange(all, first, first + length));
                first += length;
            }
            values = List.copyOf(parts);
            close();
        }
        return values;
    }

    /** Frees what was not read. */
    @Override
    public void close() {
        if (packed != null) {
            packed.close();
            packed = null;
        }
    }
}
