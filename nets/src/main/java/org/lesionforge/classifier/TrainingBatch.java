package org.lesionforge.classifier;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.classifier.recipe.Mix;
import org.lesionforge.classifier.recipe.SoftLabels;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * What a net sees of one batch, micro-batch by micro-batch. Images are mixed with others of the whole batch, not of their micro-batch, so that the size of
 * micro-batches changes nothing: a batch that is mixed is made at once, and takes its memory; any other only piece by piece.
 */
final class TrainingBatch implements AutoCloseable {
    private final Learner learner;
    private final int[] images;
    private final int epoch;
    private final Optional<Tensor> softLabels;
    private final Optional<Tensor> mixed;

    /**
     * @param images of the batch, by index
     * @param mixing of this batch alone
     */
    TrainingBatch(Learner learner, ClassifierOptions options, int[] images, int epoch, Seed mixing) {
        this.learner = learner;
        this.images = images;
        this.epoch = epoch;
        SoftLabels soft = options.training().softLabels();
        Mix mix = soft.draw(mixing, options.size());
        try (Scope scope = new Scope()) {
            softLabels = soft.soft()
                    ? Optional.of(scope.keep(mix.labels(soft.of(labels(images), learner.counts().length))))
                    : Optional.empty();
            mixed = mix.equals(Mix.NONE)
                    ? Optional.empty()
                    : Optional.of(scope.keep(mix.images(learner.input(images, epoch))));
        }
    }

    int size() {
        return images.length;
    }

    /** The net's input for some images of the batch. */
    Tensor input(int first, int count) {
        return mixed.map(all -> all.narrow(0, first, count))
                .orElseGet(() -> learner.input(Arrays.copyOfRange(images, first, first + count), epoch));
    }

    /** What those images are: n class indices, or n × classes probabilities where the recipe makes any label soft. */
    Tensor truth(int first, int count, Device device) {
        Tensor truth = softLabels
                .map(all -> all.narrow(0, first, count))
                .orElseGet(() -> Tensors.ofLongs(labels(Arrays.copyOfRange(images, first, first + count)), count));
        return truth.to(device, truth.scalar_type());
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
        mixed.ifPresent(Tensor::close);
    }
}
