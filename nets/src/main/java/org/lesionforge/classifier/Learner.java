package org.lesionforge.classifier;

import java.util.Optional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Arithmetic;

/** What {@link TrainingLoop} needs to know of the thing it trains. */
interface Learner {
    /** What the optimiser moves, and what is kept of the chosen epoch. */
    Module net();

    /** Number of training images. */
    int size();

    /** Number of training images of each class. */
    int[] counts();

    /** The class of training image {@code i}. */
    int label(int i);

    /** The class that is looked for. */
    int positive();

    /** Images per forward pass. */
    int microBatch();

    /** The net's input for some training images, transformed as is due in this epoch. Depends on nothing but its arguments and the seed. */
    Tensor input(int[] images, int epoch);

    /** To be seeded before training. */
    Dropout dropout();

    /** How exactly the net is trained: open around its way forward, the loss and the way back. */
    Arithmetic arithmetic();

    /** The net in training mode. */
    Backbone.Output forward(Tensor input);

    /** The net in evaluation mode on the validation part; empty without one. */
    Optional<Scores> validate();
}
