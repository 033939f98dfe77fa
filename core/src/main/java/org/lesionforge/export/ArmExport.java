package org.lesionforge.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.Licences;
import org.lesionforge.data.TrainingCopies;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunFiles;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.arm.Arm;

/**
 * Writes the images of one arm as PyTorch's {@code torchvision.datasets.ImageFolder} reads them:
 * {@code train|val|test/<class>/*.png}. Synthetic images and copies are in {@code train} alone. Beside them are the
 * table of all images, what has to be known of them, what made the run, licences and owners; {@code export.json} is written last.
 */
public final class ArmExport {
    /** What was exported; written last. */
    public static final String RECORD = "export.json";

    /** What has to be known of the images, in sentences. */
    private static final String NOTES = "README.txt";

    private static final int LONGEST_NAME = 80;

    private final Path run;
    private final ArmResult trial;
    private final Dataset dataset;
    private final Progress progress;

    private ArmExport(Path run, ArmResult trial, Dataset dataset, Progress progress) {
        this.run = run;
        this.trial = trial;
        this.dataset = dataset;
        this.progress = progress;
    }

    /**
     * Which trial of an arm is meant; the first, where several are left.
     *
     * @param arm of the experiment
     * @param classifier name of an architecture; empty: any
     * @param seed empty: any
     * @param fold from 1; empty: any
     */
    public record Choice(Arm arm, Optional<String> classifier, Optional<Long> seed, Optional<Integer> fold) {
        private boolean isOf(ArmResult trial) {
            return trial.name().equals(arm.word())
                    && classifier.map(trial.classifier()::equals).orElse(true)
                    && seed.map(wanted -> wanted == trial.seed()).orElse(true)
                    && (fold.isEmpty() || fold.equals(trial.fold()));
        }
    }

    /**
     * The content of {@link #RECORD}.
     *
     * @param formatVersion 1
     * @param experiment its folder
     * @param arm its word
     * @param classifier name of its architecture
     * @param seed of the trial
     * @param fold of the trial; empty where there are none
     * @param size side of the images in pixels
     * @param classes in the order of the labels that {@code ImageFolder} gives them
     * @param images by part and class
     * @param trainOrigins images of the training part, by how they came about
     * @param shuffled whether the classes of the synthetic images were permuted among them, as the arm was trained
     * @param splitSha256 which split the trial was of
     * @param imagesSha256 of the pixels that the trial was trained on, which were compared; empty where none was recorded
     */
    public record Description(
            int formatVersion,
            String experiment,
            String arm,
            String classifier,
            long seed,
            Optional<Integer> fold,
            int size,
            List<String> classes,
            Map<String, Map<String, Integer>> images,
            Map<String, Integer> trainOrigins,
            boolean shuffled,
            String splitSha256,
            Optional<String> imagesSha256) {}

    /**
     * Opens a trial of an experiment.
     *
     * @param run folder of the experiment; it need not have ended, the trial must
     * @param choice which trial
     * @param dataset folder of its data set; empty: where the experiment had it
     * @param progress receives messages
     * @return the trial
     * @throws UnusableInputException when there is no such trial, or the data set is another one
     */
    public static ArmExport open(Path run, Choice choice, Optional<Path> dataset, Progress progress) {
        List<ArmResult> finished = new RunFiles(run)
                .armFolders().stream()
                        .map(folder -> folder.layout().result())
                        .filter(Files::exists)
                        .map(file -> Json.read(file, ArmResult.class))
                        .toList();
        ArmResult trial = finished.stream().filter(choice::isOf).findFirst().orElseThrow(() -> none(run, finished));
        TrialConfig.Data recorded = TrialConfig.Data.read(new RunLayout(run).config());
        Path folder = dataset.orElse(Path.of(recorded.dataset()));
        if (!Files.isDirectory(folder)) {
            throw new UnusableInputException(
                    "the data set of the experiment is not at " + folder + " any more; say where it is with --dataset");
        }
        Dataset data = Dataset.open(folder, progress);
        String split = data.manifest().split().sha256();
        if (!split.equals(recorded.splitSha256())) {
            throw new UnusableInputException(folder + " is not the data set of the experiment: its split is " + split
                    + ", the experiment's " + recorded.splitSha256() + "; give that one with --dataset");
        }
        return new ArmExport(run, trial, data, progress);
    }

    private static UnusableInputException none(Path run, List<ArmResult> finished) {
        List<String> there = finished.stream().map(ArmExport::named).toList();
        return new UnusableInputException(run + " has no finished trial of that arm; "
                + (there.isEmpty() ? "none is finished yet" : "there are " + String.join("; ", there)));
    }

    private static String named(ArmResult trial) {
        return trial.name() + " " + trial.classifier() + " seed " + trial.seed()
                + trial.fold().map(fold -> " fold " + fold).orElse("");
    }

    /**
     * Writes all images.
     *
     * @param out folder to make
     * @param size side of the images in pixels; empty: as the classifier saw them
     * @return what was written
     * @throws UnusableInputException when {@code out} is not free, the data set has no images of that size, or an image
     *     is not the one that the trial was trained on
     * @throws IOException when a file cannot be written
     */
    public Description write(Path out, Optional<Integer> size) throws IOException {
        TrialImages images = new TrialImages(run, trial, dataset, progress);
        int side = size.orElse(images.side());
        // What can be wrong with the input is found before anything is written.
        dataset.requireUnchanged(side);
        Map<String, List<TrialImage>> parts = new LinkedHashMap<>();
        parts.put("train", images.training());
        parts.put("val", images.validation());
        parts.put("test", images.test());
        TrialImages.requireApart(parts.get("train"), parts.get("val"));
        TrialImages.requireApart(parts.get("train"), parts.get("test"));
        parts.values().removeIf(List::isEmpty);
        ArmNotes notes =
                new ArmNotes(trial.arm(), origins(Objects.requireNonNull(parts.get("train"))), images.side(), side);
        try (FolderLock lock = FolderLock.create(out, "exporting into")) {
            return lock.run(() -> write(out, parts, side, notes));
        }
    }

    private Description write(Path out, Map<String, List<TrialImage>> parts, int side, ArmNotes notes)
            throws IOException {
        List<String[]> table = new ArrayList<>();
        for (Map.Entry<String, List<TrialImage>> part : parts.entrySet()) {
            progress.message("writing " + part.getValue().size() + " images of " + side + "×" + side + " pixels into "
                    + out.resolve(part.getKey()));
            table.addAll(writePart(out, part.getKey(), part.getValue(), side));
        }
        writeTable(out.resolve("images.csv"), table);
        writeOrigin(out, parts);
        AtomicFile.writeString(out.resolve(NOTES), String.join("\n", notes.lines()) + "\n");
        if (trial.arm().shuffled()) {
            progress.warn("the folders of the synthetic images in train are not the classes that they show: arm "
                    + trial.name() + " permutes them; see " + out.resolve(NOTES));
        }
        TrialConfig config = TrialConfig.read(run.resolve(trial.folder()).resolve(RunLayout.CONFIG));
        Description description = new Description(
                1,
                HomePath.shown(run.toAbsolutePath().normalize()),
                trial.name(),
                trial.classifier(),
                trial.seed(),
                trial.fold(),
                side,
                dataset.classes().stream().sorted().toList(),
                counts(parts),
                notes.origins(),
                trial.arm().shuffled(),
                config.splitSha256(),
                config.imagesSha256());
        Json.write(out.resolve(RECORD), description);
        return description;
    }

    /** Returns the part's lines of the table. */
    private List<String[]> writePart(Path out, String part, List<TrialImage> images, int side) throws IOException {
        Set<String> present = new HashSet<>();
        for (String className : dataset.classes()) {
            // A class without a folder would shift the labels of those behind it.
            Files.createDirectories(out.resolve(part).resolve(className));
        }
        images.forEach(image -> present.add(image.className()));
        dataset.classes().stream()
                .filter(className -> !present.contains(className))
                .forEach(className -> progress.warn(
                        out.resolve(part).resolve(className) + " is empty: the trial has no such image there"));
        try {
            return IntStream.range(0, images.size())
                    .parallel()
                    .mapToObj(i -> write(out, part, i, images.get(i), side))
                    .toList();
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private static String[] write(Path out, String part, int number, TrialImage image, int side) {
        String name = RunLayout.fileName(image.id());
        String path = part + "/" + image.className() + "/" + String.format(Locale.ROOT, "%05d", number) + "-"
                + name.substring(Math.max(0, name.length() - LONGEST_NAME)) + ".png";
        try {
            String sha256 = PngWriter.write(image.at(side), image.texts(), out.resolve(path));
            return new String[] {
                path, part, image.className(), image.id(), image.origin().word(), sha256
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeTable(Path file, List<String[]> lines) throws IOException {
        AtomicFile.write(file, out -> {
            CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            csv.writeRecord("path", "part", "class", "id", "origin", "sha256");
            lines.forEach(csv::writeRecord);
            csv.flush();
        });
    }

    /** What made the run, under which licences its images are, and whom to name. */
    private void writeOrigin(Path out, Map<String, List<TrialImage>> parts) throws IOException {
        Path provenance = new RunLayout(run).provenance();
        if (Files.exists(provenance)) {
            Files.copy(provenance, out.resolve(provenance.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Set<String> ids = new HashSet<>();
        parts.values().forEach(images -> images.forEach(image -> ids.add(TrainingCopies.originalOf(image.id()))));
        // A generator's images are made of all training images, in an arm without real ones too.
        boolean generated = Objects.requireNonNull(parts.get("train")).stream()
                .anyMatch(image -> image.origin() == TrialImage.Origin.SYNTHETIC);
        Licences licences = generated ? Licences.of(dataset) : Licences.of(dataset, ids);
        Json.write(out.resolve("licences.json"), licences);
        if (!licences.text().isEmpty()) {
            AtomicFile.writeString(out.resolve("attribution.txt"), licences.text());
        }
    }

    private Map<String, Map<String, Integer>> counts(Map<String, List<TrialImage>> parts) {
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        parts.forEach((part, images) -> {
            Map<String, Integer> ofPart = new LinkedHashMap<>();
            dataset.classes().forEach(className -> ofPart.put(className, 0));
            images.forEach(image -> ofPart.merge(image.className(), 1, Integer::sum));
            counts.put(part, ofPart);
        });
        return counts;
    }

    private static Map<String, Integer> origins(List<TrialImage> training) {
        Map<String, Integer> origins = new LinkedHashMap<>();
        for (TrialImage.Origin origin : TrialImage.Origin.values()) {
            origins.put(origin.word(), (int)
                    training.stream().filter(image -> image.origin() == origin).count());
        }
        return origins;
    }
}
