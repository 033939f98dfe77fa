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
import org.lesionforge.torch.Tensors;

/** Softmax regression from zero on the mean colours of images of one colour each. */
final class ColourRegression implements Learner {
    private final LinearImpl net = Layers.linear(3, 2, false);
    private final Dropout dropout = new Dropout(0.5);
    private final float[] values;
    private final int[] labels;
    private final int microBatch;
    final List<Scores> validations = new ArrayList<>();

    /** @param values of the red channel of each image; the others are 0 */
    ColourRegression(float[] values, int[] labels, int microBatch) {
        this.values = values;
        this.labels = labels;
        this.microBatch = microBatch;
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            net.weight().zero_();
        }
    }

    @Override
    public LinearImpl net() {
        return net;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int[] counts() {
        int ones = Arrays.stream(labels).sum();
        return new int[] {labels.length - ones, ones};
    }

    @Override
    public int label(int i) {
        return labels[i];
    }

    @Override
    public int positive() {
        return 1;
    }

    @Override
    public int microBatch() {
        return microBatch;
    }

    @Override
    public Inputs inputs(List<int[]> groups, int epoch) {
        return Inputs.of(groups, this::input);
    }

    private Tensor input(int[] images) {
        float[] all = new float[images.length * 3 * RecipeTrainingTest.SIDE * RecipeTrainingTest.SIDE];
        for (int i = 0; i < images.length; i++) {
            int start = i * 3 * RecipeTrainingTest.SIDE * RecipeTrainingTest.SIDE;
            Arrays.fill(all, start, start + RecipeTrainingTest.SIDE * RecipeTrainingTest.SIDE, values[images[i]]);
        }
        return Tensors.of(all, images.length, 3, RecipeTrainingTest.SIDE, RecipeTrainingTest.SIDE);
    }

    @Override
    public Dropout dropout() {
        return dropout;
    }

    @Override
    public Arithmetic arithmetic() {
        return Compute.cpu().training();
    }

    @Override
    public Backbone.Output forward(Tensor input) {
        return new Backbone.Output(net.forward(input.mean(2, 3)), List.of());
    }

    @Override
    public Optional<Scores> validate() {
        return validations.isEmpty() ? Optional.empty() : Optional.of(validations.remove(0));
    }

    /** Of the red channel in class 1; class 0 has its opposite. */
    float weight() {
        return Tensors.floats(net.weight())[3];
    }
}
