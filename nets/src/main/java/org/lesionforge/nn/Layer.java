package org.lesionforge.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A step from tensor to tensor. It never closes its input.
 *
 * <p>Intermediates are closed as soon as the next layer has used them. In inference that frees them at once (a scope would keep all of
 * them to its end: 3.6 GB for a batch of 32); in training autograd holds what it needs.
 */
@FunctionalInterface
public interface Layer {
    Tensor forward(Tensor x);

    /** One layer after the other; at least one. */
    static Layer chain(List<? extends Layer> layers) {
        return x -> {
            Tensor current = layers.get(0).forward(x);
            for (Layer layer : layers.subList(1, layers.size())) {
                Tensor used = current;
                current = layer.forward(used);
                used.close();
            }
            return current;
        };
    }

    /** Every branch on the same input, their channels one after the other. */
    static Layer concatenation(List<? extends Layer> branches) {
        return x -> {
            Tensor[] parts = branches.stream().map(branch -> branch.forward(x)).toArray(Tensor[]::new);
            try (TensorVector vector = new TensorVector(parts)) {
                return torch.cat(vector, 1);
            } finally {
                for (Tensor part : parts) {
                    part.close();
                }
            }
        };
    }

    static Layer averagePool(boolean countPadding) {
        long[] kernel = {3, 3};
        long[] one = {1, 1};
        return x -> torch.avg_pool2d(x, kernel, one, one, false, countPadding, null);
    }

    static Layer maxPool(long stride, long padding) {
        long[] kernel = {3, 3};
        long[] strides = {stride, stride};
        long[] paddings = {padding, padding};
        long[] dilation = {1, 1};
        return x -> torch.max_pool2d(x, kernel, strides, paddings, dilation, false);
    }
}
