package org.lesionforge.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.experiment.statistics.StoredPredictions;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Budget;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.run.Trial;

/**
 * The folder of an experiment: the paths of its files, and which steps are finished. Until it is closed no other
 * process can use it.
 */
public final class RunDirectory implements StoredPredictions, Closeable {
    private static final String DOING = "running the experiment in";

    private final Path folder;
    private final RunLayout layout;
    private final FolderLock lock;
    private final long opened = System.nanoTime();
    private final double earlierSeconds;

    private RunDirectory(Path folder, FolderLock lock) throws IOException {
        this.folder = folder;
        this.lock = lock;
        layout = new RunLayout(folder);
        earlierSeconds = earlierSeconds(layout.seconds());
    }

    /**
     * Starts or resumes a run.
     *
     * @param folder made where there is none
     * @param config what {@code config.json} is to hold
     * @param resume whether {@code folder} may hold a run of the same configuration, finished or not; it may have had other arms and seeds
     * @return the run, locked until it is closed
     * @throws IOException when the folder cannot be made, read or written to
     * @throws UnusableInputException when the folder is not empty and {@code resume} is not asked for, or when it holds a run of another
     *     configuration, or when another process is working in it
     */
    public static RunDirectory open(Path folder, Object config, boolean resume) throws IOException {
        if (OutputFolder.isFree(folder)) {
            return started(folder, FolderLock.create(folder, DOING), config);
        }
        if (!resume) {
            throw new UnusableInputException(folder + (Files.isDirectory(folder) ? " is not empty" : " is a file")
                    + "; name a new folder with --out, or resume an interrupted experiment with --resume");
        }
        if (!Files.exists(new RunLayout(folder).config())) {
            throw new UnusableInputException(folder + " holds no experiment to resume (no config.json)");
        }
        return started(folder, FolderLock.hold(folder, DOING), config);
    }

    private static RunDirectory started(Path folder, FolderLock lock, Object config) throws IOException {
        RunDirectory run;
        try {
            run = new RunDirectory(folder, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        try {
            Path file = new RunLayout(folder).config();
            JsonNode whole = Json.convert(config, JsonNode.class);
            if (Files.exists(file)) {
                StartRecord.require(whole, file);
            }
            Json.write(file, whole);
            return run;
        } catch (IOException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    /**
     * Does {@code work} in it.
     *
     * @param <T> what the work gives
     * @param work that reads and writes below {@link #folder}
     * @return what the work gives
     * @throws IOException when the work fails with it
     * @throws MissingRequirementException when the folder has gone meanwhile, whatever the work came to
     */
    public <T> T run(FolderLock.Work<T> work) throws IOException {
        return lock.run(work);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** {@return where the run is, as it was given} */
    public Path folder() {
        return folder;
    }

    /** What the run is called in the names of synthetic images. */
    String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString().replaceAll("[^A-Za-z0-9_-]", "_");
    }

    RunLayout layout() {
        return layout;
    }

    /**
     * The options with the classifiers' probe that the run was begun with, and the budget of its steps: an earlier version had another, and what it
     * has trained is not what those of today say.
     */
    ExperimentOptions asBegun(ExperimentOptions now) {
        JsonNode begun = Json.readTree(layout.config()).path("options");
        JsonNode classifier = begun.path("classifier");
        return now.classifier().freeze() && classifier.path("freeze").asBoolean() && !classifier.has("probe")
                ? now.with()
                        .classifier(Json.convert(classifier, ClassifierOptions.class))
                        .budget(Json.convert(begun.path("budget"), Budget.class))
                        .build()
                : now;
    }

    /** A run keeps the names that it gave, be they of version 0.1 or from when it had more classifiers or fewer. */
    Path trial(Trial trial) {
        Path arms = layout.arms();
        return Stream.concat(trial.oldFolderName().stream(), Stream.of(trial.folderName(), trial.otherFolderName()))
                .map(name -> OutputFolder.inside(arms, name))
                .filter(each -> isOf(each, trial.classifier()))
                .findFirst()
                .orElseGet(() -> OutputFolder.inside(arms, trial.folderName()));
    }

    /** Whether a folder is there, and of no other network. */
    private static boolean isOf(Path folder, Trial.Classifier classifier) {
        Path config = new ArmLayout(folder).config();
        return Files.isDirectory(folder)
                && (!Files.exists(config)
                        || Objects.requireNonNullElse(
                                        Json.read(config, ClassifierRun.Config.class)
                                                .architecture(),
                                        Trial.Classifier.OLD_NAME)
                                .equals(classifier.name()));
    }

    /** What a trial's classifier looks at: a picture. */
    Path evidence(Trial trial) {
        return layout.evidence(trial(trial).getFileName().toString());
    }

    String relative(Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    /** Writes down what a trial came to, and deletes the checkpoints of its training. */
    void finish(Trial trial, ArmResult result) throws IOException {
        ArmLayout files = new ArmLayout(trial(trial));
        Json.write(files.result(), result);
        OutputFolder.delete(files.checkpoints());
    }

    /** What a trial came to, if it is finished. */
    Optional<ArmResult> result(Trial trial) {
        Path file = new ArmLayout(trial(trial)).result();
        return Files.exists(file) ? Optional.of(Json.read(file, ArmResult.class)) : Optional.empty();
    }

    private ArmLayout files(ArmResult arm) {
        return new ArmLayout(folder.resolve(arm.folder()));
    }

    List<String> trainingIds(ArmResult arm) throws IOException {
        return Files.readAllLines(files(arm).trainingIds());
    }

    /** The split that an arm says it was trained on. */
    String splitSha256(ArmResult arm) {
        return Json.read(files(arm).config(), ClassifierRun.Config.class).splitSha256();
    }

    /** @throws UnusableInputException when they are not of the images that the arm's result is of */
    @Override
    public PredictionsFile test(ArmResult arm) {
        Path file = files(arm).testPredictions();
        PredictionsFile predictions = PredictionsFile.read(file, arm.test().positive());
        if (predictions.size() != arm.test().n()) {
            throw new UnusableInputException(file + " has " + predictions.size() + " predictions, result.json"
                    + " beside it is of " + arm.test().n()
                    + "; bring the file back from a copy, or delete the folder to"
                    + " have this arm trained again");
        }
        return predictions;
    }

    /** Empty where the protocol has no validation part. */
    @Override
    public Optional<PredictionsFile> validation(ArmResult arm) {
        return PredictionsFile.find(
                files(arm).validationPredictions(), arm.test().positive());
    }

    private static double earlierSeconds(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file).strip() : "0";
        if (!text.matches("\\d+(\\.\\d+)?([eE]-?\\d{1,2})?")) {
            throw new UnusableInputException(file + " should be a number of seconds, found '"
                    + text.substring(0, Math.min(text.length(), 40)) + "'; delete it to count from 0");
        }
        return Double.parseDouble(text);
    }

    /** Time that the run took, over all starts: each from the folder's opening on. */
    double seconds() {
        return earlierSeconds + (System.nanoTime() - opened) / 1e9;
    }

    /** Keeps that time for the next start. */
    synchronized void noteSeconds() throws IOException {
        AtomicFile.writeString(layout.seconds(), seconds() + "\n");
    }
}
