package org.lesionforge.classifier;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.classifier.recipe.AlteredCopies;
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
    interface Input {
        /** @param pixels n × side × side × 3 */
        Tensor of(byte[] pixels, int n, int side);
    }

    private final Normalisation normalisation;
    private final Compute compute;
    private final Device device;
    private final Progress progress;

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
        return run(task, images, dimensions, net, this::input);
    }

    private float[] run(String task, SquareImages images, int dimensions, UnaryOperator<Tensor> net, Input input) {
        float[] results = new float[Math.multiplyExact(images.size(), dimensions)];
        int imageBytes = images.imageBytes();
        int batch = Backbone.inferenceBatch(images.side(), device);
        byte[] pixels = new byte[Math.multiplyExact(imageBytes, Math.min(batch, images.size()))];
        for (int first = 0; first < images.size(); first += batch) {
            progress.cancellation().throwIfRequested(task, first, images.size());
            int count = Math.min(batch, images.size() - first);
            for (int i = 0; i < count; i++) {
                images.read(first + i, pixels, i * imageBytes);
            }
            byte[] used = count * imageBytes == pixels.length ? pixels : Arrays.copyOf(pixels, count * imageBytes);
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard();
                    Arithmetic exact = exact()) {
                float[] values = Tensors.floats(net.apply(input.of(used, count, images.side())));
                System.arraycopy(values, 0, results, first * dimensions, values.length);
            }
            progress.advance(task, first + count, images.size(), "");
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
        double[][] mean = new double[images.size()][classes];
        for (int k = 0; k < copies.count(); k++) {
            int copy = k;
            float[] logits = run(
                    task + ", copy " + (k + 1) + " of " + copies.count() + " of each,",
                    images,
                    classes,
                    net,
                    (pixels, n, side) -> copies.input(copy, pixels, n, side, device, normalisation::normalise));
            double[][] probabilities = Scores.softmax(logits, classes);
            for (int i = 0; i < mean.length; i++) {
                for (int c = 0; c < classes; c++) {
                    mean[i][c] += probabilities[i][c] / copies.count();
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
            Tensor bytes = Tensors.ofBytes(pixels, n, side, side, 3).to(device, ScalarType.Float);
            return scope.keep(normalisation.normalise(bytes.permute(0, 3, 1, 2)));
        }
    }
}
