package org.lesionforge.classifier;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.classifier.recipe.ImageWeights;
import org.lesionforge.classifier.recipe.Mix;
import org.lesionforge.classifier.recipe.SoftLabels;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** What a net sees of one batch, micro-batch by micro-batch: see {@link EpochGroups}. */
final class TrainingBatch implements AutoCloseable {
    private final Learner learner;
    private final int[] images;
    private final Learner.Inputs inputs;
    private final Optional<Tensor> softLabels;
    private final Optional<Tensor> weighted;
    private final Optional<Tensor> mixed;

    /**
     * @param weights of the training's images
     * @param images of the batch, by index
     * @param mix of this batch alone
     * @param inputs whose next group is this batch's
     */
    TrainingBatch(
            Learner learner, SoftLabels soft, ImageWeights weights, int[] images, Mix mix, Learner.Inputs inputs) {
        this.learner = learner;
        this.images = images;
        this.inputs = inputs;
        try (Scope scope = new Scope()) {
            Tensor labels = soft.of(labels(images), learner.counts().length);
            softLabels = soft.soft() ? Optional.of(scope.keep(mix.labels(labels))) : Optional.empty();
            weighted = weights.times(labels, images).map(each -> scope.keep(mix.labels(each)));
            mixed = mix.equals(Mix.NONE) ? Optional.empty() : Optional.of(scope.keep(mix.images(inputs.next())));
        }
    }

    int size() {
        return images.length;
    }

    /** The net's input for the next micro-batch. */
    Tensor input(int first, int count) {
        return mixed.map(all -> all.narrow(0, first, count)).orElseGet(inputs::next);
    }

    /** What those images are: n class indices, or n × classes probabilities where the recipe makes any label soft. */
    Tensor truth(int first, int count, Device device) {
        Tensor truth = softLabels
                .map(all -> all.narrow(0, first, count))
                .orElseGet(() -> Tensors.ofLongs(labels(Arrays.copyOfRange(images, first, first + count)), count));
        return Tensors.send(truth, device, truth.scalar_type());
    }

    /** What the net's answer is held against: {@code truth}, or where images have weights, probabilities times those. */
    Tensor target(int first, int count, Tensor truth) {
        return weighted.map(all -> all.narrow(0, first, count))
                .map(rows -> rows.to(truth.device(), rows.scalar_type()))
                .orElse(truth);
    }

    /** The class that an answer is counted right with: of a mixed image that of its larger part. */
    Tensor classes(Tensor truth) {
        return softLabels.isPresent() ? truth.argmax(new LongOptional(1), false) : truth;
    }

    private long[] labels(int[] some) {
        return Arrays.stream(some).mapToLong(learner::label).toArray();
    }

    @Override
    public void close() {
        softLabels.ifPresent(Tensor::close);
        weighted.ifPresent(Tensor::close);
        mixed.ifPresent(Tensor::close);
    }
}
