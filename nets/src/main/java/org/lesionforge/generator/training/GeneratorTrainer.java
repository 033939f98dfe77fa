package org.lesionforge.generator.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.Schedule;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.InitialRun;
import org.lesionforge.generator.run.RunSummary;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.training.CheckpointPolicy;

/**
 * Trains a generator on the images of one or several classes of a training part. Validation and test images cannot be handed to it, by type.
 *
 * <p>An epoch shuffles the images and takes whole batches; what does not fill the last one is left to another epoch.
 */
public final class GeneratorTrainer {
    private static final String TASK = "training the GAN, images";

    private final GeneratorSpec<?> options;
    private final GeneratorOptions common;
    private final CheckpointPolicy policy;
    private final Compute compute;
    private final Seed seed;
    private final Progress progress;

    /**
     * Makes a trainer for any number of runs, one after the other.
     *
     * @param options with which the runs were made
     * @param policy how a training is kept safe; changes nothing that it comes to
     * @param compute where the nets are sent
     * @param progress receives every iteration; its cancellation ends the training after one
     */
    public GeneratorTrainer(GeneratorSpec<?> options, CheckpointPolicy policy, Compute compute, Progress progress) {
        this.options = options;
        this.common = options.common();
        this.policy = policy;
        this.compute = compute;
        this.seed = new Seed(common.seed());
        this.progress = progress;
    }

    /**
     * Makes a trainer with {@link CheckpointPolicy#DEFAULTS}.
     *
     * @param options with which the runs were made
     * @param compute where the nets are sent
     * @param progress is told of every iteration; its cancellation ends the training after one
     */
    public GeneratorTrainer(GeneratorSpec<?> options, Compute compute, Progress progress) {
        this(options, CheckpointPolicy.DEFAULTS, compute, progress);
    }

    /**
     * Trains to the last epoch, writing everything into {@code run}: from its last checkpoint on where it has one, and
     * then every file is the same as if training had never stopped, on the same machine with the same number of
     * threads.
     *
     * @param real images of the classes to learn, read at {@code options.size()}
     * @param run that was created for these images and options
     * @param judge measures each snapshot; without one the last snapshot is the best
     * @return the result of the run
     * @throws UnusableInputException when the images are unsuitable (fewer than two, or not of this size), the run is
     *     of other images or options, or another process is training it
     * @throws MissingRequirementException when the run's folder has gone
     * @throws InterruptedRunException when the progress's cancellation was requested; a checkpoint was made
     * @throws IllegalStateException when losses or gradients are not finite again and again
     * @throws IOException when something cannot be written; the message names the checkpoint that is left
     */
    public RunSummary train(TrainingPart real, GeneratorRun run, Optional<SnapshotJudge> judge) throws IOException {
        check(real, options);
        run.requireSame(real, options);
        try (FolderLock lock = FolderLock.hold(run.folder(), GeneratorRun.TRAINING)) {
            return lock.run(() -> trainAlone(real, run, judge));
        }
    }

    private RunSummary trainAlone(TrainingPart real, GeneratorRun run, Optional<SnapshotJudge> judge)
            throws IOException {
        Schedule schedule = Schedule.of(options, real.size());
        run.trainedOn(compute.computed());
        try (GeneratorState state = new GeneratorState(options, compute);
                TrainingRecord record = TrainingRecord.open(run, state, schedule, policy, progress)) {
            try {
                if (record.isAtBeginning()) {
                    begin(run, state, record);
                }
                try (RealBatches batches = new RealBatches(
                        real, run.config().learned(), options, schedule, state.iteration, compute.device())) {
                    loop(real, run, judge, schedule, state, record, batches);
                }
            } catch (InterruptedRunException e) {
                record.save();
                throw new InterruptedRunException("the GAN's training was stopped after iteration " + state.iteration
                        + " of " + schedule.iterations() + "; everything is saved in " + run.folder());
            } catch (IOException e) {
                throw new IOException(record.ended(e), e);
            }
            run.chooseBest(judge.flatMap(SnapshotJudge::selection));
            return run.summary(
                    state.iteration,
                    schedule.epoch(state.iteration),
                    state.iteration * schedule.batch() / state.seconds);
        }
    }

    /** With the weights of another run, where it says so: then they are in a checkpoint of its own, and the other run may go. */
    private void begin(GeneratorRun run, GeneratorState state, TrainingRecord record) throws IOException {
        InitialRun init = run.config().init();
        if (init != null) {
            new InitialWeights(init).load(state.model, run.config().learned().names(), options.usesLabels());
            record.save();
            progress.message("begins with the weights of " + init.run() + ", iteration " + init.iteration());
        }
    }

    private void loop(
            TrainingPart real,
            GeneratorRun run,
            Optional<SnapshotJudge> judge,
            Schedule schedule,
            GeneratorState state,
            TrainingRecord record,
            RealBatches batches)
            throws IOException {
        long images = schedule.iterations() * schedule.batch();
        Cancellation cancellation = progress.cancellation();
        while (true) {
            int epoch = schedule.epoch(state.iteration);
            if (schedule.endsSnapshotEpoch(state.iteration) && state.snapshotEpoch < epoch) {
                record.settle();
                record.snapshot(epoch, snapshot(real, run, state, judge, epoch));
            }
            if (state.iteration == schedule.iterations() || record.isPatienceOver()) {
                return;
            }
            record.iteration(iterate(batches, state, record));
            long done = state.iteration * schedule.batch();
            progress.advance(TASK, done, images, "epoch " + schedule.epoch(state.iteration) + record.read());
            cancellation.throwIfRequested(TASK, done, images);
            if (!schedule.endsSnapshotEpoch(state.iteration)) {
                // There the snapshot is one; two of one iteration could not both be kept.
                record.saveIfDue();
            }
        }
    }

    /** One iteration. Everything random in it follows from the seed and its number. The one before is read when the images of this one are there. */
    private StepResult iterate(RealBatches batches, GeneratorState state, TrainingRecord record) throws IOException {
        long start = System.nanoTime();
        try (Scope scope = new Scope();
                Arithmetic training = compute.training()) {
            Batch batch = batches.next();
            record.settle();
            return state.advance(batch);
        } catch (RuntimeException e) {
            throw GeneratorSpeed.memory(options, compute).explained(e, common.batch(), "--batch");
        } finally {
            state.seconds += (System.nanoTime() - start) / 1e9;
        }
    }

    /**
     * Checks before anything is written that the images are suitable.
     *
     * @param real images of the classes to learn
     * @param options of the training, of which the size counts here
     * @throws UnusableInputException when {@link #train} would
     */
    public static void check(TrainingPart real, GeneratorSpec<?> options) {
        int size = options.common().size();
        if (options.common().channels() != GeneratorOptions.RGB) {
            throw new UnusableInputException(real.dataset().folder() + " has images of " + GeneratorOptions.RGB
                    + " channels, the generator's options say "
                    + options.common().channels());
        }
        if (!real.sides().contains(size)) {
            throw new UnusableInputException(real.dataset().folder() + " has no images of " + size + "×" + size
                    + " pixels for the GAN, only of " + real.sides() + "; prepare it again with --sizes " + size
                    + " or give the GAN another size");
        }
        real.dataset().requireUnchanged(size);
        if (real.size() < 2) {
            throw new UnusableInputException("a GAN needs at least two training images of its class, "
                    + real.dataset().folder() + " has " + real.size()
                    + "; add images of it, or prepare the data set with a smaller --test and --validation");
        }
        // All that can be told apart are of classes that are learned.
        int[] counts = real.counts();
        if (options.conditional() && Arrays.stream(counts).anyMatch(count -> count == 1)) {
            throw new UnusableInputException(
                    "a conditional generator needs at least two training images of each class, "
                            + real.dataset().folder() + " has " + Arrays.toString(counts) + " of " + real.classes()
                            + "; leave out the class with one");
        }
    }

    /** Keeps the generators and pictures of what they draw, and measures them. */
    private Map<GeneratorWeights, SnapshotJudge.Verdict> snapshot(
            TrainingPart real, GeneratorRun run, GeneratorState state, Optional<SnapshotJudge> judge, int epoch)
            throws IOException {
        state.model.prepareSnapshot(
                seed.of("statistics"), run.config().learned().shares(real));
        SnapshotPictures pictures = new SnapshotPictures(run, real, seed);
        Map<GeneratorWeights, SnapshotJudge.Verdict> verdicts = new EnumMap<>(GeneratorWeights.class);
        for (Map.Entry<GeneratorWeights, Sampler> each : state.model.samplers().entrySet()) {
            GeneratorWeights weights = each.getKey();
            Sampler sampler = each.getValue();
            try (Scope scope = new Scope()) {
                run.files()
                        .save(
                                new Snapshot(epoch, weights),
                                Objects.requireNonNull(state.model.snapshots().get(weights)),
                                run.config().className());
            }
            boolean usual = weights == run.usualWeights();
            List<RgbImage> grid = usual ? pictures.grid(epoch, sampler.quick()) : List.of();
            Optional<SnapshotJudge.Verdict> verdict =
                    judge.map(measure -> measure.judge(sampler, seed.of("judged-latents"), progress));
            verdict.ifPresent(found -> verdicts.put(weights, found));
            if (usual) {
                pictures.nearest(epoch, grid, verdict);
            }
        }
        return verdicts;
    }
}
