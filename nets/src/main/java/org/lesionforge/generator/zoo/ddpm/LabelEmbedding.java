package org.lesionforge.generator.zoo.ddpm;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Tells the net the class: a learned vector for each, and one more for an image whose class it is not told. */
final class LabelEmbedding {
    /** In the place of a label: any class. */
    static final long NONE = -1;

    private final int classes;
    private final Tensor vectors;

    LabelEmbedding(Module owner, int classes, int length) {
        this.classes = classes;
        vectors = owner.register_parameter("labels", torch.zeros(classes + 1, length));
    }

    /**
     * @param labels 0 to classes − 1, or {@link #NONE}: n int64 on the device of the net, which are not read back from it
     * @return n × length
     */
    Tensor forward(Tensor labels) {
        return vectors.index_select(0, labels.masked_fill(labels.eq(new Scalar(NONE)), new Scalar(classes)));
    }

    long parameters() {
        return vectors.numel();
    }
}
