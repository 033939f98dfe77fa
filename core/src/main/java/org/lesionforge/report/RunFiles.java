package org.lesionforge.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.JsonObject;

/** What a run directory holds so far. A file that is not there yet is an empty answer; one that cannot be read is an error that names it. */
public final class RunFiles {
    /** Of {@code results.json}. */
    static final int FORMAT_VERSION = 1;

    private final Path run;
    private final Optional<JsonObject> results;
    private final Path gan;

    /** @throws UnusableInputException when {@code run} holds nothing that a report could show */
    public RunFiles(Path run) {
        this.run = run;
        results = object("results.json").map(found -> found.requireVersion(FORMAT_VERSION));
        // `gan train` makes a run directory of its own, which is drawn too.
        gan = Files.isDirectory(run.resolve("gan")) || !Files.exists(run.resolve("stats.jsonl"))
                ? run.resolve("gan")
                : run;
        if (results.isEmpty() && !Files.isDirectory(gan) && armFolders().isEmpty()) {
            throw new UnusableInputException(run + " is not a run directory: it has neither results.json, nor gan/, nor"
                    + " arms/. Give the folder that was named with --out.");
        }
    }

    public Path folder() {
        return run;
    }

    /** {@code results.json}; empty before the experiment has ended. */
    public Optional<JsonObject> results() {
        return results;
    }

    /** The objects of one of its lists; none before the experiment has ended. */
    public List<JsonObject> listed(String key) {
        return results.map(found -> found.objects(key)).orElse(List.of());
    }

    public List<ArmRuns> arms() {
        return results.map(ArmRuns::of).orElse(List.of());
    }

    /** What a file holds; empty when it is not there. */
    public Optional<JsonObject> object(String name) {
        return read(run.resolve(name));
    }

    private static Optional<JsonObject> read(Path file) {
        return Files.exists(file) ? Optional.of(JsonObject.read(file)) : Optional.empty();
    }

    public Optional<Path> file(String name) {
        return Optional.of(run.resolve(name)).filter(Files::isRegularFile);
    }

    public boolean hasGan() {
        return Files.isDirectory(gan);
    }

    public List<JsonObject> ganStatistics() {
        return JsonObject.readLines(gan.resolve("stats.jsonl"));
    }

    public List<JsonObject> ganMetrics() {
        return gan().metrics();
    }

    public List<JsonObject> ganAlarms() {
        return JsonObject.readLines(gan.resolve("alarms.jsonl"));
    }

    /** How many of the images that the generator has seen are under each licence; empty where nothing is known. */
    public Map<String, Long> ganLicences() {
        Map<String, Long> images = new LinkedHashMap<>();
        read(gan.resolve("licences.json"))
                .map(licences -> licences.object("attributions"))
                .ifPresent(attributions -> attributions.keys().forEach(licence -> {
                    JsonObject owners = attributions.object(licence);
                    images.put(
                            licence,
                            owners.keys().stream()
                                    .mapToLong(owners::wholeNumber)
                                    .sum());
                }));
        return images;
    }

    /** The snapshot that was chosen; empty before training has ended. */
    public Optional<JsonObject> ganBest() {
        return gan().best();
    }

    /** Of the data set's own split. */
    public GanFiles gan() {
        return new GanFiles(gan, "");
    }

    /** One, or with a split for each seed one of each. */
    public List<GanFiles> gans() {
        List<GanFiles> gans = new ArrayList<>(List.of(gan()));
        for (Path split : list(run.resolve("splits"))) {
            gans.add(new GanFiles(split.resolve("gan"), split.getFileName().toString()));
        }
        return gans;
    }

    /** A grid of images made from fixed latents after an epoch. */
    public record SampleGrid(int epoch, Path file) {}

    /** By epoch. */
    public List<SampleGrid> sampleGrids() {
        List<SampleGrid> grids = new ArrayList<>();
        for (Path file : list(gan.resolve("samples"))) {
            String name = file.getFileName().toString();
            if (name.matches("epoch-\\d{1,9}\\.png")) {
                grids.add(new SampleGrid(Integer.parseInt(name.substring(6, name.length() - 4)), file));
            }
        }
        grids.sort((a, b) -> Integer.compare(a.epoch(), b.epoch()));
        return grids;
    }

    /** One trained classifier. {@code entry} is its part of {@code results.json}, empty before the experiment has ended. */
    public record ArmFolder(String name, Path folder, Optional<JsonObject> entry) {
        public String title() {
            return entry.map(found -> found.text("title")).orElse(name);
        }

        public List<JsonObject> statistics() {
            return JsonObject.readLines(folder.resolve("stats.jsonl"));
        }

        /** @throws UnusableInputException when {@code results.json} says that another number of images was tested */
        void requireTested(int images) {
            entry.map(found -> found.object("test"))
                    .filter(test -> test.integer("n") != images)
                    .ifPresent(test -> {
                        throw test.wrong("n", images + ", as " + folder.resolve("predictions-test.csv") + " has");
                    });
        }

        /** Of a part, {@code test} or {@code validation}; empty when they are not there. */
        Optional<PredictionsFile> predictions(String part, String positive) {
            return PredictionsFile.read(folder.resolve("predictions-" + part + ".csv"), positive);
        }

        /** Its name where a colon or a space would not do. */
        public String fileName() {
            return FileNames.of(name);
        }
    }

    /** In the order of {@code results.json}, then any that it does not name yet. */
    public List<ArmFolder> armFolders() {
        List<ArmFolder> folders = new ArrayList<>();
        // Absolute first: "." normalises to the empty path, which nothing starts with.
        Path root = run.toAbsolutePath().normalize();
        for (JsonObject entry : listed("arms")) {
            String name = entry.text("folder");
            Path folder = root.resolve(name).normalize();
            if (name.isEmpty() || !folder.startsWith(root)) {
                throw entry.wrong("folder", "a folder inside the run");
            }
            folders.add(new ArmFolder(folder.getFileName().toString(), folder, Optional.of(entry)));
        }
        for (Path folder : list(run.resolve("arms"))) {
            String name = folder.getFileName().toString();
            if (Files.isDirectory(folder)
                    && folders.stream().noneMatch(known -> known.name().equals(name))) {
                folders.add(new ArmFolder(name, folder, Optional.empty()));
            }
        }
        return folders;
    }

    private static List<Path> list(Path folder) {
        return Files.isDirectory(folder) ? FileTree.children(folder, child -> true) : List.of();
    }
}
