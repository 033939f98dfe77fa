package org.lesionforge.generator;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Where the rows of a tensor with one for each class come from, when a training begins from another one's weights: a class that both know keeps its
 * row, a new one begins with the mean of all rows.
 *
 * @param from for each class, its index in the other training; −1: it is new
 */
public record ClassRows(List<Integer> from) {
    /**
     * Takes a copy.
     *
     * @param from for each class, its index in the other training; −1: it is new
     */
    public ClassRows {
        from = List.copyOf(from);
    }

    /**
     * {@return where the rows come from}
     *
     * @param classes of the training, in the order of their labels
     * @param others of the other one, likewise
     */
    public static ClassRows of(List<String> classes, List<String> others) {
        return new ClassRows(classes.stream().map(others::indexOf).toList());
    }

    /**
     * {@return the rows of a tensor for this training's classes}
     *
     * @param theirs one row for each class of the other training
     */
    public Tensor of(Tensor theirs) {
        List<Tensor> rows = new ArrayList<>();
        from.forEach(index -> rows.add(index < 0 ? theirs.mean(0) : theirs.select(0, index)));
        return torch.stack(new TensorVector(rows.toArray(Tensor[]::new)), 0);
    }
}
