package org.lesionforge.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.experiment.statistics.StoredPredictions;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.run.Trial;

/**
 * Where an experiment keeps everything: which file is where, and which steps are finished. Until it is closed no other process can work in it.
 */
public final class RunDirectory implements StoredPredictions, Closeable {
    private static final String DOING = "running the experiment in";

    static final String TEST_PREDICTIONS = "predictions-test.csv";
    static final String VALIDATION_PREDICTIONS = "predictions-validation.csv";
    private static final String RESULT = "result.json";

    private final Path folder;
    private final FolderLock lock;
    private final long opened = System.nanoTime();
    private final double earlierSeconds;

    private RunDirectory(Path folder, FolderLock lock) throws IOException {
        this.folder = folder;
        this.lock = lock;
        earlierSeconds = earlierSeconds(folder);
    }

    /**
     * Starts or resumes a run.
     *
     * @param config what {@code config.json} is to hold
     * @param resume whether {@code folder} may hold a run of the same configuration, finished or not; it may have had other arms and seeds
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
        if (!Files.exists(folder.resolve("config.json"))) {
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
            Path file = folder.resolve("config.json");
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
     * @throws MissingRequirementException when the folder has gone meanwhile, whatever the work came to
     */
    public <T> T run(FolderLock.Work<T> work) throws IOException {
        return lock.run(work);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    public Path folder() {
        return folder;
    }

    /** What the run is called in the names of synthetic images. */
    String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString().replaceAll("[^A-Za-z0-9_-]", "_");
    }

    Path results() {
        return folder.resolve("results.json");
    }

    Path audit() {
        return folder.resolve("audit");
    }

    /** Of the data set's own split. */
    SplitDirectory ownSplit() {
        return new SplitDirectory(folder);
    }

    /** Of the split that belongs to a seed alone. */
    SplitDirectory splitOf(long seed) {
        return new SplitDirectory(folder.resolve("splits").resolve("seed" + seed));
    }

    /** A run that version 0.1 began keeps the names it gave. */
    Path trial(Trial trial) {
        Path arms = folder.resolve("arms");
        return trial.oldFolderName()
                .map(name -> OutputFolder.inside(arms, name))
                .filter(Files::isDirectory)
                .orElseGet(() -> OutputFolder.inside(arms, trial.folderName()));
    }

    /** What a trial's classifier looks at: a picture. */
    Path evidence(Trial trial) {
        return OutputFolder.inside(
                folder.resolve("examples"), "evidence-" + trial(trial).getFileName() + ".png");
    }

    /** Sex, age and the like of the images, for results by subgroup. */
    Path attributes() {
        return folder.resolve("attributes.csv");
    }

    String relative(Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    /** The folder of a trial that is about to be trained, empty. */
    Path start(Trial trial) throws IOException {
        Path path = trial(trial);
        OutputFolder.delete(path);
        return path;
    }

    void finish(Trial trial, ArmResult result) throws IOException {
        Json.write(trial(trial).resolve(RESULT), result);
    }

    /** What a trial came to, if it is finished. */
    Optional<ArmResult> result(Trial trial) {
        Path file = trial(trial).resolve(RESULT);
        return Files.exists(file) ? Optional.of(Json.read(file, ArmResult.class)) : Optional.empty();
    }

    List<String> trainingIds(ArmResult arm) throws IOException {
        return Files.readAllLines(folder.resolve(arm.folder()).resolve("training-ids.txt"));
    }

    /** The split that an arm says it was trained on. */
    String splitSha256(ArmResult arm) {
        return Json.read(folder.resolve(arm.folder()).resolve("config.json"), ClassifierRun.Config.class)
                .splitSha256();
    }

    /** @throws UnusableInputException when they are not of the images that the arm's result is of */
    @Override
    public Predictions test(ArmResult arm) {
        Path file = folder.resolve(arm.folder()).resolve(TEST_PREDICTIONS);
        Predictions predictions = Predictions.readCsv(file);
        if (predictions.size() != arm.test().n()) {
            throw new UnusableInputException(file + " has " + predictions.size() + " predictions, " + RESULT
                    + " beside it is of " + arm.test().n()
                    + "; bring the file back from a copy, or delete the folder to"
                    + " have this arm trained again");
        }
        return predictions;
    }

    /** Empty where the protocol has no validation part. */
    @Override
    public Optional<Predictions> validation(ArmResult arm) {
        return Optional.of(folder.resolve(arm.folder()).resolve(VALIDATION_PREDICTIONS))
                .filter(Files::exists)
                .map(Predictions::readCsv);
    }

    private static double earlierSeconds(Path folder) throws IOException {
        Path file = folder.resolve("seconds.txt");
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
        AtomicFile.writeString(folder.resolve("seconds.txt"), seconds() + "\n");
    }
}
