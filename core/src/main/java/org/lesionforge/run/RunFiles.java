package org.lesionforge.run;

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
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunLayout.ArmLayout;

/** What a run directory holds so far. A file that is not there yet is an empty answer; one that cannot be read is an error that names it. */
public final class RunFiles {
    private final RunLayout run;
    private final Optional<Results> results;
    private final Path gan;

    /** @throws UnusableInputException when {@code folder} holds nothing that a report could show */
    public RunFiles(Path folder) {
        run = new RunLayout(folder);
        results = Optional.of(run.results()).filter(Files::exists).map(Results::read);
        // `gan train` makes a run directory of its own, which is drawn too.
        Path inside = run.ownSplit().gan();
        gan = Files.isDirectory(inside) || !Files.exists(folder.resolve(RunLayout.STATISTICS)) ? inside : folder;
        if (results.isEmpty() && !Files.isDirectory(gan) && armFolders().isEmpty()) {
            throw new UnusableInputException(
                    folder + " is not a run directory: it has neither results.json, nor gan/, nor"
                            + " arms/. Give the folder that was named with --out.");
        }
    }

    public RunLayout layout() {
        return run;
    }

    /** {@code results.json}; empty before the experiment has ended. */
    public Optional<Results> results() {
        return results;
    }

    /** What a file holds; empty when it is not there. */
    public Optional<JsonObject> object(String name) {
        return read(run.folder().resolve(name));
    }

    private static Optional<JsonObject> read(Path file) {
        return Files.exists(file) ? Optional.of(JsonObject.read(file)) : Optional.empty();
    }

    public Optional<Path> file(String name) {
        return Optional.of(run.folder().resolve(name)).filter(Files::isRegularFile);
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
        for (Path split : list(run.splits())) {
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
    public record ArmFolder(String name, ArmLayout layout, Optional<ArmResult> entry) {
        public String title() {
            return entry.map(ArmResult::title).orElse(name);
        }

        public List<JsonObject> statistics() {
            return JsonObject.readLines(layout.statistics());
        }

        /** Its name where a colon or a space would not do. */
        public String fileName() {
            return FileNames.of(name);
        }

        /** Of the test images; empty when they are not there. */
        public Optional<PredictionsFile> tested(String positive) {
            return PredictionsFile.find(layout.testPredictions(), positive);
        }

        /** Of the validation images; empty when they are not there. */
        public Optional<PredictionsFile> validated(String positive) {
            return PredictionsFile.find(layout.validationPredictions(), positive);
        }
    }

    /** In the order of {@code results.json}, then any that it does not name yet. */
    public List<ArmFolder> armFolders() {
        List<ArmFolder> folders = new ArrayList<>();
        for (ArmResult entry : results.map(Results::arms).orElse(List.of())) {
            folders.add(folder(run.folder().resolve(entry.folder()), Optional.of(entry)));
        }
        for (Path folder : list(run.arms())) {
            ArmFolder other = folder(folder, Optional.empty());
            if (Files.isDirectory(folder)
                    && folders.stream().noneMatch(known -> known.name().equals(other.name()))) {
                folders.add(other);
            }
        }
        return folders;
    }

    private static ArmFolder folder(Path folder, Optional<ArmResult> entry) {
        Path normal = folder.toAbsolutePath().normalize();
        return new ArmFolder(normal.getFileName().toString(), new ArmLayout(normal), entry);
    }

    /**
     * What the classifiers of an arm said of the same images.
     *
     * @param name of the arm
     * @return of each seed whose predictions are there and of both classes; where every seed has a test part of its own, of the first seed
     *     alone. Empty where there are none; without validation images unless every seed has some of both classes
     * @throws UnusableInputException when a file cannot be read, or {@code results.json} says that another number of images was tested
     */
    public Optional<ArmPredictions> predictions(String name) {
        List<PredictionsFile> tests = new ArrayList<>();
        List<PredictionsFile> validations = new ArrayList<>();
        String positive = results.map(Results::positive).orElse("");
        for (ArmFolder folder : armFolders()) {
            if (folder.entry().filter(entry -> entry.name().equals(name)).isEmpty()) {
                continue;
            }
            Optional<PredictionsFile> test = folder.tested(positive);
            test.ifPresent(found -> requireTested(folder, found.size()));
            boolean sameImages = test.isPresent()
                    && (tests.isEmpty() || test.get().ids().equals(tests.get(0).ids()));
            if (sameImages && test.get().hasBothSides()) {
                tests.add(test.get());
                folder.validated(positive).filter(PredictionsFile::hasBothSides).ifPresent(validations::add);
            }
        }
        return tests.isEmpty()
                ? Optional.empty()
                : Optional.of(new ArmPredictions(tests, validations.size() == tests.size() ? validations : List.of()));
    }

    private void requireTested(ArmFolder folder, int images) {
        ArmResult entry = folder.entry().orElseThrow();
        if (entry.test().n() != images) {
            int index = results.orElseThrow().arms().indexOf(entry);
            throw JsonObject.read(run.results())
                    .objects("arms")
                    .get(index)
                    .object("test")
                    .wrong("n", images + ", as " + folder.layout().testPredictions() + " has");
        }
    }

    private static List<Path> list(Path folder) {
        return Files.isDirectory(folder) ? FileTree.children(folder, child -> true) : List.of();
    }
}
