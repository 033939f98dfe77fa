package org.lesionforge.generator.training;

import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.io.Seed;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** How fast a generator trains on this machine: its steps as {@link GeneratorTrainer} takes them, on black images. */
public final class GeneratorSpeed implements AutoCloseable {
    /** Iterations of a training whose learning rate does not fall. */
    private static final long ENDLESS = Long.MAX_VALUE;

    private static final int STEPS = 3;
    /** Images that are drawn at a time. */
    private static final int DRAWN = 32;

    private final GeneratorOptions options;
    private final Compute compute;
    private final GenerativeModel model;
    private final byte[] black;
    private int steps;

    /**
     * Makes the model, with random weights.
     *
     * @param options of the nets and of the batch
     * @param compute where the nets are sent
     */
    public GeneratorSpeed(GeneratorSpec<?> options, Compute compute) {
        this.options = options.common();
        this.compute = compute;
        model = options.create(compute);
        black = new byte[this.options.batch() * this.options.size() * this.options.size() * this.options.channels()];
    }

    /**
     * Trains on one batch.
     *
     * @return its real images
     */
    public int step() {
        try (Scope scope = new Scope()) {
            Tensor images =
                    Tensors.images(black, options.batch(), options.size(), options.channels(), compute.device());
            Tensor labels = Tensors.ofLongs(new long[options.batch()], options.batch());
            model.step(new Batch(images, labels.to(compute.device(), labels.scalar_type()), ENDLESS), steps);
            steps++;
        }
        return options.batch();
    }

    private void draw(int seed) {
        Objects.requireNonNull(model.samplers().get(GeneratorWeights.RAW)).pixels(new Seed(seed), 0, DRAWN, 0);
    }

    @Override
    public void close() {
        model.close();
    }

    /**
     * Runs a few training steps and takes the fastest.
     *
     * @param options of the nets and of the batch
     * @param compute where the nets are sent
     * @return seconds per real image
     */
    public static double secondsPerImage(GeneratorSpec<?> options, Compute compute) {
        double best = Double.MAX_VALUE;
        try (GeneratorSpeed speed = new GeneratorSpeed(options, compute)) {
            for (int i = 0; i < STEPS; i++) {
                long start = System.nanoTime();
                speed.step();
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
        }
        return best / options.common().batch();
    }

    /**
     * Draws a few batches and takes the fastest.
     *
     * @param options of the generator
     * @param compute where the generator is sent
     * @return seconds per drawn image
     */
    public static double drawingSecondsPerImage(GeneratorSpec<?> options, Compute compute) {
        double best = Double.MAX_VALUE;
        try (GeneratorSpeed speed = new GeneratorSpeed(options, compute)) {
            for (int i = 0; i < STEPS; i++) {
                long start = System.nanoTime();
                speed.draw(i);
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
        }
        return best / DRAWN;
    }
}
