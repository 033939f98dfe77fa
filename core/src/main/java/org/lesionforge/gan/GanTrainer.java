package org.lesionforge.gan;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/**
 * Trains a DCGAN on the images of one class of a training part. Validation and test images cannot be handed to it, by type.
 *
 * <p>An epoch shuffles the images and takes whole batches; what does not fill the last one is left to another epoch.
 */
public final class GanTrainer {
    private static final String TASK = "training the GAN, images";
    private static final int SAMPLES = 64;

    private final GanOptions options;
    private final Seed seed;
    private final Progress progress;

    public GanTrainer(GanOptions options, Progress progress) {
        this.options = options;
        this.seed = new Seed(options.seed());
        this.progress = progress;
    }

    /**
     * Trains to the last epoch, writing everything into {@code run}.
     *
     * @param real images of the one class to learn, read at {@code options.size()}
     * @param run a fresh run directory
     * @param judge measures each snapshot; without one the last snapshot is the best
     * @return what the run came to
     * @throws UnusableInputException when the images do not serve: fewer than two, or not of this size
     * @throws IllegalStateException when a loss stops being a number
     */
    public GanRun.Summary train(TrainingPart real, GanRun run, Optional<SnapshotJudge> judge) throws IOException {
        check(real);
        int batch = Math.min(options.batch(), real.size());
        Generator generator = new Generator(options, seed.of("generator"));
        Discriminator discriminator = new Discriminator(options, seed.of("discriminator"));
        generator.to(Torch.device(), false);
        discriminator.to(Torch.device(), false);
        GanStep step = new GanStep(generator, discriminator, options);

        int batchesPerEpoch = real.size() / batch;
        long images = (long) batchesPerEpoch * batch * options.epochs();
        long iteration = 0;
        double seconds = 0;
        try (GanRun.Log log = run.openLog()) {
            for (int epoch = 1; epoch <= options.epochs(); epoch++) {
                int[] order = seed.of("order").at(epoch).permutation(real.size());
                for (int b = 0; b < batchesPerEpoch; b++) {
                    long start = System.nanoTime();
                    GanStep.Outcome outcome;
                    try (Scope scope = new Scope()) {
                        Tensor x = batch(real, order, b * batch, batch);
                        outcome = step.run(
                                x, latents(seed.of("latents").at(iteration), batch, options.latent()), iteration);
                    }
                    seconds += (System.nanoTime() - start) / 1e9;
                    log.write(++iteration, epoch, outcome);
                    requireFinite(outcome, iteration);
                    progress.advance(TASK, iteration * batch, images, describe(outcome, epoch));
                }
                if (epoch % options.snapshotEvery() == 0 || epoch == options.epochs()) {
                    log.flush();
                    snapshot(run, generator, discriminator, judge, epoch, iteration);
                }
            }
        } finally {
            StateDict.free(generator);
            StateDict.free(discriminator);
        }
        run.chooseBest(judge.flatMap(SnapshotJudge::selectionMetric));
        return run.summary(iteration, options.epochs(), iteration * batch / seconds);
    }

    /**
     * Finds out before anything is written whether the images serve.
     *
     * @throws UnusableInputException when {@link #train} would
     */
    public void check(TrainingPart real) {
        if (!real.sides().contains(options.size())) {
            throw new UnusableInputException(real.dataset().folder() + " has no images of " + options.size() + "×"
                    + options.size() + " pixels for the GAN, only of " + real.sides()
                    + "; prepare it again with --sizes "
                    + options.size() + " or give the GAN another size");
        }
        if (real.size() < 2) {
            throw new UnusableInputException("a GAN needs at least two training images of its class, "
                    + real.dataset().folder() + " has " + real.size());
        }
    }

    private Tensor batch(TrainingPart real, int[] order, int first, int count) {
        int side = options.size();
        byte[] pixels = new byte[count * side * side * 3];
        for (int i = 0; i < count; i++) {
            real.read(order[first + i], side, pixels, i * side * side * 3);
        }
        return Tensors.images(pixels, count, side, Torch.device());
    }

    static Tensor latents(Seed seed, int count, int length) {
        return Tensors.of(Latents.draw(seed, 0, count, length), count, length).to(Torch.device(), ScalarType.Float);
    }

    private void snapshot(
            GanRun run,
            Generator generator,
            Discriminator discriminator,
            Optional<SnapshotJudge> judge,
            int epoch,
            long iteration)
            throws IOException {
        run.saveSnapshot(epoch, generator, discriminator);
        Sampler sampler = new Sampler(generator, options);
        run.saveSampleGrid(epoch, sampler.images(seed.of("fixed-latents"), 0, SAMPLES));
        if (judge.isEmpty()) {
            return;
        }
        SnapshotJudge.Verdict verdict = judge.get().judge(sampler, seed.of("judged-latents"), progress);
        run.appendMetrics(epoch, iteration, verdict);
        progress.message(String.format(Locale.ROOT, "epoch %d: %s", epoch, verdict.summary()));
    }

    private static String describe(GanStep.Outcome outcome, int epoch) {
        return String.format(
                Locale.ROOT,
                "epoch %d  loss D %.3f  G %.3f  D(x) %.2f  D(G(z)) %.2f",
                epoch,
                outcome.lossD(),
                outcome.lossG(),
                outcome.dReal(),
                outcome.dFake());
    }

    private static void requireFinite(GanStep.Outcome outcome, long iteration) {
        if (!outcome.isFinite()) {
            throw new IllegalStateException("the GAN's loss is no longer a number at iteration " + iteration + " (D "
                    + outcome.lossD() + ", G " + outcome.lossG()
                    + "); the snapshots so far are kept; train again with a lower learning rate");
        }
    }
}
