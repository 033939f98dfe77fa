package org.lesionforge.gan;

import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** How fast a GAN trains on this machine: the steps of {@link GanTrainer}, on grey images. */
public final class GanSpeed implements AutoCloseable {
    private static final int STEPS = 3;

    private final GanOptions options;
    private final Compute compute;
    private final Generator generator;
    private final Discriminator discriminator;
    private final GanStep step;
    private final byte[] grey;
    private int steps;

    /**
     * Makes both nets, with random weights.
     *
     * @param options of the nets and of the batch
     * @param compute where the nets are sent
     */
    public GanSpeed(GanOptions options, Compute compute) {
        this.options = options;
        this.compute = compute;
        generator = new Generator(options, new Seed(1));
        discriminator = new Discriminator(options, new Seed(2));
        generator.to(compute.device(), false);
        discriminator.to(compute.device(), false);
        step = new GanStep(generator, discriminator, options);
        grey = new byte[options.batch() * options.size() * options.size() * 3];
    }

    /**
     * Trains both nets on one batch.
     *
     * @return its real images
     */
    public int step() {
        try (Scope scope = new Scope()) {
            Tensor real = Tensors.images(grey, options.batch(), options.size(), compute.device());
            step.run(real, GanTrainer.latents(new Seed(steps), options.batch(), options.latent(), compute), steps);
            steps++;
        }
        return options.batch();
    }

    @Override
    public void close() {
        step.close();
        StateDict.free(generator);
        StateDict.free(discriminator);
    }

    /**
     * Runs a few training steps and takes the fastest.
     *
     * @param options of the nets and of the batch
     * @param compute where the nets are sent
     * @return seconds per real image
     */
    public static double secondsPerImage(GanOptions options, Compute compute) {
        double best = Double.MAX_VALUE;
        try (GanSpeed speed = new GanSpeed(options, compute)) {
            for (int i = 0; i < STEPS; i++) {
                long start = System.nanoTime();
                speed.step();
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
        }
        return best / options.batch();
    }

    /**
     * Draws a few batches and takes the fastest.
     *
     * @param options of the generator
     * @param compute where the generator is sent
     * @return seconds per drawn image
     */
    public static double drawingSecondsPerImage(GanOptions options, Compute compute) {
        double best = Double.MAX_VALUE;
        try (GanSpeed speed = new GanSpeed(options, compute)) {
            Sampler sampler = new Sampler(speed.generator, options, compute);
            for (int i = 0; i < STEPS; i++) {
                long start = System.nanoTime();
                sampler.pixels(new Seed(i), Sampler.BATCH);
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
        }
        return best / Sampler.BATCH;
    }
}
