package org.lesionforge.nn;

import java.util.List;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.torch.StateDict;

/**
 * A step from map to map. It never closes its input.
 *
 * <p>Intermediates are closed as soon as the next layer has used them. In inference that frees them at once (a scope would keep all of
 * them to its end: 3.6 GB for a batch of 32); in training autograd holds what it needs.
 */
public interface Layer {
    /**
     * Computes this step.
     *
     * @param x n × channels × height × width, or n × numbers behind the last map
     * @return a tensor of its own, which the caller closes or leaves to a scope
     */
    Tensor forward(Tensor x);

    /**
     * What {@link #forward} makes of a map.
     *
     * @param x size, field and cost of the input
     * @return those of the output
     * @throws IllegalArgumentException when it does not take such a map
     */
    Extent extent(Extent x);

    /** {@return how many numbers this step learns} */
    default long parameterCount() {
        return this instanceof Module module ? StateDict.parameterCount(module) : 0;
    }

    /**
     * One layer after the other.
     *
     * @param layers at least one
     * @return the layers as one
     */
    static Layer chain(List<? extends Layer> layers) {
        return new Chain(List.copyOf(layers));
    }

    /**
     * Every branch on the same input, their channels one after the other.
     *
     * @param branches whose outputs are alike in all but their channels
     * @return the branches as one layer
     */
    static Layer concatenation(List<? extends Layer> branches) {
        return new Concatenation(branches);
    }

    /**
     * The mean over 3×3 places around each place, so that a map keeps its size.
     *
     * @param countPadding whether the zeros beyond the border count, as torchvision's Inception V3 has it; FID's leaves them out
     * @return the layer
     */
    static Layer averagePool(boolean countPadding) {
        return new AveragePool(3, 1, 1, countPadding);
    }

    /**
     * The mean over windows side by side, which makes a map smaller by their side; what is left over at the bottom and the right is not seen.
     *
     * @param window side in places
     * @return the layer
     */
    static Layer averages(long window) {
        return new AveragePool(window, window, 0, true);
    }

    /**
     * The maximum over 3×3 places.
     *
     * @param stride from one window to the next
     * @param padding places beyond each border, which never are the maximum
     * @return the layer
     */
    static Layer maxPool(long stride, long padding) {
        return new MaxPool(3, stride, padding, false);
    }

    /**
     * The maximum over windows, none of which begins beyond the border.
     *
     * @param window side in places
     * @param stride from one window to the next, at most the window's side
     * @param over whether the last windows may reach over the bottom and the right, so that every place is seen
     * @return the layer
     */
    static Layer maxPool(long window, long stride, boolean over) {
        return new MaxPool(window, stride, 0, over);
    }

    /** See {@link #chain}. */
    record Chain(List<? extends Layer> layers) implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            Tensor current = layers.get(0).forward(x);
            for (Layer layer : layers.subList(1, layers.size())) {
                Tensor used = current;
                current = layer.forward(used);
                used.close();
            }
            return current;
        }

        @Override
        public long parameterCount() {
            return layers.stream().mapToLong(Layer::parameterCount).sum();
        }

        @Override
        public Extent extent(Extent x) {
            Extent current = x;
            for (Layer layer : layers) {
                current = layer.extent(current);
            }
            return current;
        }
    }

    /** See {@link #concatenation}. */
    record Concatenation(List<? extends Layer> branches) implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            Tensor[] parts = branches.stream().map(branch -> branch.forward(x)).toArray(Tensor[]::new);
            try (TensorVector vector = new TensorVector(parts)) {
                return torch.cat(vector, 1);
            } finally {
                for (Tensor part : parts) {
                    part.close();
                }
            }
        }

        @Override
        public long parameterCount() {
            return branches.stream().mapToLong(Layer::parameterCount).sum();
        }

        @Override
        public Extent extent(Extent x) {
            return x.concatenated(
                    branches.stream().map(branch -> branch.extent(x)).toList());
        }
    }

    /** See {@link #averagePool} and {@link #averages}. */
    record AveragePool(long window, long stride, long padding, boolean countPadding) implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            return torch.avg_pool2d(x, both(window), both(stride), both(padding), false, countPadding, null);
        }

        @Override
        public Extent extent(Extent x) {
            return x.pooled(window, window, both(stride), both(padding));
        }
    }

    /** See {@link #maxPool}. */
    record MaxPool(long window, long stride, long padding, boolean over) implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            return torch.max_pool2d(x, both(window), both(stride), both(padding), both(1), over);
        }

        @Override
        public Extent extent(Extent x) {
            return over ? x.pooledOver(window, stride) : x.pooled(window, window, both(stride), both(padding));
        }
    }

    private static long[] both(long value) {
        return new long[] {value, value};
    }
}
