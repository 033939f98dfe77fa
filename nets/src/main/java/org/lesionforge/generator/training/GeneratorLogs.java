package org.lesionforge.generator.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Alarm;
import org.lesionforge.run.GanIteration;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.GanLayout;
import org.lesionforge.run.Snapshot;
import org.lesionforge.training.LogFiles;

/**
 * The logs of a training: {@code stats.jsonl} (a line per iteration), {@code metrics.jsonl} (a line per measured
 * snapshot), {@code alarms.jsonl}. An iteration's line takes about 150 bytes, so that a hundred thousand of them make
 * 15 MB.
 */
final class GeneratorLogs implements AutoCloseable {
    private static final List<String> NAMES = List.of(RunLayout.STATISTICS, GanLayout.METRICS, GanLayout.ALARMS);

    private final GanLayout layout;
    private final BufferedWriter stats;

    private GeneratorLogs(Path folder) throws IOException {
        layout = new GanLayout(folder);
        stats = Files.newBufferedWriter(layout.statistics(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The logs of a run as files. */
    static LogFiles files(Path folder) {
        return new LogFiles(folder, NAMES);
    }

    /**
     * Opens the logs of a run.
     *
     * @param bytes how long each was at the checkpoint to resume from; what was written later is cut off. None is of length 0
     */
    static GeneratorLogs open(Path folder, Map<String, Long> bytes) throws IOException {
        files(folder).cut(bytes);
        return new GeneratorLogs(folder);
    }

    void iteration(long iteration, int epoch, StepResult step, List<Alarm> alarms) throws IOException {
        Map<String, Double> numbers = new LinkedHashMap<>(step.numbers());
        numbers.replaceAll((key, number) -> digits(number));
        GanIteration line = new GanIteration(iteration, epoch, numbers, step.skipped(), kinds(alarms));
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
        Json.appendLine(layout.metrics(), verdict.line(snapshot, iteration, kinds(alarms), holding));
        append(alarms);
    }

    private void append(List<Alarm> alarms) throws IOException {
        for (Alarm alarm : alarms) {
            Json.appendLine(layout.alarms(), alarm);
        }
    }

    /** Writes out what is still in memory. */
    void flush() throws IOException {
        stats.flush();
    }

    @Override
    public void close() throws IOException {
        stats.close();
    }
}
