package org.lesionforge.classifier;

import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.image.Symmetry;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * The last layer alone, with dropout before it, on features computed once.
 *
 * <p>Its loss is convex, so no random start is needed: the weights start from zero, the biases from the logarithm of each class's share of
 * the training part (of its weight, where classes are weighted), which is the best guess without looking. It sees features standardised by the training part's mean and deviation. Without
 * both, Adagrad at the paper's rate does not get far in the paper's epochs: no parameter moves more than a few hundredths. Mean and deviation are
 * multiplied into the layer at the end, so the network that results is an ordinary one of its kind.
 */
final class LinearProbe implements Learner {
    private final ClassifierOptions options;
    private final int dimensions;
    private final Device device;
    private final LinearImpl layer;
    private final Dropout dropout;
    private final TrainingImages train;
    /** By view, then image. */
    private final FeatureArray[] features;

    private final Standardisation standardisation;
    private final @Nullable FeatureArray validationFeatures;
    private final int @Nullable [] validationLabels;

    /** @param dropoutRate of the network whose last layer this becomes */
    LinearProbe(
            double dropoutRate,
            ClassifierOptions options,
            FrozenFeatures frozen,
            TrainingImages train,
            Optional<HeldOutPart> validation,
            Compute compute) {
        dropout = new Dropout(dropoutRate);
        this.options = options;
        device = compute.device();
        dimensions = frozen.dimensions();
        this.train = train;
        features = new FeatureArray[options.views()];
        for (int view = 0; view < features.length; view++) {
            features[view] = FeatureArray.of(frozen.of(train, Symmetry.of(view)));
        }
        standardisation = Standardisation.of(features[0]);
        validationFeatures = validation
                .map(part -> FeatureArray.of(frozen.of(part, Symmetry.IDENTITY)))
                .orElse(null);
        validationLabels = validation.map(Predictions::labels).orElse(null);
        layer = Layers.linear(dimensions, train.classes().size(), true);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            layer.weight().zero_();
            layer.bias()
                    .copy_(Tensors.of(logShares(train.counts()), train.classes().size()));
        }
        layer.to(device, false);
    }

    @Override
    public LinearImpl net() {
        return layer;
    }

    @Override
    public int size() {
        return train.size();
    }

    @Override
    public int[] counts() {
        return train.counts();
    }

    @Override
    public int label(int i) {
        return train.label(i);
    }

    @Override
    public int positive() {
        return train.classes().indexOf(options.positive());
    }

    /** A whole batch of features is small, and one that took in a last single image is no larger than this. */
    @Override
    public int microBatch() {
        return options.batch() + 1;
    }

    @Override
    public Tensor input(int[] images, int epoch) {
        Seed seed = new Seed(options.seed()).of("classifier views").at(epoch);
        float[] rows = new float[images.length * dimensions];
        for (int i = 0; i < images.length; i++) {
            int view = seed.at(images[i]).random().nextInt(features.length);
            features[view].read(images[i], rows, i * dimensions);
        }
        return standardised(rows);
    }

    @Override
    public Dropout dropout() {
        return dropout;
    }

    @Override
    public Backbone.Output forward(Tensor input) {
        return new Backbone.Output(layer.forward(dropout.apply(input)), Optional.empty());
    }

    @Override
    public Optional<Scores> validate() {
        if (validationFeatures == null || validationLabels == null) {
            return Optional.empty();
        }
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            float[] logits = Tensors.floats(layer.forward(standardised(validationFeatures.values())));
            return Optional.of(new Scores(
                    validationLabels, Scores.softmax(logits, train.classes().size())));
        }
    }

    private float[] logShares(int[] counts) {
        float[] shares = new float[counts.length];
        for (int c = 0; c < counts.length; c++) {
            shares[c] = (float) Math.log(options.classWeights() ? 1.0 / counts.length : (double) counts[c] / size());
        }
        return shares;
    }

    /** Makes {@code target} do with raw features what this layer does with standardised ones. */
    void copyTo(LinearImpl target) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor scale = row(standardisation.scale());
            Tensor weight = layer.weight().mul(scale);
            Tensor shift =
                    weight.matmul(row(standardisation.mean()).view(-1, 1)).view(-1);
            target.weight().copy_(weight);
            target.bias().copy_(layer.bias().sub(shift, new Scalar(1.0)));
        }
    }

    private Tensor row(float[] values) {
        return Tensors.of(values, 1, values.length).to(device, torch.ScalarType.Float);
    }

    private Tensor standardised(float[] rows) {
        return Tensors.of(standardisation.apply(rows), rows.length / dimensions, dimensions)
                .to(device, torch.ScalarType.Float);
    }
}
