package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.run.RunLayout.GanLayout;
import org.lesionforge.run.arm.Arm;

/** What a run directory holds so far. A file that is not there yet is an empty answer; one that cannot be read is an error that names it. */
public final class RunFiles {
    private final RunLayout run;
    private final Optional<Results> results;
    private final List<GanFiles> generators;

    /**
     * Looks for what is there.
     *
     * @param folder of an experiment, or of a GAN alone
     * @throws UnusableInputException when {@code folder} holds nothing that a report could show, or its
     *     {@code results.json} cannot be read
     */
    public RunFiles(Path folder) {
        run = new RunLayout(folder);
        results = Optional.of(run.results()).filter(Files::exists).map(Results::read);
        generators = run.ownSplit().families().isEmpty() && Files.exists(folder.resolve(RunLayout.STATISTICS))
                // A generator's training makes a run directory of its own, which is drawn too.
                ? List.of(GanFiles.of(folder))
                : generators(run.ownSplit(), "");
        if (results.isEmpty() && generators.isEmpty() && armFolders().isEmpty()) {
            throw new UnusableInputException(
                    folder + " is not a run directory: it has neither results.json, nor generators/ or gan/, nor"
                            + " arms/. Give the folder that was named with --out.");
        }
    }

    /** In the order of the arms that add their images; those of others come last. */
    private List<GanFiles> generators(SplitDirectory split, String name) {
        List<String> wanted = results.map(Results::arms).orElse(List.of()).stream()
                .map(ArmResult::name)
                .flatMap(word -> Arm.generator(word).stream())
                .distinct()
                .toList();
        return split.families().stream()
                .sorted(Comparator.comparingInt(
                        family -> wanted.contains(family) ? wanted.indexOf(family) : wanted.size()))
                .map(family -> new GanFiles(new GanLayout(split.generator(family)), family, name))
                .toList();
    }

    /** {@return which file is where} */
    public RunLayout layout() {
        return run;
    }

    /** {@return {@code results.json}; empty before the experiment has ended} */
    public Optional<Results> results() {
        return results;
    }

    /**
     * {@return what made the run; empty where the file is not there}
     *
     * @throws UnusableInputException when it is damaged, naming the key
     */
    public Optional<Provenance> provenance() {
        return Optional.of(run.provenance()).filter(Files::exists).map(Provenance::read);
    }

    /**
     * {@return the options of the run; empty where the file is not there}
     *
     * @throws UnusableInputException when it is damaged, naming the key
     */
    public Optional<RunConfig> config() {
        return Optional.of(run.config()).filter(Files::exists).map(RunConfig::read);
    }

    /**
     * {@return what the audit of the data set has found; empty where the file is not there}
     *
     * @throws UnusableInputException when it is damaged, naming the key
     */
    public Optional<AuditRecord> audit() {
        return Optional.of(run.auditResult()).filter(Files::exists).map(AuditRecord::read);
    }

    /**
     * {@return a file of the run; empty where there is none of that name}
     *
     * @param name relative to the run's folder, such as {@code examples/real.png}
     */
    public Optional<Path> file(String name) {
        return Optional.of(run.folder().resolve(name)).filter(Files::isRegularFile);
    }

    /** {@return the generators of the data set's own split, of which there may be none} */
    public List<GanFiles> generators() {
        return generators;
    }

    /** {@return the generators of the data set's own split, then those of the seeds' splits} */
    public List<GanFiles> allGenerators() {
        List<GanFiles> all = new ArrayList<>(generators);
        for (SplitDirectory split : splits()) {
            all.addAll(generators(split, split.folder().getFileName().toString()));
        }
        return all;
    }

    private List<SplitDirectory> splits() {
        return GanFiles.children(run.splits()).stream().map(SplitDirectory::new).toList();
    }

    /**
     * {@return the tables of what each draw of a family is nearest to, of all seeds and splits}
     *
     * @param family of the generators that drew
     */
    public List<Path> similarities(String family) {
        return Stream.concat(Stream.of(run.ownSplit()), splits().stream())
                .flatMap(split -> split.similarities(family).stream())
                .toList();
    }

    /**
     * {@return the tables of how near real images that a family's generators have not seen are to those they have}
     *
     * @param family of the generators
     */
    public List<Path> heldOutSimilarities(String family) {
        return Stream.concat(Stream.of(run.ownSplit()), splits().stream())
                .map(split -> split.heldOutSimilarities(family))
                .filter(Files::isRegularFile)
                .toList();
    }

    /**
     * One trained classifier.
     *
     * @param name of its folder
     * @param layout which of its files is where
     * @param entry its part of {@code results.json}, empty before the experiment has ended
     */
    public record ArmFolder(String name, ArmLayout layout, Optional<ArmResult> entry) {
        /** {@return the arm's title; the folder's name before the experiment has ended} */
        public String title() {
            return entry.map(ArmResult::title).orElse(name);
        }

        /**
         * {@return every epoch so far, in order; none where the file is not there}
         *
         * @throws UnusableInputException when the file is damaged, naming the line and the key
         */
        public List<EpochStats> statistics() {
            return JsonObject.readLines(layout.statistics()).stream()
                    .filter(line -> !line.has("l2"))
                    .map(line -> line.as(EpochStats.class))
                    .toList();
        }

        /**
         * {@return every strength of L2 that was tried where the last layer alone was fitted, strongest first, and then the
         * layer; none where epochs were trained}
         *
         * @throws UnusableInputException when the file is damaged, naming the line and the key
         */
        public List<ProbeStats> probe() {
            return JsonObject.readLines(layout.statistics()).stream()
                    .filter(line -> line.has("l2"))
                    .map(line -> line.as(ProbeStats.class))
                    .toList();
        }

        /**
         * {@return in what it was trained: {@code float32}, {@code tf32} or {@code bfloat16}; empty where its {@code config.json} does not say}
         *
         * @throws UnusableInputException when that file is damaged
         */
        public Optional<String> precision() {
            if (!Files.isRegularFile(layout.config())) {
                return Optional.empty();
            }
            JsonObject config = JsonObject.read(layout.config());
            return config.has("computed")
                    ? Optional.of(config.object("computed").text("precision"))
                    : Optional.empty();
        }

        /** {@return its name where a colon or a space would not do} */
        public String fileName() {
            return RunLayout.fileName(name);
        }

        /**
         * {@return the predictions of the test images; empty when they are not there}
         *
         * @param positive the class that is looked for
         * @throws UnusableInputException when they cannot be read, or have no column for {@code positive}
         */
        public Optional<PredictionsFile> tested(String positive) {
            return PredictionsFile.find(layout.testPredictions(), positive);
        }

        /**
         * {@return the predictions of the validation images; empty when they are not there}
         *
         * @param positive the class that is looked for
         * @throws UnusableInputException when they cannot be read, or have no column for {@code positive}
         */
        public Optional<PredictionsFile> validated(String positive) {
            return PredictionsFile.find(layout.validationPredictions(), positive);
        }
    }

    /** {@return the classifiers in the order of {@code results.json}, then any that it does not name yet} */
    public List<ArmFolder> armFolders() {
        List<ArmFolder> folders = new ArrayList<>();
        for (ArmResult entry : results.map(Results::arms).orElse(List.of())) {
            folders.add(folder(run.folder().resolve(entry.folder()), Optional.of(entry)));
        }
        for (Path folder : GanFiles.children(run.arms())) {
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
     * @param classifier name of their architecture
     * @return of each seed whose predictions are there, of all folds where there are folds, and of both classes; where every seed has a test part
     *     of its own, of the first seed alone. Empty where there are none; without validation images unless every one has some of both classes
     * @throws UnusableInputException when a file cannot be read, or {@code results.json} says that another number of images was tested
     */
    public Optional<ArmPredictions> predictions(String name, String classifier) {
        int folds = results.flatMap(Results::folds).map(FoldResults::count).orElse(1);
        String positive = results.map(Results::positive).orElse("");
        List<PredictionsFile> tests = new ArrayList<>();
        List<PredictionsFile> validations = new ArrayList<>();
        Optional<List<String>> images = Optional.empty();
        for (List<ArmFolder> seed : seeds(name, classifier)) {
            List<PredictionsFile> ofSeed = new ArrayList<>();
            for (ArmFolder folder : seed) {
                folder.tested(positive).ifPresent(found -> {
                    requireTested(folder, found.size());
                    ofSeed.add(found);
                });
            }
            if (ofSeed.size() != folds) {
                continue;
            }
            PredictionsFile whole = PredictionsFile.pooled(ofSeed);
            if (whole.hasBothSides() && images.map(whole.ids()::equals).orElse(true)) {
                images = Optional.of(whole.ids());
                tests.addAll(ofSeed);
                seed.forEach(folder -> folder.validated(positive)
                        .filter(PredictionsFile::hasBothSides)
                        .ifPresent(validations::add));
            }
        }
        return tests.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ArmPredictions(tests, validations.size() == tests.size() ? validations : List.of(), folds));
    }

    /** The folders of an arm with a classifier: of each seed one, or one for each fold. */
    private Collection<List<ArmFolder>> seeds(String name, String classifier) {
        Map<Object, List<ArmFolder>> seeds = new LinkedHashMap<>();
        for (ArmFolder folder : armFolders()) {
            folder.entry()
                    .filter(entry ->
                            entry.name().equals(name) && entry.classifier().equals(classifier))
                    .ifPresent(entry -> seeds.computeIfAbsent(
                                    entry.fold().isPresent() ? entry.seed() : entry.folder(),
                                    unused -> new ArrayList<>())
                            .add(folder));
        }
        return seeds.values();
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

    /**
     * What one strength of L2 brought where the last layer alone is fitted: a line of {@code stats.jsonl}. A line for each strength tried, strongest
     * first; then one for the layer itself, with the chosen strength and the figures of the images that it was fitted to.
     *
     * @param l2 λ in: mean cross-entropy + λ/2 · Σ W², where W sees standardised features
     * @param heldOutLoss mean cross-entropy in nats of training images held out in turn; empty where too few groups left none to hold out
     * @param trainLoss the same of the images that the layer was fitted to; empty while L2 is chosen
     * @param trainAccuracy in [0, 1], of the same images; empty likewise
     * @param validationLoss mean cross-entropy in nats; empty likewise, and without a validation part
     * @param validationAccuracy in [0, 1]; empty likewise
     * @param iterations of the optimiser, over all fits of this line
     * @param converged whether the gradient of each has vanished
     * @param seconds that they took
     */
    public record ProbeStats(
            double l2,
            Optional<Double> heldOutLoss,
            Optional<Double> trainLoss,
            Optional<Double> trainAccuracy,
            Optional<Double> validationLoss,
            Optional<Double> validationAccuracy,
            int iterations,
            boolean converged,
            double seconds) {}
}
