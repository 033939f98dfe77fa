package org.lesionforge.generator;

import org.bytedeco.pytorch.Tensor;

/**
 * The real images of one step.
 *
 * @param images n × channels × side × side in [−1, 1], in channels-last memory, on the device of the training
 * @param labels n class indices; 0 where the family is not conditional
 * @param iterations of the whole training, all its stages, for what changes over it, such as a falling learning rate
 */
public record Batch(Tensor images, Tensor labels, long iterations) {}
