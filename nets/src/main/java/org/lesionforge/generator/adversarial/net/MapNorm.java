package org.lesionforge.generator.adversarial.net;

import org.bytedeco.pytorch.Tensor;

/** How a generator's feature maps are normalised. */
interface MapNorm {
    /**
     * Normalises by the batch while the net trains, by the running statistics while it does not.
     *
     * @param x n × channels × height × width
     * @param labels n class indices
     * @param updateStatistics whether the running statistics follow the batch
     * @return shaped as {@code x}
     */
    Tensor forward(Tensor x, Tensor labels, boolean updateStatistics);

    /** {@return how many numbers it learns} */
    long parameters();
}
