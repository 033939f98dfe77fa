package org.lesionforge.classifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** Softmax regression of two classes from zero: so small that its steps are done by hand. What an image is, is its subclass's. */
abstract class SoftmaxRegression implements Learner {
    private final LinearImpl net;
    private final Dropout dropout;
    private final int[] labels;
    private final int microBatch;
    /** What comes of the next validations; without any there is no validation part. */
    final List<Scores> validations = new ArrayList<>();

    SoftmaxRegression(LinearImpl net, Dropout dropout, int[] labels, int microBatch) {
        this.net = net;
        this.dropout = dropout;
        this.labels = labels;
        this.microBatch = microBatch;
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            for (Tensor parameter : StateDict.of(net).values()) {
                parameter.zero_();
            }
        }
    }

    /** These images together. */
    abstract Tensor input(int[] images);

    @Override
    public final LinearImpl net() {
        return net;
    }

    @Override
    public final int size() {
        return labels.length;
    }

    @Override
    public final int[] counts() {
        int ones = Arrays.stream(labels).sum();
        return new int[] {labels.length - ones, ones};
    }

    @Override
    public final int label(int i) {
        return labels[i];
    }

    @Override
    public final int positive() {
        return 1;
    }

    @Override
    public final int microBatch() {
        return microBatch;
    }

    @Override
    public final Inputs inputs(List<int[]> groups, int epoch) {
        return Inputs.of(groups, this::input);
    }

    @Override
    public final Dropout dropout() {
        return dropout;
    }

    @Override
    public final Arithmetic arithmetic() {
        return Compute.cpu().training();
    }

    @Override
    public Backbone.Output forward(Tensor input) {
        return new Backbone.Output(net.forward(input), List.of());
    }

    @Override
    public final Optional<Scores> validate() {
        return validations.isEmpty() ? Optional.empty() : Optional.of(validations.remove(0));
    }

    /** The weights of class 0, then of class 1. */
    final float[] weights() {
        return Tensors.floats(net.weight());
    }

    static LinearImpl linear(int inputs, boolean bias) {
        return Layers.linear(inputs, 2, bias);
    }
}
