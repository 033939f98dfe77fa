package org.lesionforge.classifier;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.classifier.recipe.Loss;
import org.lesionforge.feed.StepMemory;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;
import org.lesionforge.training.Position;

/** How fast a backbone trains on this machine: the steps of {@link ClassifierTrainer}, all heads and Adagrad, on noise. */
public final class ClassifierSpeed implements AutoCloseable {
    private static final int CLASSES = 2;
    private static final int FEW = 8;
    private static final int MANY = 64;
    private static final int LARGE = 299;

    private final Noise noise;
    private final TrainingLoop loop;
    private final Loss loss;
    private final TrainingState state;
    private final int[] batch;

    /**
     * The options' batch is trained on again and again; images are ready as the network takes them.
     *
     * @param architecture of the network
     * @param options of the training whose steps are taken, of every layer
     * @param compute where the network and the noise are sent
     */
    public ClassifierSpeed(Architecture architecture, ClassifierOptions options, Compute compute) {
        noise = new Noise(architecture, options, compute);
        noise.net.to(compute.device(), false);
        loop = new TrainingLoop(options, Progress.SILENT, epoch -> {});
        loss = new Loss(options.auxiliaryWeight(), options.classWeights(), noise.counts());
        state = new TrainingState(noise, options);
        batch = IntStream.range(0, options.batch()).toArray();
    }

    /**
     * Takes one step of the optimiser.
     *
     * @return the batch's images
     */
    public int step() {
        state.position = Position.START;
        loop.finishEpoch(state, batch, loss);
        return batch.length;
    }

    @Override
    public void close() {
        state.close();
        noise.pixels.close();
        noise.net.close();
    }

    /**
     * Trains all layers on a few images, twice, and takes the faster time. The few are as many as have the pixels of 8
     * at 299, from 8 to 64, and no more than a batch or a micro-batch.
     *
     * @param architecture of the network
     * @param options of the training to measure
     * @param compute where it is measured
     * @return seconds per image, the step of the optimiser included
     */
    public static double secondsPerImage(Architecture architecture, ClassifierOptions options, Compute compute) {
        int n = Math.max(2, Math.min(options.batch(), Math.min(options.microBatch(), few(options.size()))));
        ClassifierOptions few = options.with().batch(n).microBatch(n).build();
        try (ClassifierSpeed speed = new ClassifierSpeed(architecture, few, compute)) {
            return best(speed::step) / n;
        }
    }

    /**
     * Shows a few images to a network that learns nothing, twice, and takes the faster time.
     *
     * @param architecture of the network
     * @param side of the images in pixels
     * @param compute where it is measured
     * @return seconds per image
     */
    public static double forwardSecondsPerImage(Architecture architecture, int side, Compute compute) {
        int n = few(side);
        Backbone net = architecture.classifier(CLASSES).build();
        try {
            net.to(compute.device(), false);
            net.foldBatchNorm();
            return best(() -> {
                        try (Scope scope = new Scope();
                                NoGradGuard noGradient = new NoGradGuard();
                                Arithmetic exact = compute.exact()) {
                            Tensor images = Tensors.images(new byte[n * side * side * 3], n, side, compute.device());
                            Tensors.floats(net.features(images));
                        }
                    })
                    / n;
        } finally {
            net.close();
        }
    }

    /**
     * {@return how many images at once a training step has memory for: a batch that goes through the network whole}
     *
     * @param architecture of the network
     * @param options of the training, of every layer
     * @param compute where the training is to be
     */
    public static StepMemory memory(Architecture architecture, ClassifierOptions options, Compute compute) {
        return StepMemory.of(
                compute.device(),
                images -> {
                    try (ClassifierSpeed speed = new ClassifierSpeed(architecture, whole(options, images), compute)) {
                        speed.step();
                    }
                },
                images -> ClassifierPlan.trainingBytes(architecture, whole(options, images)));
    }

    private static ClassifierOptions whole(ClassifierOptions options, int batch) {
        return options.with().batch(batch).microBatch(batch).build();
    }

    /** More where images are small, so that what a call costs does not weigh too much. */
    private static int few(int side) {
        return (int) Math.max(FEW, Math.min(MANY, (long) FEW * LARGE * LARGE / ((long) side * side)));
    }

    private static double best(Runnable work) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }

    private static final class Noise implements Learner {
        private final ClassifierOptions options;
        private final Backbone net;
        private final Tensor pixels;
        private final Compute compute;

        Noise(Architecture architecture, ClassifierOptions options, Compute compute) {
            this.options = options;
            this.compute = compute;
            net = architecture.classifier(CLASSES).build();
            pixels = torch.rand(
                            new long[] {options.microBatch(), 3, options.size(), options.size()},
                            new GeneratorOptional(Torch.generator(new Seed(0))))
                    .to(compute.device(), torch.ScalarType.Float)
                    .contiguous(torch.MemoryFormat.ChannelsLast);
        }

        @Override
        public Backbone net() {
            return net;
        }

        @Override
        public int size() {
            return options.batch();
        }

        @Override
        public int[] counts() {
            return new int[] {size() - size() / CLASSES, size() / CLASSES};
        }

        @Override
        public int label(int i) {
            return i % CLASSES;
        }

        @Override
        public int positive() {
            return 0;
        }

        @Override
        public int microBatch() {
            return options.microBatch();
        }

        @Override
        public Inputs inputs(List<int[]> groups, int epoch) {
            return Inputs.of(groups, images -> pixels.narrow(0, 0, images.length));
        }

        @Override
        public Dropout dropout() {
            return net.dropout();
        }

        @Override
        public Arithmetic arithmetic() {
            return compute.training();
        }

        @Override
        public Backbone.Output forward(Tensor input) {
            return FineTuning.inFloats(net.forward(input));
        }

        @Override
        public Optional<Scores> validate() {
            return Optional.empty();
        }
    }
}
