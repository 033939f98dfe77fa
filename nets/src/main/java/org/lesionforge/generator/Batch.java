package org.lesionforge.generator;

import org.bytedeco.pytorch.Tensor;

/**
 * The real images of one step.
 *
 * @param images n × channels × side × side in [−1, 1], in channels-last memory, on the device of the training
 * @param labels n class indices; 0 where the family is not conditional
 * @param left share of the training that is left, this step included: 1 at the first, 1 / iterations at the last; for what changes over a
 *     training, such as a falling learning rate
 */
public record Batch(Tensor images, Tensor labels, double left) {}
