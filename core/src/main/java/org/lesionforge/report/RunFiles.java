package org.lesionforge.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Json;
import org.lesionforge.io.UnusableInputException;

/** What a run directory holds so far. A file that is not there yet is an empty answer; one that cannot be read is an error that names it. */
final class RunFiles {
    private final Path run;
    private final JsonNode results;
    private final Path gan;

    /** @throws UnusableInputException when {@code run} holds nothing that a report could show */
    RunFiles(Path run) {
        this.run = run;
        results = tree("results.json");
        // `gan train` makes a run directory of its own, which is drawn too.
        gan = Files.isDirectory(run.resolve("gan")) || !Files.exists(run.resolve("stats.jsonl"))
                ? run.resolve("gan")
                : run;
        if (results.isMissingNode() && !Files.isDirectory(gan) && armFolders().isEmpty()) {
            throw new UnusableInputException(run + " is not a run directory: it has neither results.json, nor gan/, nor"
                    + " arms/. Give the folder that was named with --out.");
        }
    }

    Path folder() {
        return run;
    }

    /** {@code results.json}; a missing node before the experiment has ended. */
    JsonNode results() {
        return results;
    }

    JsonNode tree(String name) {
        Path file = run.resolve(name);
        return Files.exists(file) ? Json.readTree(file) : MissingNode.getInstance();
    }

    Optional<Path> file(String name) {
        return Optional.of(run.resolve(name)).filter(Files::isRegularFile);
    }

    boolean hasGan() {
        return Files.isDirectory(gan);
    }

    List<JsonNode> ganStatistics() {
        return Json.readLines(gan.resolve("stats.jsonl"));
    }

    List<JsonNode> ganMetrics() {
        return Json.readLines(gan.resolve("metrics.jsonl"));
    }

    List<JsonNode> ganAlarms() {
        return Json.readLines(gan.resolve("alarms.jsonl"));
    }

    /** How many of the images that the generator has seen are under each licence; empty where nothing is known. */
    Map<String, Long> ganLicences() {
        Path file = gan.resolve("licences.json");
        Map<String, Long> images = new LinkedHashMap<>();
        if (Files.exists(file)) {
            Json.readTree(file).path("attributions").properties().forEach(licence -> {
                long count = 0;
                for (JsonNode owner : licence.getValue()) {
                    count += owner.asLong();
                }
                images.put(licence.getKey(), count);
            });
        }
        return images;
    }

    JsonNode ganBest() {
        Path file = gan.resolve("best.json");
        return Files.exists(file) ? Json.readTree(file) : MissingNode.getInstance();
    }

    /** A grid of images made from fixed latents after an epoch. */
    record SampleGrid(int epoch, Path file) {}

    /** By epoch. */
    List<SampleGrid> sampleGrids() {
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

    /** One trained classifier. {@code entry} is its part of {@code results.json}, missing before the experiment has ended. */
    record ArmFolder(String name, Path folder, JsonNode entry) {
        List<JsonNode> statistics() {
            return Json.readLines(folder.resolve("stats.jsonl"));
        }

        /** Of a part, {@code test} or {@code validation}; empty when they are not there. */
        Optional<PredictionsFile> predictions(String part, String positive) {
            return PredictionsFile.read(folder.resolve("predictions-" + part + ".csv"), positive);
        }

        /** Its name where a colon or a space would not do. */
        String fileName() {
            return FileNames.of(name);
        }
    }

    /** In the order of {@code results.json}, then any that it does not name yet. */
    List<ArmFolder> armFolders() {
        List<ArmFolder> folders = new ArrayList<>();
        // Absolute first: "." normalises to the empty path, which nothing starts with.
        Path root = run.toAbsolutePath().normalize();
        for (JsonNode entry : results.path("arms")) {
            String name = entry.path("folder").asText("");
            Path folder = root.resolve(name).normalize();
            if (!name.isEmpty() && folder.startsWith(root)) {
                folders.add(new ArmFolder(folder.getFileName().toString(), folder, entry));
            }
        }
        for (Path folder : list(run.resolve("arms"))) {
            String name = folder.getFileName().toString();
            if (Files.isDirectory(folder)
                    && folders.stream().noneMatch(known -> known.name().equals(name))) {
                folders.add(new ArmFolder(name, folder, MissingNode.getInstance()));
            }
        }
        return folders;
    }

    private static List<Path> list(Path folder) {
        return Files.isDirectory(folder) ? FileTree.children(folder, child -> true) : List.of();
    }
}
