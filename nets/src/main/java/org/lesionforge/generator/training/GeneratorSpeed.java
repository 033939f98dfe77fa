package org.lesionforge.generator.training;

import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Sampler;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** How fast a generator trains on this machine: its steps as {@link GeneratorTrainer} takes them, on black images. */
public final class GeneratorSpeed implements AutoCloseable {
    /** Iterations of a training whose learning rate does not fall. */
    private static final long ENDLESS = Long.MAX_VALUE;

    private static final int STEPS = 3;
    /** What takes so long is measured once. */
    private static final double LONG_SECONDS = 2;

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

    private Sampler sampler() {
        return model.samplers().values().iterator().next();
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
        try (GeneratorSpeed speed = new GeneratorSpeed(options, compute)) {
            return secondsPerImage(speed.sampler());
        }
    }

    /**
     * As {@link #drawingSecondsPerImage}, of images that are drawn to measure a snapshot.
     *
     * @param options of the generator
     * @param compute where the generator is sent
     * @return seconds per drawn image
     */
    public static double quickDrawingSecondsPerImage(GeneratorSpec<?> options, Compute compute) {
        try (GeneratorSpeed speed = new GeneratorSpeed(options, compute)) {
            return secondsPerImage(speed.sampler().quick());
        }
    }

    private static double secondsPerImage(Sampler sampler) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < STEPS && (i == 0 || best < LONG_SECONDS); i++) {
            long start = System.nanoTime();
            sampler.pixels(new Seed(i), 0, sampler.together(), 0);
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best / sampler.together();
    }
}
