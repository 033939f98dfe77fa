package org.lesionforge.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.data.AddedImages;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingCopies;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.data.added.AcquiredImages;
import org.lesionforge.data.added.Acquisition;
import org.lesionforge.data.added.JoinedImages;
import org.lesionforge.data.added.ShuffledClasses;
import org.lesionforge.data.synthetic.ExternalFolder;
import org.lesionforge.experiment.arm.Imbalance;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.io.Progress;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

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
        imbalance = options.imbalance(training());
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

    /** The images of the training part, all classes, as they are, but those that only some arms add. */
    TrainingPart training() {
        return options.training(dataset);
    }

    /** The real images that a generator learns from. */
    TrainingPart learned(String generator) {
        return training().ofClasses(imbalance.orElseThrow().learned(generator, training()));
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
        TrainingPart real = options.heldOutReals(seen(arm)).of(arm);
        return arm.only() ? real.withoutClass(imbalance.orElseThrow().minority()) : real;
    }

    /** What a trial trains on. Its synthetic images must have been {@linkplain SyntheticSets#draw drawn}. */
    TrainingImages training(Trial trial) {
        Arm arm = trial.arm();
        TrainingPart real = real(arm);
        return arm.adds() && !arm.source().equals(ArmSource.REAL) ? real.plus(added(arm, real, trial.seed())) : real;
    }

    private AddedImages added(Arm arm, TrainingPart real, long seed) {
        List<AddedImages> sets = new ArrayList<>();
        int[] counts = imbalance.orElseThrow().added(arm, training());
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] > 0) {
                sets.add(added(arm, real, training().classes().get(c), counts[c], seed));
            }
        }
        AddedImages added = sets.size() == 1 ? sets.get(0) : new JoinedImages(sets);
        AddedImages acquired = acquired(added, arm, real);
        return arm.shuffled() ? new ShuffledClasses(acquired, seed) : acquired;
    }

    private AddedImages added(Arm arm, TrainingPart real, String className, int count, long seed) {
        return switch (arm.source().kind()) {
            case NONE, REAL -> throw new IllegalArgumentException(arm.word() + " adds nothing to the real images");
            case OVERSAMPLE -> TrainingCopies.duplicates(real, className, count, seed);
            case CLASSICAL -> TrainingCopies.altered(real, className, count, seed);
            case PROCESSED ->
                TrainingCopies.duplicates(
                        options.training(dataset.through(options.generatorSize(arm))), className, count, seed);
            case FAMILY, BOTH ->
                synthetic().of(arm.drawn().orElseThrow(), seed, className).first(count);
            case EXTERNAL -> external(arm, count, seed);
        };
    }

    /** Generated images as they are, unless they are to go through what the photographs did; the control always does. */
    private AddedImages acquired(AddedImages images, Arm arm, TrainingPart real) {
        boolean control = arm.source().equals(ArmSource.PROCESSED);
        boolean matched = options.additions().matchAcquisition() && arm.source().isGenerated();
        if (!control && !matched) {
            return images;
        }
        int side = options.generatorSize(arm);
        return new AcquiredImages(
                images,
                Acquisition.of(dataset, real.ids()),
                ExternalImages.isExternal(arm) ? OptionalInt.empty() : OptionalInt.of(side),
                arm.degraded() ? OptionalInt.of(side) : OptionalInt.empty());
    }

    private ExternalFolder external(Arm arm, int count, long seed) {
        ExternalFolder images = external(arm).some(count, seed);
        return arm.degraded() && !options.additions().matchAcquisition()
                ? images.through(options.generatorSize(arm))
                : images;
    }

    /** The images of another generator that an arm adds. */
    ExternalSet external(Arm arm) {
        return Objects.requireNonNull(externals.get(arm.source().name()), arm.word());
    }

    /** All images of other generators, by name. */
    Map<String, ExternalSet> externals() {
        return externals;
    }

    /** What the generators have drawn; there must be arms that add images. */
    SyntheticSets synthetic() {
        return new SyntheticSets(options, files, runName, dataset, imbalance.orElseThrow(), progress);
    }

    /** What the experiment's generators are of. */
    ExperimentOptions options() {
        return options;
    }

    /** Trains a generator, if that is not done yet. */
    GeneratorRun generator(String name, GeneratorStage stage, Supplier<Classifier> ownClassifier) throws IOException {
        return stage.train(
                name,
                files.generator(name),
                imbalance.orElseThrow().learned(name, training()),
                training(),
                options.protocol().validation(dataset),
                ownClassifier);
    }

    /** What every image of another generator is nearest to. */
    void writeSimilarities() throws IOException {
        for (ExternalSet set : externals.values()) {
            set.writeSimilarities(files.externalSimilarities(set.name()));
        }
    }
}
