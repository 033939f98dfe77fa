package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingCopies;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.data.synthetic.ExternalFolder;
import org.lesionforge.data.synthetic.SyntheticFolder;
import org.lesionforge.experiment.arm.Imbalance;
import org.lesionforge.experiment.arm.MemorisationGate;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.run.SyntheticWriter;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Results;
import org.lesionforge.run.Snapshot;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.torch.Compute;

/**
 * The inputs of the trials of one split: its real images, the generators trained on them and what they drew, copies,
 * images of other generators.
 */
final class SplitInputs {
    private final Dataset dataset;
    private final ExperimentOptions options;
    private final SplitDirectory files;
    private final String runName;
    private final Map<String, ExternalSet> externals;
    private final Progress progress;
    private final Optional<Imbalance> imbalance;

    /**
     * @param runName in the names of synthetic images
     * @param externals images of other generators, by name, for every arm that adds such
     */
    SplitInputs(
            Dataset dataset,
            ExperimentOptions options,
            SplitDirectory files,
            String runName,
            Map<String, ExternalSet> externals,
            Progress progress) {
        this.dataset = dataset;
        this.options = options;
        this.files = files;
        this.runName = runName;
        this.externals = externals;
        this.progress = progress;
        imbalance = options.imbalance(options.protocol().training(dataset));
    }

    Dataset dataset() {
        return dataset;
    }

    /** Receives what is done with them. */
    Progress progress() {
        return progress;
    }

    SplitDirectory files() {
        return files;
    }

    /** The images of the training part, all classes, as they are. */
    TrainingPart training() {
        return options.protocol().training(dataset);
    }

    /** The real images that one-class generators learn from. */
    TrainingPart learned() {
        return training().ofClass(imbalance.orElseThrow().minority());
    }

    Optional<HeldOutPart> validation(Arm arm) {
        return options.protocol().validation(seen(arm));
    }

    HeldOutPart test(Arm arm) {
        return seen(arm).test();
    }

    /** Real images as an arm sees them. */
    private Dataset seen(Arm arm) {
        return arm.degraded() ? dataset.through(options.generatorSize(arm)) : dataset;
    }

    /** The real images that an arm trains on. */
    TrainingPart real(Arm arm) {
        TrainingPart real = options.protocol().training(seen(arm));
        return arm.only() ? real.withoutClass(imbalance.orElseThrow().minority()) : real;
    }

    /** What a trial trains on. Its synthetic images must have been {@linkplain #draw drawn}. */
    TrainingImages training(Trial trial) {
        Arm arm = trial.arm();
        TrainingPart real = real(arm);
        if (!arm.adds()) {
            return real;
        }
        String minority = imbalance.orElseThrow().minority();
        int count = imbalance.orElseThrow().addedBy(arm);
        return switch (arm.source().kind()) {
            case NONE -> real;
            case OVERSAMPLE -> real.plus(TrainingCopies.duplicates(real, minority, count, trial.seed()));
            case CLASSICAL -> real.plus(TrainingCopies.altered(real, minority, count, trial.seed()));
            case FAMILY ->
                real.plus(synthetic(arm.source().name(), trial.seed()).first(count));
            case EXTERNAL -> real.plus(external(arm, count, trial.seed()));
        };
    }

    private ExternalFolder external(Arm arm, int count, long seed) {
        ExternalFolder images = external(arm).some(count, seed);
        return arm.degraded() ? images.through(options.generatorSize(arm)) : images;
    }

    /** The images of another generator that an arm adds. */
    ExternalSet external(Arm arm) {
        return Objects.requireNonNull(externals.get(arm.source().name()), arm.word());
    }

    /** All images of other generators, by name. */
    Map<String, ExternalSet> externals() {
        return externals;
    }

    SyntheticFolder synthetic(String family, long seed) {
        return SyntheticFolder.open(files.synthetic(family, seed), progress);
    }

    /** The families that the experiment's generators are of. */
    GeneratorZoo families() {
        return options.zoo();
    }

    /** Trains the generator of a family, if that is not done yet. */
    GeneratorRun generator(String family, GeneratorStage stage, Supplier<Classifier> ownClassifier) throws IOException {
        String minority = imbalance.orElseThrow().minority();
        return stage.train(
                family,
                files.generator(family),
                training().ofClass(minority),
                minority,
                options.protocol().validation(dataset).map(part -> part.ofClass(minority)),
                ownClassifier);
    }

    /**
     * Draws as many images as the arm of the family that adds most needs, if they are not there yet. The first ones do not depend on how many
     * there are.
     */
    void draw(String family, GeneratorRun gan, long seed, Compute compute) throws IOException {
        int count = imbalance.orElseThrow().mostAdded(options.arms(), family);
        String minority = imbalance.orElseThrow().minority();
        Path folder = files.synthetic(family, seed);
        if (Files.exists(files.similarities(family, seed))
                && synthetic(family, seed).size() >= count) {
            return;
        }
        OutputFolder.delete(folder);
        Snapshot snapshot = gan.best().snapshot();
        progress.message("drawing " + count + " synthetic images of class "
                + minority + " from " + snapshot + " of the " + options.title(family)
                + ", seed "
                + seed);
        TrainingPart real = gan.config().learned().of(training());
        LearnedClasses.Drawable drawn = gan.config().learned().drawn(Optional.of(minority));
        MemorisationGate gate = new MemorisationGate(real, options.additions().maxSimilarity());
        int draws = new SyntheticWriter(gan, drawn, snapshot, seed, compute, progress)
                .write(folder, runName + "-seed" + seed, count, gate);
        if (draws > count) {
            progress.message((draws - count) + " of " + draws + " drawn images are near-copies of training images"
                    + " (similarity above " + options.additions().maxSimilarity() + ") and are not used");
        }
        if (!Files.exists(files.heldOutSimilarities(family))) {
            writeHeldOut(gate, minority, files.heldOutSimilarities(family));
        }
        // Last, because it marks the set as complete.
        gate.writeCsv(files.similarities(family, seed), draws);
    }

    /** What every image of another generator is nearest to. */
    void writeSimilarities() throws IOException {
        for (ExternalSet set : externals.values()) {
            set.writeSimilarities(files.externalSimilarities(set.name()));
        }
    }

    private void writeHeldOut(MemorisationGate gate, String className, Path table) throws IOException {
        StringBuilder lines = new StringBuilder("similarity\n");
        options.protocol()
                .validation(dataset)
                .map(part -> gate.similarities(part.ofClass(className)))
                .ifPresent(similarities -> {
                    for (double similarity : similarities) {
                        lines.append(String.format(Locale.ROOT, "%.4f\n", similarity));
                    }
                });
        AtomicFile.writeString(table, lines.toString());
    }

    /** How many images a seed's set took, and how many of them the gate dropped. */
    Results.Gate gate(String family, long seed) throws IOException {
        List<String> draws = Files.readAllLines(files.similarities(family, seed)).stream()
                .skip(1)
                .toList();
        int dropped =
                (int) draws.stream().filter(line -> line.endsWith(",false")).count();
        return new Results.Gate(draws.size(), dropped, options.additions().maxSimilarity());
    }
}
