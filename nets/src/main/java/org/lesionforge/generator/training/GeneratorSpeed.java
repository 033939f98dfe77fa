package org.lesionforge.generator.training;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.feed.StepMemory;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** How fast a generator trains on this machine: its steps as {@link GeneratorTrainer} takes them, on black images. */
public final class GeneratorSpeed implements AutoCloseable {
    /** Iterations of a stage in which the learning rate does not fall. */
    private static final long ENDLESS = 1L << 50;

    /** A step of each kind is measured so often. */
    private static final int TIMES = 3;
    /** What takes so long is measured once. */
    private static final double LONG_SECONDS = 2;

    private final GeneratorOptions options;
    private final int stages;
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
        stages = options.stages();
        this.compute = compute;
        model = options.create(compute);
        black = new byte[this.options.batch() * this.options.size() * this.options.size() * this.options.channels()];
    }

    /**
     * Trains on one batch, the stages of a training by turns.
     *
     * @return its real images
     */
    public int step() {
        try (Scope scope = new Scope();
                Arithmetic training = compute.training()) {
            Tensor images =
                    Tensors.images(black, options.batch(), options.size(), options.channels(), compute.device());
            Tensor labels = Tensors.ofLongs(new long[options.batch()], options.batch());
            StepResult result = model.step(
                    new Batch(images, labels.to(compute.device(), labels.scalar_type()), stages * ENDLESS),
                    steps % stages * ENDLESS + steps / stages);
            // A step has ended when its numbers are there.
            result.numbers();
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
     * Runs a few training steps and takes the fastest of each kind, by its stage and its place in the cycle of steps.
     *
     * @param options of the nets and of the batch
     * @param compute where the nets are sent
     * @return seconds per real image, in the mean over the kinds
     */
    public static double secondsPerImage(GeneratorSpec<?> options, Compute compute) {
        double[] best = new double[options.stages() * options.cycle()];
        Arrays.fill(best, Double.MAX_VALUE);
        try (GeneratorSpeed speed = new GeneratorSpeed(options, compute)) {
            for (int i = 0; i < TIMES * best.length; i++) {
                long start = System.nanoTime();
                speed.step();
                int kind = i % best.length;
                best[kind] = Math.min(best[kind], (System.nanoTime() - start) / 1e9);
            }
        }
        return Arrays.stream(best).sum() / best.length / options.common().batch();
    }

    /**
     * {@return how large a batch a training step has memory for}
     *
     * @param options of the nets
     * @param compute where the training is to be
     */
    public static StepMemory memory(GeneratorSpec<?> options, Compute compute) {
        return StepMemory.of(
                compute.device(),
                images -> {
                    try (GeneratorSpeed speed = new GeneratorSpeed(withBatch(options, images), compute)) {
                        for (int i = 0; i < options.stages() * options.cycle(); i++) {
                            speed.step();
                        }
                    }
                },
                images -> withBatch(options, images).summary().memory().total());
    }

    private static GeneratorSpec<?> withBatch(GeneratorSpec<?> options, int batch) {
        return options.common(common -> common.batch(batch));
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
        for (int i = 0; i < TIMES && (i == 0 || best < LONG_SECONDS); i++) {
            long start = System.nanoTime();
            sampler.pixels(new Seed(i), 0, sampler.together(), 0);
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best / sampler.together();
    }
}
