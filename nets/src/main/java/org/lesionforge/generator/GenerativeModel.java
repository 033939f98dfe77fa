package org.lesionforge.generator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Seed;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.training.Checkpointable;

/**
 * A model of images while it is trained: all that training changes of it. It knows no file, no data set and no progress. Nothing random in it
 * outlives a step: everything follows from the seed of its options and the number of the iteration.
 *
 * <p>After {@link #restore} the learning rate is that of the beginning; whoever scaled it scales it again.
 */
public interface GenerativeModel extends Checkpointable, AutoCloseable {
    /** A part of the names, between dots, of all {@link #tensors} that optimisers remember. */
    String OPTIMISER = "adam";

    /**
     * Learns from one batch. Where a critic moves five times for each move of the generator, the generator moves in every fifth step.
     *
     * @param batch real images; they belong to the caller
     * @param iteration steps done before this one, over all starts; stage s of S is trained from s/S of the whole training's iterations on
     * @return what it came to
     */
    StepResult step(Batch batch, long iteration);

    /** {@return what draws images from it as it is now, for each of the family's {@link ModelFamily#weights weights}} */
    Map<GeneratorWeights, Sampler> samplers();

    /** {@return for each sampler what a snapshot's file holds, by name: the model's own tensors; asked for in a scope} */
    Map<GeneratorWeights, Map<String, Tensor>> snapshots();

    /**
     * Brings what is not trained in step with the weights. Called before a snapshot is taken.
     *
     * @param seed of what is drawn for it; the same at every snapshot
     * @param shares of the labels among the training images
     */
    default void prepareSnapshot(Seed seed, LabelShares shares) {}

    /** {@return of all {@link #tensors}, those that a training of other images can begin with: all but what optimisers remember} */
    default Map<String, Tensor> learned() {
        Map<String, Tensor> learned = new LinkedHashMap<>(tensors());
        learned.keySet().removeIf(name -> List.of(name.split("\\.")).contains(OPTIMISER));
        return learned;
    }

    /**
     * {@return whether one of the {@link #learned} tensors has a row for each class}
     *
     * @param name of the tensor
     */
    default boolean hasRowPerClass(String name) {
        return false;
    }

    /** {@return the learning rate of the next step, before any schedule of the family's own} */
    double learningRate();

    /**
     * Changes the learning rate of all later steps.
     *
     * @param factor by which it is multiplied, above 0
     */
    void scaleLearningRate(double factor);

    /** {@return what its training is watched for beside what all families' are, each with a state of its own} */
    default List<AlarmRule> alarmRules() {
        return List.of();
    }

    /** Frees its memory; it is of no use afterwards. */
    @Override
    void close();
}
