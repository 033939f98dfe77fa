package org.lesionforge.classifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.run.EpochStats;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.weights.PretrainedWeights;

/**
 * The directory of one training: {@code config.json}, {@code training-ids.txt} (synthetic images included), {@code stats.jsonl} (a line per
 * epoch) and, at the end, the classifier's own files.
 */
public final class ClassifierRun {
    /**
     * The content of {@code config.json}.
     *
     * @param dataset where the images came from
     * @param splitSha256 which split they were the training part of
     * @param images how many there were
     * @param weights file that training started from; null when from random weights
     * @param weightsSha256 of that file; null likewise
     * @param architecture name of the network's architecture; null in files of earlier versions, which knew but one
     * @param add folder of the synthetic images among them, as the user named it; null without, or where the experiment around it knows
     * @param options that the classifier is trained with
     */
    public record Config(
            String dataset,
            String splitSha256,
            int images,
            @Nullable String weights,
            @Nullable String weightsSha256,
            @OptionalKey @Nullable String architecture,
            @OptionalKey @Nullable String add,
            ClassifierOptions options) {}

    private final Path folder;

    private ClassifierRun(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts a run as {@link #create(Path, TrainingImages, Architecture, ClassifierOptions, Optional, Optional)} without
     * a folder of synthetic images.
     *
     * @param folder of the run, missing or empty; is made
     * @param train images to train on, whose ids are written
     * @param architecture of the network
     * @param options of the training
     * @param weights that training starts from; empty for random ones
     * @return the run, with {@code config.json} and {@code training-ids.txt} written
     * @throws UnusableInputException when {@code folder} already holds something
     * @throws IOException when the folder or a file in it cannot be written
     */
    public static ClassifierRun create(
            Path folder,
            TrainingImages train,
            Architecture architecture,
            ClassifierOptions options,
            Optional<PretrainedWeights> weights)
            throws IOException {
        return create(folder, train, architecture, options, weights, Optional.empty());
    }

    /**
     * Starts a run.
     *
     * @param folder of the run, missing or empty; is made
     * @param train images to train on, whose ids are written
     * @param architecture of the network
     * @param options of the training
     * @param weights that training starts from; empty for random ones
     * @param synthetic folder of the synthetic images in {@code train}, for who asks for the same again
     * @return the run, with {@code config.json} and {@code training-ids.txt} written
     * @throws UnusableInputException when {@code folder} already holds something: a second run never overwrites a first
     * @throws IOException when the folder or a file in it cannot be written
     */
    public static ClassifierRun create(
            Path folder,
            TrainingImages train,
            Architecture architecture,
            ClassifierOptions options,
            Optional<PretrainedWeights> weights,
            Optional<Path> synthetic)
            throws IOException {
        OutputFolder.requireFree(folder);
        OutputFolder.create(folder);
        Json.write(
                new ArmLayout(folder).config(),
                new Config(
                        train.dataset().folder().toString(),
                        train.dataset().manifest().split().sha256(),
                        train.size(),
                        weights.map(file -> file.file().toString()).orElse(null),
                        weights.map(PretrainedWeights::sha256).orElse(null),
                        architecture.name(),
                        synthetic.map(Path::toString).orElse(null),
                        options));
        List<String> ids = IntStream.range(0, train.size()).mapToObj(train::id).toList();
        AtomicFile.writeString(new ArmLayout(folder).trainingIds(), String.join("\n", ids) + "\n");
        return new ClassifierRun(folder);
    }

    /**
     * Adds a line to {@code stats.jsonl}.
     *
     * @param stats of the epoch that has just ended
     * @throws UncheckedIOException when the file cannot be written
     */
    public void log(EpochStats stats) {
        try {
            Json.appendLine(new ArmLayout(folder).statistics(), stats);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Writes the classifier's files into the folder of the run.
     *
     * @param classifier that was trained in it
     * @throws IOException when a file cannot be written
     */
    public void save(Classifier classifier) throws IOException {
        classifier.save(folder);
    }
}
