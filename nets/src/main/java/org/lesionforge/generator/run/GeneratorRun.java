package org.lesionforge.generator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lesionforge.data.Licences;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.ImageClassifier;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.Schedule;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.metric.fidelity.GeneratorCheck;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.run.BestSnapshot;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.RunLayout.GanLayout;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Computed;
import org.lesionforge.training.ComputedKey;

/**
 * The directory of one GAN training run: {@code config.json}, {@code training-ids.txt}, {@code licences.json},
 * {@code stats.jsonl}, {@code metrics.jsonl}, {@code samples/}, {@code checkpoints/}, {@code best.json}.
 */
public final class GeneratorRun {
    /** The file that says, by being there, that training has come to its end. */
    public static final String FINISHED = "best.json";

    /** What a process is doing that holds a run, for the message that another one gets. */
    public static final String TRAINING = "training in";

    private final Path folder;
    private final GanLayout layout;
    private final GeneratorConfig config;
    private final Progress progress;

    private GeneratorRun(Path folder, GeneratorConfig config, Progress progress) {
        this.folder = folder;
        layout = new GanLayout(folder);
        this.config = config;
        this.progress = progress;
    }

    /**
     * Starts a run whose snapshots are not measured, or measured by the caller.
     *
     * @param folder that is not there yet or is empty
     * @param real the images to learn, of one class
     * @param className their class, which names folders of synthetic images
     * @param options that training must then be given again
     * @return the run, without a snapshot yet
     * @throws UnusableInputException when {@code folder} already holds something: a second run never overwrites a first
     * @throws IOException when the folder cannot be made or written to
     */
    public static GeneratorRun create(Path folder, TrainingPart real, String className, GeneratorSpec<?> options)
            throws IOException {
        return create(
                folder,
                real,
                new LearnedClasses(List.of(className), options.conditional()),
                options,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Starts a run.
     *
     * @param folder that is not there yet or is empty
     * @param real the images to learn
     * @param classes whose images they are
     * @param options of the training; what the run then {@linkplain #config holds} also says how many classes there are
     * @param measuring what a resumed run is to measure its snapshots with; empty for nothing
     * @param init the run whose weights it begins with; empty for random ones
     * @return the run, without a snapshot yet
     * @throws IOException when the folder cannot be made or written to
     * @throws UnusableInputException when {@code folder} already holds something: a second run never overwrites a first
     */
    public static GeneratorRun create(
            Path folder,
            TrainingPart real,
            LearnedClasses classes,
            GeneratorSpec<?> options,
            Optional<GeneratorConfig.Measuring> measuring,
            Optional<InitialRun> init)
            throws IOException {
        GeneratorConfig config = new GeneratorConfig(
                GeneratorConfig.FORMAT_VERSION,
                options.family().name(),
                options.family().title(),
                classes.name(),
                classes.names().size() == 1 ? null : classes.names(),
                real.dataset().folder().toString(),
                real.dataset().manifest().split().sha256(),
                real.size(),
                options.learning(classes.names().size()),
                null,
                measuring.orElse(null),
                init.orElse(null),
                null);
        try (FolderLock lock = FolderLock.create(folder, TRAINING)) {
            GanLayout layout = new GanLayout(folder);
            Json.write(layout.config(), config);
            new LearnedImages(layout).write(real, ids(real), init);
            return new GeneratorRun(folder, config, Progress.SILENT);
        }
    }

    /**
     * {@return whether a folder holds a GAN run, finished or not: the ids of training images}
     *
     * @param folder that need not be there
     */
    public static boolean isRun(Path folder) {
        return Files.isRegularFile(new GanLayout(folder).trainingIds());
    }

    /**
     * Opens a run, finished or not, and warns of nothing.
     *
     * @param folder of the run
     * @param zoo the families that it may be of
     * @return the run
     * @throws UnusableInputException when {@code folder} is not a GAN run, or one that this program cannot read as a whole
     */
    public static GeneratorRun open(Path folder, GeneratorZoo zoo) {
        return open(folder, zoo, Progress.SILENT);
    }

    /**
     * Opens a run, finished or not.
     *
     * @param folder of the run
     * @param zoo the families that it may be of
     * @param progress receives a warning about files without checksums
     * @return the run
     * @throws UnusableInputException when {@code folder} is not a GAN run, or one that this program cannot read as a whole
     */
    public static GeneratorRun open(Path folder, GeneratorZoo zoo, Progress progress) {
        if (!isRun(folder)) {
            throw new UnusableInputException(
                    folder + " is not a GAN run (no training-ids.txt); train one with: lesionforge gan train");
        }
        return new GeneratorRun(folder, GeneratorConfig.read(new GanLayout(folder).config(), zoo), progress);
    }

    /** {@return where the run is, as it was given} */
    public Path folder() {
        return folder;
    }

    /** {@return the content of {@code config.json} when this was opened} */
    public GeneratorConfig config() {
        return config;
    }

    /**
     * Keeps in {@code config.json} what it is trained on from here.
     *
     * @param now that is to be read when it is resumed
     * @throws IOException when the file cannot be written
     */
    public void trainedOn(Computed now) throws IOException {
        ComputedKey.write(layout.config(), now);
    }

    /**
     * Checks that a training is that of this run.
     *
     * @param real the images to learn
     * @param options of the training
     * @throws UnusableInputException when the run is one of other images or options
     */
    public void requireSame(TrainingPart real, GeneratorSpec<?> options) {
        if (!config.options().equals(options)) {
            throw new UnusableInputException(
                    folder + " was started with other options: " + config.options() + ", now " + options);
        }
        if (!trainingIds().equals(ids(real))) {
            throw new UnusableInputException(folder + " was started with other images of " + config.className()
                    + " than the " + real.size() + " of " + real.dataset().folder()
                    + "; bring the data set back as it was, or train anew in another folder");
        }
    }

    private static List<String> ids(TrainingPart real) {
        return IntStream.range(0, real.size()).mapToObj(real::id).toList();
    }

    /** {@return the licences and owners of the images that the GAN is trained on} */
    public Licences licences() {
        return new LearnedImages(layout).licences();
    }

    /**
     * {@return the images that the GAN is trained on: their ids in the data set, in its order}
     *
     * @throws UnusableInputException when the list cannot be read
     */
    public List<String> trainingIds() {
        return new LearnedImages(layout).trainingIds();
    }

    /** {@return the images that the runs it began from were trained on, by their ids; none where it began with random weights} */
    public List<String> initialIds() {
        return new LearnedImages(layout).initialIds();
    }

    /** {@return whether training has come to its end} */
    public boolean isFinished() {
        return Files.isRegularFile(layout.best());
    }

    /**
     * {@return the snapshot to use, and why}
     *
     * @throws UnusableInputException when training has not come to its end, or {@code best.json} is damaged
     */
    public BestSnapshot best() {
        if (!isFinished()) {
            throw new UnusableInputException(
                    folder + " is not finished, so none of its snapshots is the best yet; it has " + snapshots());
        }
        Path file = layout.best();
        if (config.options().averages()) {
            // Only runs from before there were averages need not say which weights are the best.
            JsonObject.read(file).text("weights");
        }
        return BestSnapshot.read(file);
    }

    /**
     * {@return the epochs of the snapshots that were kept, ascending; never empty}
     *
     * @throws UnusableInputException when there are none yet
     */
    public List<Integer> snapshots() {
        List<Integer> epochs = files().epochs();
        if (epochs.isEmpty()) {
            throw new UnusableInputException(folder + " has no snapshot yet; train it to its first one");
        }
        return epochs;
    }

    /** {@return the generators that are kept} */
    public SnapshotFiles files() {
        return new SnapshotFiles(checkpoints());
    }

    /** {@return what the snapshots were measured at} */
    public SnapshotMetrics measured() {
        return new SnapshotMetrics(layout.metrics());
    }

    /** {@return the weights that images are drawn with unless others are asked for: the average, where there is one} */
    public GeneratorWeights usualWeights() {
        return config.options().usualWeights();
    }

    /**
     * {@return where the generator's weights are: a safetensors file, if there is one}
     *
     * @param snapshot that need not have been kept
     */
    public Path snapshotFile(Snapshot snapshot) {
        return files().file(snapshot);
    }

    /**
     * Makes sure of the best snapshot, before anything is done that needs it later.
     *
     * @throws UnusableInputException as {@link #best}, and when its file is not there, or not what was written
     */
    public void requireBest() {
        new SnapshotReader(this, progress).require(best().snapshot());
    }

    /**
     * What draws images from a snapshot, to be closed.
     *
     * @param snapshot that was kept
     * @param compute where the generator is sent
     * @return the sampler
     * @throws UnusableInputException when there is no such snapshot; the message names those there are
     */
    public Sampler sampler(Snapshot snapshot, Compute compute) {
        return sampler(snapshot, config.options(), compute);
    }

    /** As {@link #sampler(Snapshot, Compute)}, with options that differ from the run's in how images are drawn. */
    Sampler sampler(Snapshot snapshot, GeneratorSpec<?> options, Compute compute) {
        return new SnapshotReader(this, progress).read(snapshot, tensors -> options.load(tensors, compute));
    }

    /**
     * What a snapshot says of the classes of real images, to be closed.
     *
     * @param snapshot that was kept
     * @param compute where the net is sent
     * @return the classifier; nothing where the training makes none
     * @throws UnusableInputException when there is no such snapshot; the message names those there are
     */
    public Optional<ImageClassifier> classifier(Snapshot snapshot, Compute compute) {
        return new SnapshotReader(this, progress)
                .read(snapshot, tensors -> config.options().classifier(tensors, compute));
    }

    /** {@return the folder of snapshots and checkpoints} */
    public Path checkpoints() {
        return layout.checkpoints();
    }

    /**
     * Writes {@code best.json}, which also says that training has ended.
     *
     * @param selection the distance to validation images that chooses; empty takes the last snapshot
     * @throws IOException when it cannot be written
     */
    public void chooseBest(Optional<SnapshotJudge.Selection> selection) throws IOException {
        Json.write(layout.best(), new BestChoice(this).of(selection));
    }

    /**
     * {@return what the finished run came to}
     *
     * @param iterations steps over all starts
     * @param epochs that were completed
     * @param imagesPerSecond real images per second of training steps
     */
    public RunSummary summary(long iterations, int epochs, double imagesPerSecond) {
        return new RunSummary(
                folder.toString(),
                iterations,
                epochs,
                imagesPerSecond,
                Json.readLines(layout.metrics()),
                Json.readLines(layout.alarms()),
                best());
    }

    /**
     * Whether the generator of a snapshot has learned anything.
     *
     * @param snapshot of this run
     * @return by its last measurement; empty where there is none
     * @throws UnusableInputException when {@code metrics.jsonl} is damaged
     */
    public Optional<GeneratorCheck> check(Snapshot snapshot) {
        return measured().check(snapshot);
    }

    /**
     * Measures a snapshot of a finished run, and adds that to {@code metrics.jsonl}.
     *
     * @param snapshot that was kept
     * @param judge with the real images of this run's class
     * @param compute where the generator is sent
     * @param measuring receives what is being measured
     * @throws UnusableInputException when there is no such snapshot; the message lists those there are
     * @throws IOException when the file cannot be written; it is then as it was
     */
    public void measure(Snapshot snapshot, SnapshotJudge judge, Compute compute, Progress measuring)
            throws IOException {
        SnapshotJudge.Verdict verdict;
        try (Sampler sampler = sampler(snapshot, compute)) {
            verdict = judge.judge(sampler, new Seed(config.options().common().seed()).of("judged-latents"), measuring);
        }
        long iteration = (long) snapshot.epoch()
                * Schedule.of(config.options(), config.images()).batchesPerEpoch();
        // Written anew as a whole, for a line cut short by a crash would not be the last one any more.
        List<String> lines = new ArrayList<>();
        Json.readLines(measured().file()).forEach(line -> lines.add(Json.line(line)));
        lines.add(Json.line(verdict.line(snapshot, iteration, List.of(), List.of())));
        AtomicFile.writeString(measured().file(), String.join("\n", lines) + "\n");
    }

    /**
     * All metrics of one snapshot.
     *
     * @param snapshot of this run
     * @return by its last measurement; none when it was not measured
     * @throws UnusableInputException when {@code metrics.jsonl} is damaged
     */
    public List<Metric> metrics(Snapshot snapshot) {
        return measured().of(snapshot);
    }
}
