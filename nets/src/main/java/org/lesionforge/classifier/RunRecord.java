package org.lesionforge.classifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.run.EpochStats;
import org.lesionforge.run.RunFiles.ProbeStats;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.torch.Scope;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.training.Checkpoints;
import org.lesionforge.training.LogFiles;

/** The files that a training writes into its run: the log, and the checkpoints that it can resume from. */
final class RunRecord implements TrainingListener {
    private final ClassifierRun run;
    private final ClassifierOptions options;
    private final CheckpointPolicy policy;
    private final Progress progress;
    private final LogFiles logs;
    private final Checkpoints checkpoints;

    RunRecord(ClassifierRun run, ClassifierOptions options, CheckpointPolicy policy, Progress progress) {
        this.run = run;
        this.options = options;
        this.policy = policy;
        this.progress = progress;
        logs = new LogFiles(run.folder(), List.of(RunLayout.STATISTICS));
        checkpoints = new Checkpoints(new ArmLayout(run.folder()).checkpoints(), policy, logs);
    }

    /**
     * Brings {@code state} to the last checkpoint, where there is one.
     *
     * @throws MissingRequirementException when the disk is too small for the checkpoints
     * @throws UncheckedIOException when the log cannot be cut back
     */
    @Override
    public void begin(TrainingState state) {
        Optional<ClassifierCheckpoint> last = checkpoints.restore(ClassifierCheckpoint.class, state::restore, progress);
        try {
            logs.cut(last.map(ClassifierCheckpoint::logBytes).orElse(Map.of()));
            long bytes = state.mostBytes();
            checkpoints.requireDisk(
                    // One more while it is written.
                    (policy.keep() + 1) * bytes,
                    "a checkpoint of the classifier takes up to " + Checkpoints.megabytes(bytes),
                    "free some, or keep fewer checkpoints (--keep 1)");
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        last.ifPresent(checkpoint -> progress.message(
                "resuming from the checkpoint of iteration " + checkpoint.iteration() + " (" + done(state) + ")"));
    }

    @Override
    public void epoch(EpochStats stats) {
        run.log(stats);
    }

    /** What an interrupted fit has logged goes: a fit takes seconds and starts anew. */
    @Override
    public void beginFit() {
        try {
            logs.cut(Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void fitted(ProbeStats stats) {
        run.log(stats);
    }

    /** Makes a checkpoint when the last is older than the policy allows. */
    @Override
    public void step(TrainingState state) {
        if (checkpoints.isDue() && state.position.epoch() <= options.epochs()) {
            save(state);
        }
    }

    /** Makes a checkpoint of this very moment. */
    @Override
    public InterruptedRunException stopped(TrainingState state, InterruptedRunException reason) {
        save(state);
        return new InterruptedRunException(
                "the classifier's training was stopped (" + done(state) + "); everything is saved in " + run.folder());
    }

    private String done(TrainingState state) {
        return state.tally.images() + " images into epoch " + state.position.epoch() + " of " + options.epochs();
    }

    private void save(TrainingState state) {
        state.settle();
        try (Scope scope = new Scope()) {
            Map<String, Long> logBytes = logs.bytes();
            ClassifierCheckpoint header = new ClassifierCheckpoint(
                    ClassifierCheckpoint.FORMAT_VERSION,
                    state.iteration,
                    state.position,
                    state.tally,
                    state.epochSeconds(),
                    options.seed(),
                    ClassifierCheckpoint.RANDOMNESS,
                    state.selector.chosen().orElse(null),
                    logBytes,
                    logs.sha256(logBytes),
                    null,
                    null);
            checkpoints.save(header, state.tensors());
        } catch (IOException e) {
            throw new UncheckedIOException(checkpoints.ended(e), e);
        }
    }
}
