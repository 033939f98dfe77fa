package org.lesionforge.classifier;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.classifier.recipe.AlteredCopies;
import org.lesionforge.feed.ImageFeed;
import org.lesionforge.feed.Pieces;
import org.lesionforge.image.SquareImages;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Sends images through a net in batches, without gradients; memory does not depend on how many there are. */
final class Inference {
    /** From bytes to what a net sees. */
    @FunctionalInterface
    private interface Input {
        /**
         * @param pixels n × side × side × 3, uint8, on the device
         * @param first index of the first of these images among all
         */
        Tensor of(Tensor pixels, int first);
    }

    private final Normalisation normalisation;
    private final Compute compute;
    private final Device device;
    private final Progress progress;
    private final Pieces pieces = new Pieces();

    Inference(Normalisation normalisation, Compute compute, Progress progress) {
        this.normalisation = normalisation;
        this.compute = compute;
        device = compute.device();
        this.progress = progress;
    }

    /**
     * @param task what {@link Progress} calls it
     * @param net from normalised images to n × d
     * @return n × d values, image by image
     */
    float[] run(String task, SquareImages images, int dimensions, UnaryOperator<Tensor> net) {
        try (ImageFeed feed = ImageFeed.once(images, device)) {
            return run(task, images, feed, dimensions, net, (pixels, first) -> input(pixels));
        }
    }

    private float[] run(
            String task, SquareImages images, ImageFeed feed, int dimensions, UnaryOperator<Tensor> net, Input input) {
        float[] results = new float[Math.multiplyExact(images.size(), dimensions)];
        List<int[]> groups = ImageFeed.consecutive(images.size(), Backbone.inferenceBatch(images.side(), device));
        try (ImageFeed.Passage passage = feed.passage(groups.iterator())) {
            for (int[] group : groups) {
                progress.cancellation().throwIfRequested(task, group[0], images.size());
                try (Scope scope = new Scope();
                        NoGradGuard noGradient = new NoGradGuard();
                        Arithmetic exact = exact()) {
                    Tensor pixels = passage.next().bytes();
                    pieces.of(group.length, (first, count) -> {
                        try (Scope piece = new Scope()) {
                            Tensor some = input.of(pixels.narrow(0, first, count), group[0] + first);
                            float[] values = Tensors.floats(net.apply(some));
                            System.arraycopy(values, 0, results, (group[0] + first) * dimensions, values.length);
                        }
                    });
                }
                progress.advance(task, group[0] + group.length, images.size(), "");
            }
        }
        return results;
    }

    /**
     * Classifies images.
     *
     * @param task what {@link Progress} calls it
     * @param options that the net was trained with: they say over how many copies of an image the mean is taken
     * @param net from normalised images to n × classes logits
     * @return n × classes probabilities
     */
    double[][] probabilities(
            String task, SquareImages images, int classes, ClassifierOptions options, UnaryOperator<Tensor> net) {
        if (options.training().tta() == 1) {
            return Scores.softmax(run(task, images, classes, net), classes);
        }
        AlteredCopies copies =
                new AlteredCopies(options.training().tta(), options.transforms(), new Seed(options.seed()));
        long[] checksums = AlteredCopies.checksums(images);
        double[][] mean = new double[images.size()][classes];
        try (ImageFeed feed = ImageFeed.repeated(images, device)) {
            for (int k = 0; k < copies.count(); k++) {
                int copy = k;
                float[] logits = run(
                        task + ", copy " + (k + 1) + " of " + copies.count() + " of each,",
                        images,
                        feed,
                        classes,
                        net,
                        (pixels, first) -> copies.input(
                                copy,
                                pixels,
                                Arrays.copyOfRange(checksums, first, first + (int) pixels.size(0)),
                                normalisation::normalise));
                double[][] probabilities = Scores.softmax(logits, classes);
                for (int i = 0; i < mean.length; i++) {
                    for (int c = 0; c < classes; c++) {
                        mean[i][c] += probabilities[i][c] / copies.count();
                    }
                }
            }
        }
        return mean;
    }

    /** How everything here is computed, until it is closed. */
    Arithmetic exact() {
        return compute.exact();
    }

    /** What the net sees of {@code n × side × side × 3} bytes: n × 3 × side × side in channels-last memory. */
    Tensor input(byte[] pixels, int n, int side) {
        try (Scope scope = new Scope()) {
            return scope.keep(input(Tensors.ofBytes(pixels, n, side, side, 3).to(device, ScalarType.Byte)));
        }
    }

    private Tensor input(Tensor pixels) {
        try (Scope scope = new Scope()) {
            return scope.keep(
                    normalisation.normalise(pixels.to(ScalarType.Float).permute(0, 3, 1, 2)));
        }
    }
}
