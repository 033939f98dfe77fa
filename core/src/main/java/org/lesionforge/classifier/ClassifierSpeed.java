package org.lesionforge.classifier;

import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Adagrad;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.inception.InceptionOptions;
import org.lesionforge.inception.InceptionV3;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Dropout;
import org.lesionforge.torch.Optimizers;
import org.lesionforge.torch.Torch;

/** How fast Inception V3 trains on this machine: the steps of {@link ClassifierTrainer}, both heads and Adagrad, on noise. */
public final class ClassifierSpeed implements AutoCloseable {
    private static final int CLASSES = 2;

    private final Noise noise;
    private final TrainingLoop loop;
    private final Loss loss;
    private final Adagrad optimizer;
    private final int[] batch;

    /** The options' batch is trained on again and again; images are ready as the network takes them. */
    public ClassifierSpeed(ClassifierOptions options) {
        noise = new Noise(options);
        noise.net.to(Torch.device(), false);
        loop = new TrainingLoop(options, Progress.SILENT, epoch -> {});
        loss = new Loss(options, noise.counts());
        optimizer = Optimizers.adagrad(noise.net.parameters(), options.learningRate());
        batch = IntStream.range(0, options.batch()).toArray();
    }

    /**
     * Takes one step of the optimiser.
     *
     * @return the batch's images
     */
    public int step() {
        loop.trainEpoch(noise, optimizer, batch, loss, 1);
        return batch.length;
    }

    @Override
    public void close() {
        optimizer.close();
        noise.pixels.close();
        noise.net.close();
    }

    private static final class Noise implements Learner {
        private final ClassifierOptions options;
        private final InceptionV3 net = new InceptionV3(InceptionOptions.classifier(CLASSES));
        private final Tensor pixels;

        Noise(ClassifierOptions options) {
            this.options = options;
            pixels = torch.rand(
                            new long[] {options.microBatch(), 3, options.size(), options.size()},
                            new GeneratorOptional(Torch.generator(new Seed(0))))
                    .to(Torch.device(), torch.ScalarType.Float)
                    .contiguous(torch.MemoryFormat.ChannelsLast);
        }

        @Override
        public InceptionV3 net() {
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
        public int microBatch() {
            return options.microBatch();
        }

        @Override
        public Tensor input(int[] images, int epoch) {
            return pixels.narrow(0, 0, images.length);
        }

        @Override
        public Dropout dropout() {
            return net.dropout();
        }

        @Override
        public InceptionV3.Output forward(Tensor input) {
            return net.forward(input);
        }

        @Override
        public Optional<Scores> validate() {
            return Optional.empty();
        }
    }
}
