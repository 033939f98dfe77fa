package org.lesionforge.classifier;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Arithmetic;

/** What {@link TrainingLoop} needs to know of the thing it trains. */
interface Learner {
    /** What a net sees of an epoch's images, group by group. */
    interface Inputs extends AutoCloseable {
        /**
         * The input of the next group, in the memory of the scope that is open.
         *
         * @throws java.util.NoSuchElementException when there is no group left
         */
        Tensor next();

        /** Ends what prepares further groups. */
        @Override
        void close();

        /** Inputs that are made when they are asked for. */
        static Inputs of(List<int[]> groups, Function<int[], Tensor> input) {
            Iterator<int[]> left = groups.iterator();
            return new Inputs() {
                @Override
                public Tensor next() {
                    return input.apply(left.next());
                }

                @Override
                public void close() {}
            };
        }
    }

    /** What the optimiser moves, and what is kept of the chosen epoch. */
    Module net();

    /** Number of training images. */
    int size();

    /** Number of training images of each class. */
    int[] counts();

    /** The class of training image {@code i}. */
    int label(int i);

    /** Whether training image {@code i} is synthetic. */
    default boolean isSynthetic(int i) {
        return false;
    }

    /** For each training image, whether it is synthetic. */
    default boolean[] synthetic() {
        boolean[] synthetic = new boolean[size()];
        for (int i = 0; i < synthetic.length; i++) {
            synthetic[i] = isSynthetic(i);
        }
        return synthetic;
    }

    default int syntheticCount() {
        return (int) IntStream.range(0, size()).filter(this::isSynthetic).count();
    }

    /** The class of each training image. */
    default int[] labels() {
        return IntStream.range(0, size()).map(this::label).toArray();
    }

    /** The class that is looked for. */
    int positive();

    /** Images per forward pass. */
    int microBatch();

    /**
     * The net's inputs for groups of training images, in their order, transformed as is due in this epoch. What an image becomes depends on nothing but the
     * image, the epoch and the seed.
     */
    Inputs inputs(List<int[]> groups, int epoch);

    /** To be seeded before training. */
    Dropout dropout();

    /** How exactly the net is trained: open around its way forward, the loss and the way back. */
    Arithmetic arithmetic();

    /** The net in training mode. */
    Backbone.Output forward(Tensor input);

    /** The net in evaluation mode on the validation part; empty without one. */
    Optional<Scores> validate();
}
