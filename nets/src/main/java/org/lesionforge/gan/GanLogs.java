package org.lesionforge.gan;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Alarm;
import org.lesionforge.run.GanIteration;
import org.lesionforge.run.MeasuredSnapshot;
import org.lesionforge.run.MeasuredSnapshot.Measurement;
import org.lesionforge.run.MeasuredSnapshot.Missing;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.GanLayout;
import org.lesionforge.run.Snapshot;

/**
 * The logs of a training: {@code stats.jsonl} (a line per iteration), {@code metrics.jsonl} (a line per measured
 * snapshot), {@code alarms.jsonl}. An iteration's line takes about 150 bytes, so that a hundred thousand of them make
 * 15 MB.
 */
final class GanLogs implements AutoCloseable {
    private static final List<String> NAMES = List.of(RunLayout.STATISTICS, GanLayout.METRICS, GanLayout.ALARMS);

    private final Path folder;
    private final GanLayout layout;
    private final BufferedWriter stats;

    private GanLogs(Path folder) throws IOException {
        this.folder = folder;
        layout = new GanLayout(folder);
        stats = Files.newBufferedWriter(layout.statistics(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * Opens the logs of a run.
     *
     * @param bytes how long each was at the checkpoint to resume from; what was written later is cut off. None is of length 0
     */
    static GanLogs open(Path folder, Map<String, Long> bytes) throws IOException {
        for (String name : NAMES) {
            cut(folder.resolve(name), bytes.getOrDefault(name, 0L));
        }
        return new GanLogs(folder);
    }

    private static void cut(Path file, long bytes) throws IOException {
        if (Files.exists(file) && Files.size(file) > bytes) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(bytes);
            }
        }
    }

    /** @throws UnusableInputException when what a log held at a checkpoint is not there any more */
    static void requireUnchanged(Path folder, Checkpoint checkpoint) {
        for (String name : NAMES) {
            Path file = folder.resolve(name);
            long bytes = checkpoint.logBytes().getOrDefault(name, 0L);
            try {
                long size = Files.exists(file) ? Files.size(file) : 0;
                if (size < bytes) {
                    throw new UnusableInputException(file + " has " + size + " bytes, at the checkpoint it had " + bytes
                            + ": it was changed since");
                }
                if (checkpoint.logSha256() != null) {
                    Checksums.require(
                            file + " up to the checkpoint",
                            checkpoint.logSha256().get(name),
                            sha256(file, bytes),
                            "bring it back as it was");
                }
            } catch (IOException e) {
                throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
    }

    private static String sha256(Path file, long bytes) throws IOException {
        if (bytes == 0) {
            return Sha256.of();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.of(in, bytes);
        }
    }

    void iteration(long iteration, int epoch, GanStep.Outcome outcome, List<Alarm> alarms) throws IOException {
        GanIteration line = new GanIteration(
                iteration,
                epoch,
                digits(outcome.lossD()),
                digits(outcome.lossG()),
                digits(outcome.dReal()),
                digits(outcome.dFake()),
                digits(outcome.gradientD()),
                digits(outcome.gradientG()),
                outcome.skipped(),
                kinds(alarms));
        stats.write(Json.line(line));
        stats.newLine();
        append(alarms);
    }

    /** Those of float32, in which it was computed. */
    private static double digits(double value) {
        return Double.parseDouble(Float.toString((float) value));
    }

    private static List<Alarm.Kind> kinds(List<Alarm> alarms) {
        return alarms.stream().map(Alarm::kind).toList();
    }

    void snapshot(
            Snapshot snapshot,
            long iteration,
            SnapshotJudge.Verdict verdict,
            List<Alarm> alarms,
            List<Alarm.Kind> holding)
            throws IOException {
        Json.appendLine(layout.metrics(), line(snapshot, iteration, verdict, kinds(alarms), holding));
        append(alarms);
    }

    /** What {@code metrics.jsonl} says of a snapshot. */
    static MeasuredSnapshot line(
            Snapshot snapshot,
            long iteration,
            SnapshotJudge.Verdict verdict,
            List<Alarm.Kind> alarms,
            List<Alarm.Kind> holding) {
        List<Measurement> metrics = new ArrayList<>();
        verdict.metrics().forEach((key, metric) -> metrics.add(Measurement.of(key, metric)));
        List<Missing> missing = new ArrayList<>();
        verdict.missing().forEach((key, reason) -> missing.add(new Missing(key, reason)));
        return new MeasuredSnapshot(snapshot.epoch(), iteration, snapshot.weights(), metrics, missing, alarms, holding);
    }

    private void append(List<Alarm> alarms) throws IOException {
        for (Alarm alarm : alarms) {
            Json.appendLine(layout.alarms(), alarm);
        }
    }

    /** Writes out what is still in memory, and says how long each log is now. */
    Map<String, Long> bytes() throws IOException {
        stats.flush();
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (String name : NAMES) {
            Path file = folder.resolve(name);
            bytes.put(name, Files.exists(file) ? Files.size(file) : 0);
        }
        return bytes;
    }

    /** The SHA-256 of the first {@code bytes} of each log. */
    Map<String, String> sha256(Map<String, Long> bytes) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        for (String name : NAMES) {
            sums.put(name, sha256(folder.resolve(name), Objects.requireNonNull(bytes.get(name))));
        }
        return sums;
    }

    @Override
    public void close() throws IOException {
        stats.close();
    }
}
