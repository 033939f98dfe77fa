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
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;

/**
 * What a training writes down as it goes: {@code stats.jsonl} (a line per iteration), {@code metrics.jsonl} (a line per measured snapshot),
 * {@code alarms.jsonl}. An iteration's line takes about 150 bytes, so that a hundred thousand of them make 15 MB.
 */
final class GanLogs implements AutoCloseable {
    private static final String STATS = "stats.jsonl";
    private static final String METRICS = "metrics.jsonl";
    private static final String ALARMS = "alarms.jsonl";
    private static final List<String> NAMES = List.of(STATS, METRICS, ALARMS);

    private final Path folder;
    private final BufferedWriter stats;

    private GanLogs(Path folder) throws IOException {
        this.folder = folder;
        stats = Files.newBufferedWriter(folder.resolve(STATS), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
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
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("iteration", iteration);
        line.put("epoch", epoch);
        line.put("loss_d", (float) outcome.lossD());
        line.put("loss_g", (float) outcome.lossG());
        line.put("d_real", (float) outcome.dReal());
        line.put("d_fake", (float) outcome.dFake());
        line.put("gradient_d", (float) outcome.gradientD());
        line.put("gradient_g", (float) outcome.gradientG());
        if (outcome.skipped()) {
            line.put("skipped", true);
        }
        putAlarms(line, alarms);
        stats.write(Json.line(line));
        stats.newLine();
        append(alarms);
    }

    void snapshot(
            Snapshot snapshot,
            long iteration,
            SnapshotJudge.Verdict verdict,
            List<Alarm> alarms,
            List<Alarm.Kind> holding)
            throws IOException {
        Map<String, Object> line = line(snapshot, iteration, verdict);
        putAlarms(line, alarms);
        if (!holding.isEmpty()) {
            line.put("under_alarm", holding);
        }
        Json.appendLine(folder.resolve(METRICS), line);
        append(alarms);
    }

    /** What {@code metrics.jsonl} says of a snapshot, but for its alarms. */
    static Map<String, Object> line(Snapshot snapshot, long iteration, SnapshotJudge.Verdict verdict) {
        List<Map<String, Object>> metrics = new ArrayList<>();
        verdict.metrics().forEach((key, metric) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("key", key);
            entry.put("name", metric.name());
            entry.put("value", metric.value());
            entry.put("std", metric.std());
            entry.put("recipe", metric.recipe());
            if (metric.ci95() != null) {
                entry.put("ci95", metric.ci95());
            }
            metrics.add(entry);
        });
        List<Map<String, String>> missing = new ArrayList<>();
        verdict.missing().forEach((key, reason) -> {
            // Map.of has another order in every process, and a resumed run's lines are to be the same.
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("key", key);
            entry.put("reason", reason);
            missing.add(entry);
        });
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("epoch", snapshot.epoch());
        line.put("iteration", iteration);
        line.put("weights", snapshot.weights());
        line.put("metrics", metrics);
        line.put("missing", missing);
        return line;
    }

    private static void putAlarms(Map<String, Object> line, List<Alarm> alarms) {
        if (!alarms.isEmpty()) {
            line.put("alarms", alarms.stream().map(Alarm::kind).toList());
        }
    }

    private void append(List<Alarm> alarms) throws IOException {
        for (Alarm alarm : alarms) {
            Json.appendLine(folder.resolve(ALARMS), alarm);
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
            sums.put(name, sha256(folder.resolve(name), bytes.get(name)));
        }
        return sums;
    }

    @Override
    public void close() throws IOException {
        stats.close();
    }
}
