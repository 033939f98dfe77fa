package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.experiment.Results.ArmResult;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.Json;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.UnusableInputException;

/** Where an experiment keeps everything: which file is where, and which steps are finished. */
public final class RunDirectory {
    private static final String RESULT = "result.json";

    private final Path folder;

    private RunDirectory(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts or goes on with a run.
     *
     * @param config what {@code config.json} is to hold
     * @param resume whether {@code folder} may hold an unfinished run, of the same configuration
     * @throws UnusableInputException when the folder is not empty and {@code resume} is not asked for, or when it holds a run of another
     *     configuration
     */
    public static RunDirectory open(Path folder, Object config, boolean resume) throws IOException {
        RunDirectory run = new RunDirectory(folder);
        Path file = folder.resolve("config.json");
        if (OutputFolder.isFree(folder)) {
            Json.write(file, config);
        } else if (!resume) {
            throw new UnusableInputException(folder + (Files.isDirectory(folder) ? " is not empty" : " is a file")
                    + "; name a new folder with --out, or go on with an interrupted experiment with --resume");
        } else if (!Files.exists(file)) {
            throw new UnusableInputException(folder + " holds no experiment to resume (no config.json)");
        } else if (!Json.pretty(config).equals(Files.readString(file))) {
            throw new UnusableInputException(folder + " was started with other options (see " + file
                    + "); give the same ones to resume it, or name a new folder with --out");
        }
        return run;
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

    Path gan() {
        return folder.resolve("gan");
    }

    boolean ganIsFinished() {
        return Files.exists(gan().resolve("best.json"));
    }

    Path synthetic() {
        return folder.resolve("synthetic");
    }

    Path arm(Arm arm, long seed) {
        return folder.resolve("arms").resolve(arm.word() + "-seed" + seed);
    }

    String relative(Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    /** The folder of an arm that is about to be trained, empty. */
    Path startArm(Arm arm, long seed) throws IOException {
        Path path = arm(arm, seed);
        OutputFolder.delete(path);
        return path;
    }

    void finishArm(Path path, ArmResult result) throws IOException {
        Json.write(path.resolve(RESULT), result);
    }

    /** What an arm came to, if it is finished. */
    Optional<ArmResult> armResult(Arm arm, long seed) {
        Path file = arm(arm, seed).resolve(RESULT);
        return Files.exists(file) ? Optional.of(Json.read(file, ArmResult.class)) : Optional.empty();
    }

    List<String> trainingIds(ArmResult arm) throws IOException {
        return Files.readAllLines(folder.resolve(arm.folder()).resolve("training-ids.txt"));
    }

    Predictions predictions(ArmResult arm) throws IOException {
        return Predictions.readCsv(folder.resolve(arm.folder()).resolve("predictions-test.csv"));
    }

    /** Time that the finished steps took, over all starts of the run. */
    double seconds() throws IOException {
        Path file = folder.resolve("seconds.txt");
        return Files.exists(file) ? Double.parseDouble(Files.readString(file).trim()) : 0;
    }

    /** Adds the time of a step that is finished. */
    void addSeconds(double seconds) throws IOException {
        AtomicFile.writeString(folder.resolve("seconds.txt"), seconds() + seconds + "\n");
    }
}
