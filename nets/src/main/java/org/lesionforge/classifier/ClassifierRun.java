package org.lesionforge.classifier;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.image.PixelHash;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.run.EpochStats;
import org.lesionforge.run.RunFiles.ProbeStats;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.run.RunLayout.GanLayout;
import org.lesionforge.torch.Computed;
import org.lesionforge.training.ComputedKey;
import org.lesionforge.weights.PretrainedWeights;

/**
 * The directory of one training: {@code config.json}, {@code training-ids.txt} (synthetic images included), {@code stats.jsonl} (a line per
 * epoch), {@code checkpoints/} while it is trained and, at the end, the classifier's own files.
 */
public final class ClassifierRun {
    /**
     * The content of {@code config.json}.
     *
     * @param dataset folder where the images came from
     * @param splitSha256 which split they were the training part of
     * @param images how many there were
     * @param weights file that training started from; null when from random weights
     * @param weightsSha256 of that file; null likewise
     * @param architecture name of the network's architecture; null in files of earlier versions, which knew but one
     * @param padding of the network, where there is a choice; null otherwise
     * @param imagesSha256 of the pixels of all of them, in order, at the options' size; null in files of version 0.1
     * @param add folder of the synthetic images among them; null without, or where the experiment around it knows
     * @param options that the classifier is trained with
     * @param computed on what it was trained last; null where it was not yet, or by an earlier version
     */
    public record Config(
            String dataset,
            String splitSha256,
            int images,
            @Nullable String weights,
            @Nullable String weightsSha256,
            @OptionalKey @Nullable String architecture,
            @OptionalKey @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String padding,
            @OptionalKey @Nullable String imagesSha256,
            @OptionalKey @Nullable String add,
            ClassifierOptions options,
            @OptionalKey @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Computed computed) {}

    private final Path folder;
    private final Config config;
    /** Whether the images' pixels are those it was started with; to find out, all are read. */
    private boolean pixelsAreSame;

    private ClassifierRun(Path folder, Config config, boolean pixelsAreSame) {
        this.folder = folder;
        this.config = config;
        this.pixelsAreSame = pixelsAreSame;
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
        Config config = new Config(
                absolute(train.dataset().folder()),
                train.dataset().manifest().split().sha256(),
                train.size(),
                weights.map(file -> absolute(file.file())).orElse(null),
                weights.map(PretrainedWeights::sha256).orElse(null),
                architecture.name(),
                padding(architecture, weights).orElse(null),
                imagesSha256(train, options),
                synthetic.map(ClassifierRun::absolute).orElse(null),
                options,
                null);
        Json.write(new ArmLayout(folder).config(), config);
        // Last, for it makes the folder a run.
        AtomicFile.writeString(new ArmLayout(folder).trainingIds(), String.join("\n", ids(train)) + "\n");
        return new ClassifierRun(folder, config, true);
    }

    private static Optional<String> padding(Architecture architecture, Optional<PretrainedWeights> weights) {
        return weights.map(PretrainedWeights::variant)
                .orElse(architecture.variants().get(0))
                .padding();
    }

    /** The run may be resumed from another folder. */
    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    private static List<String> ids(TrainingImages train) {
        return IntStream.range(0, train.size()).mapToObj(train::id).toList();
    }

    private static String imagesSha256(TrainingImages train, ClassifierOptions options) {
        return PixelHash.ofAll(IntStream.range(0, train.size()).mapToObj(i -> train.sha256(i, options.size())));
    }

    /**
     * Whether a folder holds a run of a classifier, finished or not.
     *
     * @param folder that need not be there
     * @return whether its configuration and the ids of its images are there, and it is not a GAN's
     */
    public static boolean isRun(Path folder) {
        ArmLayout layout = new ArmLayout(folder);
        return Files.isRegularFile(layout.trainingIds())
                && Files.isRegularFile(layout.config())
                && !Files.exists(new GanLayout(folder).licences());
    }

    /**
     * Opens a run, finished or not.
     *
     * @param folder of the run
     * @return the run
     * @throws UnusableInputException when {@code folder} is not a run of a classifier, or its {@code config.json} is damaged
     */
    public static ClassifierRun open(Path folder) {
        if (!isRun(folder)) {
            throw new UnusableInputException(folder + " is not the run of a classifier (no " + RunLayout.CONFIG
                    + " and " + RunLayout.TRAINING_IDS + " of one); train one with: lesionforge classify train");
        }
        Config config = Json.read(new ArmLayout(folder).config(), Config.class);
        return new ClassifierRun(folder, config, config.imagesSha256() == null);
    }

    /** {@return where the run is, as it was given} */
    public Path folder() {
        return folder;
    }

    /** {@return the content of {@code config.json} when this was opened} */
    public Config config() {
        return config;
    }

    /**
     * Keeps in {@code config.json} what it is trained on from here.
     *
     * @param now that is to be read when it is resumed
     * @throws UncheckedIOException when the file cannot be written
     */
    public void trainedOn(Computed now) {
        try {
            ComputedKey.write(new ArmLayout(folder).config(), now);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** {@return whether training has come to its end and left a classifier} */
    public boolean isFinished() {
        return Classifier.isIn(folder);
    }

    /** {@return whether there are checkpoints to resume from, damaged or not} */
    public boolean hasCheckpoints() {
        return Files.isDirectory(new ArmLayout(folder).checkpoints());
    }

    /**
     * Checks that training would continue with what it began with.
     *
     * @param train images to train on
     * @param architecture of the network
     * @param options of the training
     * @param weights that training starts from; empty for random ones
     * @throws UnusableInputException when the run was started with others; the message has both
     */
    public void requireSame(
            TrainingImages train,
            Architecture architecture,
            ClassifierOptions options,
            Optional<PretrainedWeights> weights) {
        if (config.architecture() != null && !config.architecture().equals(architecture.name())) {
            throw new UnusableInputException(
                    folder + " was started with the network " + config.architecture() + ", now " + architecture.name());
        }
        String padding = padding(architecture, weights).orElse(null);
        if (config.padding() != null && !config.padding().equals(padding)) {
            throw new UnusableInputException(
                    folder + " was started with --padding " + config.padding() + ", now " + padding);
        }
        if (EarlierProbe.isIn(config.options())) {
            throw EarlierProbe.refusal(folder, "the rest of it");
        }
        if (!config.options().equals(options)) {
            throw new UnusableInputException(
                    folder + " was started with other options: " + config.options() + ", now " + options);
        }
        requireSame(
                "weights",
                config.weightsSha256(),
                weights.map(PretrainedWeights::sha256).orElse(null),
                "name those with --weights");
        String remedy = "bring the images back as they were, or train anew in another folder";
        requireSame(
                "a split",
                config.splitSha256(),
                train.dataset().manifest().split().sha256(),
                remedy);
        if (!trainingIds().equals(ids(train))) {
            throw new UnusableInputException(folder + " was started with other images: " + config.images() + ", now "
                    + train.size() + " of " + train.dataset().folder()
                    + "; name the folder of the synthetic ones among them, if any, with --add, or " + remedy);
        }
        if (!pixelsAreSame) {
            requireSame("images", config.imagesSha256(), imagesSha256(train, options), remedy);
            pixelsAreSame = true;
        }
    }

    private void requireSame(String what, @Nullable String before, @Nullable String now, String remedy) {
        if (!Objects.equals(before, now)) {
            throw new UnusableInputException(folder + " was started with " + what + " of checksum "
                    + (before == null ? "none" : before) + ", now it is " + (now == null ? "none" : now) + "; "
                    + remedy);
        }
    }

    private List<String> trainingIds() {
        Path file = new ArmLayout(folder).trainingIds();
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The epochs that are logged.
     *
     * @return in order; none before the first has ended, and none where the last layer alone was fitted
     * @throws UnusableInputException when {@code stats.jsonl} is damaged, naming the line and the key
     */
    public List<EpochStats> epochs() {
        return JsonObject.readLines(new ArmLayout(folder).statistics()).stream()
                .filter(line -> !isOfProbe(line))
                .map(line -> line.as(EpochStats.class))
                .toList();
    }

    /**
     * What fitting the last layer alone came to.
     *
     * @return the last line of {@code stats.jsonl}; empty before it is there, and where epochs were trained
     * @throws UnusableInputException when {@code stats.jsonl} is damaged, naming the line and the key
     */
    public Optional<ProbeStats> fit() {
        return JsonObject.readLines(new ArmLayout(folder).statistics()).stream()
                .filter(ClassifierRun::isOfProbe)
                .map(line -> line.as(ProbeStats.class))
                .filter(stats -> stats.trainLoss().isPresent())
                .findFirst();
    }

    private static boolean isOfProbe(JsonObject line) {
        return line.has("l2");
    }

    /**
     * Deletes the checkpoints, which are several times as large as the classifier and of no use once training has come to its end.
     *
     * @throws IOException when a file cannot be deleted
     */
    public void deleteCheckpoints() throws IOException {
        OutputFolder.delete(new ArmLayout(folder).checkpoints());
    }

    /**
     * Adds a line to {@code stats.jsonl}.
     *
     * @param stats of the epoch that has just ended
     * @throws UncheckedIOException when the file cannot be written
     */
    public void log(EpochStats stats) {
        append(stats);
    }

    /**
     * Adds a line to {@code stats.jsonl}.
     *
     * @param stats of a last layer that was fitted alone
     * @throws UncheckedIOException when the file cannot be written
     */
    public void log(ProbeStats stats) {
        append(stats);
    }

    private void append(Object line) {
        try {
            Json.appendLine(new ArmLayout(folder).statistics(), line);
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
