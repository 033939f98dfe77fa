package org.lesionforge.nn;

import java.util.Arrays;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/**
 * Dropout (Srivastava et al. 2014) that draws from a generator of its own, so that nets can be trained side by side in one process; libtorch's
 * draws from the global one. On a CPU it drops what libtorch's would, seeded alike.
 */
public final class Dropout implements AutoCloseable {
    private double rate;
    private Generator generator = Torch.generator(new Seed(0));

    /**
     * Draws as seed 0 has it until another is set.
     *
     * @param rate share of the values that is dropped, in [0, 1); the others are divided by 1 − rate
     * @throws IllegalArgumentException when the share is outside that range
     */
    public Dropout(double rate) {
        setRate(rate);
    }

    /**
     * Drops another share from now on.
     *
     * @param share of the values that is dropped, in [0, 1)
     * @throws IllegalArgumentException when the share is outside that range
     */
    public void setRate(double share) {
        rate = checked(share);
    }

    private static double checked(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("the share of values to drop must be in [0, 1), got " + share);
        }
        return share;
    }

    /** {@return the share of the values that is dropped} */
    public double rate() {
        return rate;
    }

    /**
     * Starts drawing anew.
     *
     * @param seed from which follows what is dropped from here on
     */
    public void seed(Seed seed) {
        generator.close();
        generator = Torch.generator(seed);
    }

    /** {@return where drawing stands, as bytes; of no use to a generator of another version of libtorch} */
    public Tensor state() {
        return generator.get_state();
    }

    /**
     * Continues to draw from where another stood.
     *
     * @param state as {@link #state} gives it
     * @throws UnusableInputException when it is not of this kind of generator
     */
    public void restore(Tensor state) {
        try (Scope scope = new Scope()) {
            long[] expected = generator.get_state().shape();
            if (!Arrays.equals(expected, state.shape()) || state.scalar_type().intern() != torch.ScalarType.Byte) {
                throw new UnusableInputException("a generator's state must be bytes of shape "
                        + Arrays.toString(expected) + ", got " + state.scalar_type() + " of shape "
                        + Arrays.toString(state.shape()));
            }
            generator.set_state(state);
        }
    }

    /**
     * Drops values; for training, since in evaluation nothing is dropped.
     *
     * @param x of any shape and on any device
     * @return a tensor of the same shape, a share of whose values is 0
     */
    public Tensor apply(Tensor x) {
        return apply(x, rate);
    }

    /**
     * Drops another share of values this time: of a layer whose share is a fact of its network.
     *
     * @param x of any shape and on any device
     * @param share of the values that is dropped, in [0, 1)
     * @return a tensor of the same shape, a share of whose values is 0
     * @throws IllegalArgumentException when the share is outside that range
     */
    public Tensor apply(Tensor x, double share) {
        return dropped(x, Tensors.shape(x), share);
    }

    /**
     * Drops all values of some images.
     *
     * @param x n × channels × height × width, on any device
     * @param share of the images that are dropped, in [0, 1); the others are divided by 1 − share
     * @return a tensor of the same shape, in which each image is wholly 0 or wholly kept
     * @throws IllegalArgumentException when the share is outside that range
     */
    public Tensor applyToImages(Tensor x, double share) {
        return dropped(x, new long[] {x.size(0), 1, 1, 1}, share);
    }

    private Tensor dropped(Tensor x, long[] draws, double share) {
        try (Scope scope = new Scope()) {
            // The generator is the CPU's: the same values are dropped on any device.
            Tensor kept = torch.empty(draws)
                    .bernoulli_(1 - checked(share), new GeneratorOptional(generator))
                    .div_(new Scalar(1 - share));
            return scope.keep(x.mul(Tensors.send(kept, x.device(), x.scalar_type())));
        }
    }

    @Override
    public void close() {
        generator.close();
    }
}
