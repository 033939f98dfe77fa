package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Tensors;

/** Labels of images that are all of one class. */
final class NoLabels {
    private NoLabels() {}

    static Tensor of(int count) {
        return Tensors.ofLongs(new long[count], count);
    }
}
