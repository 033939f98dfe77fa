package org.lesionforge.classifier;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** A net of a moment that has everything that a training has to remember: running statistics, dropout, an epoch that is better than the next. */
final class SmallLearner implements Learner {
    static final int IMAGES = 14;

    private static final int WIDTH = 6;
    private static final int VALIDATED = 5;

    private static final class Net extends Module {
        final BatchNorm2dImpl norm = register_module("norm", Layers.batchNorm(WIDTH, 1e-5));
        final LinearImpl linear = register_module("linear", Layers.linear(WIDTH, 2, true));

        Net() {
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                linear.weight().copy_(Tensors.of(noise(new Seed(1), 2 * WIDTH), 2, WIDTH));
                linear.bias().zero_();
            }
        }
    }

    private final Net net = new Net();
    private final boolean oddAreSynthetic;
    private final Dropout dropout = new Dropout(0.5);

    SmallLearner() {
        this(false);
    }

    /** @param oddAreSynthetic whether the images of class 1 are synthetic */
    SmallLearner(boolean oddAreSynthetic) {
        this.oddAreSynthetic = oddAreSynthetic;
    }

    private static float[] noise(Seed seed, int n) {
        var random = seed.random();
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    @Override
    public Module net() {
        return net;
    }

    @Override
    public int size() {
        return IMAGES;
    }

    @Override
    public int[] counts() {
        return new int[] {IMAGES / 2, IMAGES / 2};
    }

    @Override
    public int label(int i) {
        return i % 2;
    }

    @Override
    public boolean isSynthetic(int i) {
        return oddAreSynthetic && i % 2 == 1;
    }

    @Override
    public int positive() {
        return 1;
    }

    @Override
    public int microBatch() {
        return 3;
    }

    @Override
    public Inputs inputs(List<int[]> groups, int epoch) {
        return Inputs.of(groups, images -> input(images, epoch));
    }

    private Tensor input(int[] images, int epoch) {
        float[] values = new float[images.length * WIDTH];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(noise(new Seed(2).at(epoch).at(images[i]), WIDTH), 0, values, i * WIDTH, WIDTH);
            values[i * WIDTH] += label(images[i]);
        }
        return Tensors.of(values, images.length, WIDTH, 1, 1);
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
        Tensor x = net.norm.forward(input).flatten(1, 3);
        return new Backbone.Output(net.linear.forward(dropout.apply(x)), List.of());
    }

    @Override
    public Optional<Scores> validate() {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            int[] images = new int[VALIDATED];
            int[] labels = new int[VALIDATED];
            for (int i = 0; i < VALIDATED; i++) {
                images[i] = i;
                labels[i] = label(i);
            }
            Tensor x = net.norm.forward(input(images, 0)).flatten(1, 3);
            return Optional.of(new Scores(labels, Scores.softmax(Tensors.floats(net.linear.forward(x)), 2)));
        }
    }

    /** Every number of the net. */
    Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        try (Scope scope = new Scope()) {
            StateDict.of(net)
                    .forEach((name, tensor) -> state.put(
                            name,
                            tensor.is_floating_point()
                                    ? Arrays.toString(Tensors.floats(tensor))
                                    : Arrays.toString(Tensors.longs(tensor))));
        }
        return state;
    }
}
