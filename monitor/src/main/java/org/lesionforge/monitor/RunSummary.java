package org.lesionforge.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.run.RunLayout.GanLayout;

/**
 * A run in the list. What a damaged or half-removed file would say is left out: the page shows the rest.
 *
 * @param path below the folder that is shown; empty for that folder itself
 * @param kind {@code experiment}, {@code generator} or {@code classifier}
 * @param title what is trained, for people
 * @param state {@code finished}, {@code running}, {@code quiet} (nothing was written for minutes) or {@code stopped}
 * @param changed when a log was last written, in milliseconds since 1970; empty where there is none yet
 * @param done epochs, or trials of an experiment, that are finished
 * @param of how many there will be; empty where that is not known
 * @param level which level of a generator learns that is trained level by level; empty for others
 * @param secondsLeft empty where nothing tells
 * @param alarms raised so far
 * @param numbers the latest ones, by name
 */
record RunSummary(
        String path,
        String kind,
        String title,
        String state,
        Optional<Long> changed,
        long done,
        Optional<Long> of,
        Optional<TrainedLevel> level,
        Optional<Double> secondsLeft,
        long alarms,
        Map<String, Double> numbers) {
    private static final long QUIET_MS = 180_000;

    /** Present while a process writes the run, or was killed. */
    private static final String LOCK = ".lock";

    private static final List<String> HEADLINES =
            List.of("kid_validation", "fid", "validation_auc", "validation_accuracy", "validation_loss");

    static RunSummary of(RunsFolder folder, Path run, RunLayout.Kind kind) {
        JsonNode config = folder.json(new RunLayout(run).config());
        return switch (kind) {
            case GENERATOR -> generator(folder, run, config);
            case CLASSIFIER -> classifier(folder, run, config);
            case EXPERIMENT -> experiment(folder, run, config);
        };
    }

    private static RunSummary generator(RunsFolder folder, Path run, JsonNode config) {
        GanLayout files = new GanLayout(run);
        JsonNode last = folder.lastLine(files.statistics());
        boolean finished = Files.exists(files.best());
        long epochs = config.path("options").path("epochs").asLong(0);
        long epoch = last.path("epoch").asLong(0);
        Map<String, Double> numbers = new LinkedHashMap<>();
        folder.lastLine(files.metrics())
                .path("metrics")
                .forEach(metric -> headline(numbers, metric.path("key").asText(), metric.path("value")));
        last.properties().forEach(field -> {
            if (field.getKey().startsWith("loss")) {
                put(numbers, field.getKey(), field.getValue());
            }
        });
        Optional<TrainedLevel> level = TrainedLevel.of(config, last);
        long stages = config.path(TrainedLevel.STAGES).asLong(level.isPresent() ? 0 : 1);
        Optional<Long> of = Optional.of(epochs * stages).filter(all -> all > 0 && all >= epoch);
        // The levels take different times, and the next one's is not known.
        Optional<Double> left = finished || level.isPresent()
                ? Optional.empty()
                : of.flatMap(all -> secondsLeft(folder, files, last, all));
        Optional<Long> changed = changed(files.statistics(), files.metrics(), files.config());
        return new RunSummary(
                folder.name(run),
                RunLayout.Kind.GENERATOR.word(),
                config.path("title").asText("DCGAN") + " of "
                        + config.path("class_name").asText("?"),
                state(run, finished, changed),
                changed,
                epoch,
                of,
                level,
                left,
                folder.own(files.alarms()).map(RunSummary::lines).orElse(0L),
                numbers);
    }

    /** By the seconds of the iterations up to the last checkpoint. */
    private static Optional<Double> secondsLeft(RunsFolder folder, GanLayout files, JsonNode last, long epochs) {
        long epoch = last.path("epoch").asLong(0);
        long iteration = last.path("iteration").asLong(0);
        Optional<Path> newest = newestState(files.checkpoints());
        if (newest.isEmpty() || epoch < 1) {
            return Optional.empty();
        }
        JsonNode state = folder.json(newest.get());
        double perIteration = state.path("training_seconds").asDouble(0)
                / Math.max(1, state.path("iteration").asLong(0));
        double all = (double) state.path("iteration").asLong(0)
                / Math.max(1, state.path("epoch").asLong(1))
                * epochs;
        return perIteration > 0 ? Optional.of(Math.max(0, all - iteration) * perIteration) : Optional.empty();
    }

    private static Optional<Path> newestState(Path checkpoints) {
        if (!Files.isDirectory(checkpoints)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.filter(file -> file.getFileName().toString().matches("state-\\d+\\.json"))
                    .max(Path::compareTo);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static RunSummary classifier(RunsFolder folder, Path run, JsonNode config) {
        ArmLayout files = new ArmLayout(run);
        JsonNode last = folder.lastLine(files.statistics());
        boolean finished = Files.exists(run.resolve("model.json")) || Files.exists(files.result());
        long epochs = config.path("options").path("epochs").asLong(0);
        boolean frozen = config.path("options").path("freeze").asBoolean(false);
        long epoch = last.path("epoch").asLong(0);
        Map<String, Double> numbers = new LinkedHashMap<>();
        last.properties().forEach(field -> headline(numbers, field.getKey(), field.getValue()));
        put(numbers, "train_loss", last.path("train_loss"));
        Optional<Long> changed = changed(files.statistics(), files.config());
        boolean counted = !frozen && epochs > 0;
        return new RunSummary(
                folder.name(run),
                RunLayout.Kind.CLASSIFIER.word(),
                config.path("architecture").asText("inception-v3"),
                state(run, finished, changed),
                changed,
                epoch,
                counted ? Optional.of(epochs) : Optional.empty(),
                Optional.empty(),
                finished || !counted || epoch < 1
                        ? Optional.empty()
                        : Optional.of((epochs - epoch) * last.path("seconds").asDouble(0)),
                0,
                numbers);
    }

    private static RunSummary experiment(RunsFolder folder, Path run, JsonNode config) {
        RunLayout files = new RunLayout(run);
        List<ExperimentCell> cells = ExperimentCell.all(folder, run, config);
        boolean finished = Files.exists(files.results());
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (finished) {
            folder.json(files.results())
                    .path("summaries")
                    .forEach(arm -> put(
                            numbers,
                            "ROC AUC " + arm.path("name").asText(),
                            arm.path("measures").path("roc_auc").path("value")));
        }
        Optional<Long> changed = changed(run.resolve(RunPage.MESSAGES), files.seconds(), files.config());
        return new RunSummary(
                folder.name(run),
                RunLayout.Kind.EXPERIMENT.word(),
                arms(config),
                state(run, finished, changed),
                changed,
                cells.stream()
                        .filter(cell -> cell.state().equals(ExperimentCell.FINISHED))
                        .count(),
                cells.isEmpty() ? Optional.empty() : Optional.of((long) cells.size()),
                Optional.empty(),
                Optional.empty(),
                0,
                numbers);
    }

    private static String arms(JsonNode config) {
        StringJoiner arms = new StringJoiner(", ");
        config.path("options").path("arms").forEach(arm -> arms.add(arm.asText()));
        return arms.toString();
    }

    private static void headline(Map<String, Double> numbers, String key, JsonNode value) {
        if (HEADLINES.contains(key)) {
            put(numbers, key, value);
        }
    }

    private static void put(Map<String, Double> numbers, String key, JsonNode value) {
        if (value.isNumber()) {
            numbers.put(key, value.doubleValue());
        }
    }

    private static String state(Path run, boolean finished, Optional<Long> changed) {
        if (finished) {
            return "finished";
        }
        if (!isLocked(run)) {
            return "stopped";
        }
        long age = System.currentTimeMillis() - changed.orElse(0L);
        return age > QUIET_MS ? "quiet" : "running";
    }

    /** A training in an experiment is under the experiment's lock. */
    private static boolean isLocked(Path run) {
        Path folder = run;
        for (int up = 0; up < 5 && folder != null; up++) {
            if (Files.exists(folder.resolve(LOCK))) {
                return true;
            }
            folder = folder.getParent();
        }
        return false;
    }

    private static Optional<Long> changed(Path... files) {
        return Stream.of(files).flatMap(file -> modified(file).stream()).max(Long::compare);
    }

    private static Optional<Long> modified(Path file) {
        try {
            Instant time = Files.getLastModifiedTime(file).toInstant();
            return Optional.of(time.toEpochMilli());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long lines(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.count();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
