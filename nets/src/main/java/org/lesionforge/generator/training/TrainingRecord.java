package org.lesionforge.generator.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lesionforge.generator.Schedule;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Alarm;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.Scope;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.training.Checkpoints;
import org.lesionforge.training.LogFiles;

/** The files that a training writes: logs, alarms, snapshots, and the checkpoints that it can resume from. */
final class TrainingRecord implements AutoCloseable {
    private final GeneratorRun run;
    private final GeneratorState state;
    private final Schedule schedule;
    private final CheckpointPolicy policy;
    private final Progress progress;
    private final LogFiles logFiles;
    private final Checkpoints checkpoints;
    private final GeneratorLogs logs;
    private final Optional<Checkpoint> last;

    private boolean patienceIsOver;
    /** The last iteration, while it is not written down. */
    private Optional<StepResult> pending = Optional.empty();

    private Optional<StepResult> latest = Optional.empty();

    private TrainingRecord(
            GeneratorRun run, GeneratorState state, Schedule schedule, CheckpointPolicy policy, Progress progress)
            throws IOException {
        this.run = run;
        this.state = state;
        this.schedule = schedule;
        this.policy = policy;
        this.progress = progress;
        logFiles = GeneratorLogs.files(run.folder());
        checkpoints = new Checkpoints(run.checkpoints(), policy, logFiles);
        last = checkpoints.restore(Checkpoint.class, state::restore, progress);
        logs = GeneratorLogs.open(run.folder(), last.map(Checkpoint::logBytes).orElse(Map.of()));
        patienceIsOver = isBestLongAgo();
    }

    /**
     * Opens the record of a run, and brings {@code state} to its last checkpoint where there is one.
     *
     * @throws MissingRequirementException when the disk is too small for the checkpoints
     */
    static TrainingRecord open(
            GeneratorRun run, GeneratorState state, Schedule schedule, CheckpointPolicy policy, Progress progress)
            throws IOException {
        TrainingRecord record = new TrainingRecord(run, state, schedule, policy, progress);
        try {
            record.requireDisk();
        } catch (IOException | RuntimeException e) {
            record.close();
            throw e;
        }
        record.last.ifPresent(
                checkpoint -> progress.message("resuming from the checkpoint of iteration " + checkpoint.iteration()
                        + " of " + schedule.iterations() + " (epoch " + schedule.epoch(checkpoint.iteration()) + ")"));
        return record;
    }

    /** Whether there was no checkpoint to resume from. */
    boolean isAtBeginning() {
        return last.isEmpty();
    }

    private void requireDisk() throws IOException {
        long checkpoint = state.bytes();
        long snapshot = state.snapshotBytes();
        // One more of each while it is written, and the best snapshot.
        long most = (policy.keep() + 1) * checkpoint + Math.min(schedule.snapshots(), policy.keep() + 2) * snapshot;
        progress.message(checkpoints.requireDisk(
                most,
                "a checkpoint takes " + Checkpoints.megabytes(checkpoint) + " and a snapshot "
                        + Checkpoints.megabytes(snapshot),
                "free some, keep fewer checkpoints (--keep 1), or make the nets smaller"));
    }

    /** Takes the iteration that was done. It is read and written down when it is {@linkplain #settle settled}, at the latest for a checkpoint. */
    void iteration(StepResult step) {
        pending = Optional.of(step);
    }

    /** The numbers of the last iteration that was read, for people: {@code , loss_d 1.37}; nothing before the first. */
    String read() {
        return latest.map(step -> ", " + step.describe()).orElse("");
    }

    /**
     * Writes down the iteration that was done, unless it is already; waits for the device. Before the next one, which is to see what follows from it.
     *
     * @throws IllegalStateException when training has failed for good
     */
    void settle() throws IOException {
        if (pending.isPresent()) {
            latest = pending;
            pending = Optional.empty();
            settle(latest.get());
        }
    }

    private void settle(StepResult step) throws IOException {
        List<Alarm> alarms = new ArrayList<>();
        alarms.addAll(state.alarms.see(step, state.iteration));
        state.guard.see(step, state.iteration).ifPresent(alarms::add);
        logs.iteration(state.iteration, schedule.epoch(state.iteration), step, alarms);
        alarms.forEach(alarm -> progress.message(alarm.toString()));
        if (state.guard.hasFailed()) {
            throw new IllegalStateException("training has failed: " + alarms.get(alarms.size() - 1)
                    + "; the snapshots and checkpoints so far are kept");
        }
    }

    /**
     * Writes down a snapshot that is complete, makes it a checkpoint, and deletes what is not kept any more.
     *
     * @param verdicts what its generators were measured at; may be empty
     */
    void snapshot(int epoch, Map<GeneratorWeights, SnapshotJudge.Verdict> verdicts) throws IOException {
        List<Alarm> raised = verdicts.containsKey(run.usualWeights())
                ? state.alarms.see(verdicts.get(run.usualWeights()).metrics(), state.iteration)
                : List.of();
        for (Map.Entry<GeneratorWeights, SnapshotJudge.Verdict> measured : verdicts.entrySet()) {
            List<Alarm> alarms = measured.getKey() == run.usualWeights() ? raised : List.of();
            Snapshot snapshot = new Snapshot(epoch, measured.getKey());
            logs.snapshot(snapshot, state.iteration, measured.getValue(), alarms, holding());
            progress.message(snapshot + ": " + measured.getValue().summary());
            alarms.forEach(alarm -> progress.message(alarm.toString()));
        }
        state.snapshotEpoch = epoch;
        save();
        run.files().deleteOld(policy.keep(), run.measured().chosen());
        patienceIsOver = isBestLongAgo();
    }

    private List<Alarm.Kind> holding() {
        List<Alarm.Kind> holding = new ArrayList<>(state.alarms.holding(state.iteration));
        if (state.guard.isReported(state.iteration)) {
            holding.add(Alarm.Kind.GRADIENTS);
        }
        return holding;
    }

    /** Whether so many snapshots of the last stage in a row were no better than the best that training is to end. */
    boolean isPatienceOver() {
        return patienceIsOver;
    }

    private boolean isBestLongAgo() {
        int patience = schedule.options().patience();
        return patience > 0 && run.measured().epochsSinceNearest(schedule.epochsBeforeLastStage()) >= patience;
    }

    /** Makes a checkpoint when the last is older than the policy allows. */
    void saveIfDue() throws IOException {
        if (checkpoints.isDue()) {
            save();
        }
    }

    /** Makes a checkpoint of this very moment. */
    void save() throws IOException {
        settle();
        logs.flush();
        Map<String, Long> logBytes = logFiles.bytes();
        JsonNode memo = Objects.requireNonNull(Json.convert(state.model.memo(), JsonNode.class));
        Checkpoint header = new Checkpoint(
                Checkpoint.FORMAT_VERSION,
                state.iteration,
                schedule.epoch(Math.max(1, state.iteration)),
                schedule.position(Math.max(1, state.iteration)) + 1,
                state.snapshotEpoch,
                state.seconds,
                schedule.options().seed(),
                Checkpoint.RANDOMNESS,
                state.model.learningRate(),
                state.guard.state(),
                state.alarms.state(),
                memo.isEmpty() ? null : memo,
                run.measured().chosen().orElse(null),
                logBytes,
                logFiles.sha256(logBytes),
                null,
                null);
        try (Scope scope = new Scope()) {
            checkpoints.save(header, state.tensors());
        }
    }

    /** The message of a training that has ended because something could not be written. */
    String ended(IOException reason) {
        return checkpoints.ended(reason);
    }

    @Override
    public void close() throws IOException {
        logs.close();
    }
}
