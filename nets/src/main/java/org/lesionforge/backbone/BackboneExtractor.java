package org.lesionforge.backbone;

import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.feed.ImageFeed;
import org.lesionforge.feed.Pieces;
import org.lesionforge.feed.ReadAhead;
import org.lesionforge.image.Images;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * Features of images from a network, in batches, without gradients; memory does not depend on how many images there are.
 *
 * <p>Not for use from several threads at once. Closing it frees the network.
 */
public final class BackboneExtractor implements AutoCloseable {
    private static final float[] NO_VALUES = {};

    private final Backbone net;
    private final Extraction extraction;
    private final Progress progress;
    private final Device device;
    private final Compute compute;
    private final Pieces pieces = new Pieces();

    /**
     * Moves the network to its device and folds its batch normalisations.
     *
     * @param net with its weights loaded; this extractor owns it from now on and closes it
     * @param extraction what is taken, and how images are brought to the network
     * @param compute where the network is sent
     * @param progress is told how many images are done, and images per second
     * @throws IllegalArgumentException when the network ends before the layer whose features are asked for
     */
    public BackboneExtractor(Backbone net, Extraction extraction, Compute compute, Progress progress) {
        if (!net.options().reaches(extraction.layer())) {
            throw new IllegalArgumentException("features behind "
                    + extraction.layer().name() + " were asked for, the network ends at "
                    + net.options().deepest().name());
        }
        this.net = net;
        this.extraction = extraction;
        this.progress = progress;
        this.compute = compute;
        device = compute.device();
        net.to(device, false);
        net.foldBatchNorm();
    }

    /** Length of the logits of an image; 0 where they are not taken. */
    private int logits() {
        return extraction.logits() ? net.options().classes() : 0;
    }

    /**
     * Takes the vectors of some images, one after another, those of the first images first.
     *
     * @param <E> what it may fail with
     */
    @FunctionalInterface
    public interface Sink<E extends Exception> {
        /**
         * Takes a batch.
         *
         * @param features n × d values
         * @param logits n × classes values; none where they are not taken
         * @throws E when they cannot be taken; ends the extraction
         */
        void accept(float[] features, float[] logits) throws E;
    }

    /**
     * {@return the vectors of all images, held in memory, d floats an image} Use {@link #extract(Images, Sink)} for
     * those that are to go elsewhere.
     *
     * @param images of any sizes
     * @throws org.lesionforge.io.InterruptedRunException when stopping was requested
     * @throws ArithmeticException when there are more values than an array can hold
     */
    public Activations extract(Images images) {
        FloatBuffer features = FloatBuffer.allocate(
                Math.multiplyExact(images.size(), extraction.layer().dimensions()));
        FloatBuffer logits = FloatBuffer.allocate(Math.multiplyExact(images.size(), logits()));
        extract(images, (someFeatures, someLogits) -> {
            features.put(someFeatures);
            logits.put(someLogits);
        });
        return new Activations(
                new FeatureArray(images.size(), extraction.layer().dimensions(), features.array()),
                logits() == 0
                        ? Optional.empty()
                        : Optional.of(new FeatureArray(images.size(), logits(), logits.array())));
    }

    /**
     * Hands the vectors of {@code images} to {@code sink}, a batch at a time, in order.
     *
     * @param images of any sizes
     * @param sink called once a batch, on this thread
     * @param <E> what the sink may fail with
     * @throws org.lesionforge.io.InterruptedRunException when stopping was requested, between two batches
     * @throws E from the sink; what it had taken before stays with it
     */
    public <E extends Exception> void extract(Images images, Sink<E> sink) throws E {
        int batch = Backbone.inferenceBatch(extraction.side(), device);
        long start = System.nanoTime();
        String task = "features through " + extraction.network();
        List<int[]> groups = ImageFeed.consecutive(images.size(), batch);
        Iterator<HostImages> read = groups.stream()
                .map(group -> HostImages.read(images, group[0], group.length, device))
                .iterator();
        // On the CPU files are decoded by the cores that compute: nothing would be gained ahead.
        try (ReadAhead<HostImages> reader =
                new ReadAhead<>(read, HostImages::close, device.is_cuda() ? ReadAhead.TWO : ReadAhead.NONE)) {
            for (int[] group : groups) {
                progress.cancellation().throwIfRequested(task, group[0], images.size());
                float[] features = new float[group.length * extraction.layer().dimensions()];
                float[] logits = logits() == 0 ? NO_VALUES : new float[group.length * logits()];
                try (Scope scope = new Scope();
                        NoGradGuard noGradient = new NoGradGuard();
                        Arithmetic exact = compute.exact()) {
                    Tensor input = input(reader.next());
                    pieces.of(
                            group.length,
                            (first, count) -> take(input.narrow(0, first, count), first, features, logits));
                }
                sink.accept(features, logits);
                int done = group[0] + group.length;
                double seconds = (System.nanoTime() - start) / 1e9;
                progress.advance(
                        task, done, images.size(), String.format(Locale.ROOT, "%.1f images/s", done / seconds));
            }
        }
    }

    /** Writes the vectors of some images to their places. */
    private void take(Tensor input, int first, float[] features, float[] logits) {
        try (Scope scope = new Scope();
                Tensor pooled = net.features(input, extraction.layer())) {
            put(Tensors.floats(pooled), features, first * extraction.layer().dimensions());
            if (logits.length > 0) {
                put(Tensors.floats(net.logitsWithoutBias(pooled)), logits, first * logits());
            }
        }
    }

    private static void put(float[] some, float[] all, int offset) {
        System.arraycopy(some, 0, all, offset, some.length);
    }

    @Override
    public void close() {
        net.close();
    }

    /** What the network sees of a batch; neighbours of one size are resized together. */
    private Tensor input(HostImages images) {
        try (Scope scope = new Scope();
                images) {
            TensorVector resized = new TensorVector();
            for (Tensor bytes : images.equalSizes()) {
                resized.push_back(resized(bytes));
            }
            Tensor batch = resized.size() == 1 ? resized.get(0) : torch.cat(resized, 0);
            return scope.keep(extraction.input().normalise(batch.contiguous(MemoryFormat.ChannelsLast)));
        }
    }

    private Tensor resized(Tensor bytes) {
        try (Scope scope = new Scope()) {
            Tensor values = bytes.to(device, ScalarType.Float, device.is_cuda(), false, null);
            return scope.keep(extraction.resizing().apply(values.permute(0, 3, 1, 2), extraction.side()));
        }
    }
}
