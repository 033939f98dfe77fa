package org.lesionforge.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.GanFiles;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.GanLayout;

/**
 * One run, but for its logs, which are sent as they grow.
 *
 * @param summary as in the list
 * @param logs what its logs are called; they may be missing yet
 * @param config its configuration; null where it cannot be read
 * @param samples grids of a generator, by epoch
 * @param nearest generated images of a generator beside the training images nearest to them, by epoch
 * @param real a sheet of real images beside them, by its address; empty where there is none
 * @param pictures other sheets: real beside synthetic images, what they are nearest to
 * @param cells trials of an experiment
 * @param report address of the report; empty before there is one
 */
record RunPage(
        RunSummary summary,
        List<String> logs,
        JsonNode config,
        List<Sheet> samples,
        List<Sheet> nearest,
        Optional<String> real,
        List<String> pictures,
        List<ExperimentCell> cells,
        Optional<String> report) {
    /** Messages of an experiment with their time. */
    static final String MESSAGES = "log.txt";

    private static final List<String> PICTURES =
            List.of("examples/examples.png", "examples/real.png", "examples/synthetic.png", "audit/copies.png");

    /** How far above a generator its experiment may be: {@code splits/seed0/generators/dcgan}. */
    private static final int STEPS_UP = 4;

    /** A picture of images after an epoch, by its address. */
    record Sheet(int epoch, String file) {}

    /** Empty where the folder is not a run, or not any more. */
    static Optional<RunPage> of(RunsFolder folder, Path run) {
        return RunLayout.Kind.of(run).map(kind -> of(folder, run, kind));
    }

    private static RunPage of(RunsFolder folder, Path run, RunLayout.Kind kind) {
        RunLayout files = new RunLayout(run);
        JsonNode config = folder.json(files.config());
        boolean experiment = kind == RunLayout.Kind.EXPERIMENT;
        return new RunPage(
                RunSummary.of(folder, run, kind),
                logs(kind).stream().map(log -> folder.name(run.resolve(log))).toList(),
                config,
                kind == RunLayout.Kind.GENERATOR ? sheets(folder, run, GanFiles::samples) : List.of(),
                kind == RunLayout.Kind.GENERATOR ? sheets(folder, run, GanFiles::nearest) : List.of(),
                kind == RunLayout.Kind.GENERATOR ? real(folder, run) : Optional.empty(),
                experiment ? pictures(folder, run) : List.of(),
                experiment ? ExperimentCell.all(folder, run, config) : List.of(),
                folder.own(files.page()).map(folder::name));
    }

    private static List<String> logs(RunLayout.Kind kind) {
        return switch (kind) {
            case GENERATOR -> List.of(RunLayout.STATISTICS, GanLayout.METRICS, GanLayout.ALARMS);
            case CLASSIFIER -> List.of(RunLayout.STATISTICS);
            case EXPERIMENT -> List.of(MESSAGES);
        };
    }

    private static List<Sheet> sheets(RunsFolder folder, Path run, Function<GanFiles, List<GanFiles.Sheet>> which) {
        try {
            return which.apply(new GanFiles(new GanLayout(run), "", "")).stream()
                    .map(sheet -> new Sheet(sheet.epoch(), folder.name(sheet.file())))
                    .toList();
        } catch (UnusableInputException e) {
            // Removed in between.
            return List.of();
        }
    }

    private static Optional<String> real(RunsFolder folder, Path run) {
        Path above = run;
        for (int up = 0; up < STEPS_UP && above != null && above.startsWith(folder.path()); up++) {
            Optional<Path> sheet = folder.own(new RunLayout(above).examples().resolve("real.png"));
            if (sheet.isPresent()) {
                return sheet.map(folder::name);
            }
            above = above.getParent();
        }
        return Optional.empty();
    }

    private static List<String> pictures(RunsFolder folder, Path run) {
        return PICTURES.stream()
                .flatMap(picture -> folder.own(run.resolve(picture)).stream())
                .map(folder::name)
                .toList();
    }
}
