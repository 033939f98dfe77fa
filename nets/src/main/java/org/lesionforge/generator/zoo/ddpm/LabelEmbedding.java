package org.lesionforge.generator.zoo.ddpm;

import java.util.Arrays;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.torch.Tensors;

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
     * @param labels 0 to classes − 1, or {@link #NONE}
     * @return n × length
     */
    Tensor forward(long[] labels) {
        long[] rows = Arrays.stream(labels)
                .map(label -> label == NONE ? classes : label)
                .toArray();
        return vectors.index_select(
                0, Tensors.send(Tensors.ofLongs(rows, rows.length), vectors.device(), torch.ScalarType.Long));
    }

    long parameters() {
        return vectors.numel();
    }
}
