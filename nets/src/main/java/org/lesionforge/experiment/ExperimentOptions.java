package org.lesionforge.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.experiment.arm.HeldOutReals;
import org.lesionforge.experiment.arm.Imbalance;
import org.lesionforge.experiment.arm.SyntheticArms;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.run.Budget;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

/**
 * Everything that determines an experiment beside its data set and the weights.
 *
 * @param arms in the order they are reported; the first is what the others are compared with
 * @param seeds every arm is trained once with each
 * @param resplit whether each seed divides the images anew, with generators of its own; else all seeds share the data set's split and one
 *     generator of each family
 * @param folds so many folds, each with generators of its own, which test every image once; null for none
 * @param ensemble whether the mean prediction of all seeds is reported, too
 * @param protocol how snapshots and epochs are chosen
 * @param budget what is equal in the training of all arms
 * @param additions how images are added
 * @param keepModels whether every classifier's weights are kept, about 100 MB each
 * @param generators how each generator is trained that an arm needs, by {@linkplain Arm#generator its name}; where no arm needs any, one whose
 *     size says what {@code degraded} means
 * @param classifier how each arm's classifier is trained; seed, class weights and images of an epoch are each trial's own
 */
public record ExperimentOptions(
        List<Arm> arms,
        List<Long> seeds,
        boolean resplit,
        @JsonInclude(Include.NON_NULL) @Nullable Integer folds,
        boolean ensemble,
        Protocol protocol,
        Budget budget,
        @JsonUnwrapped Additions additions,
        boolean keepModels,
        Map<String, GeneratorSpec<?>> generators,
        ClassifierOptions classifier) {
    /**
     * As the command {@code experiment} has them: the data as they are against a DCGAN's images, one seed, {@link Protocol#STRICT} and its
     * usual budget and choice of epoch, near-copies dropped, weights kept, otherwise the paper's trainings.
     */
    public static final ExperimentOptions DEFAULTS = new ExperimentOptions(
            List.of(Arm.NONE, Arm.of(Dcgan.FAMILY.name())),
            List.of(0L),
            false,
            null,
            false,
            Protocol.STRICT,
            Protocol.STRICT.usualBudget(),
            Additions.DEFAULTS,
            true,
            Map.of(Dcgan.FAMILY.name(), Dcgan.PAPER),
            ClassifierOptions.paper()
                    .with()
                    .selection(Protocol.STRICT.selection())
                    .build());

    /**
     * Refuses what cannot be compared.
     *
     * @param arms at least one, each once, also where case is not told apart
     * @param seeds at least one, each once
     * @param resplit whether each seed has a split of its own
     * @param folds at least 2, or null
     * @param ensemble only of several seeds that share a split
     * @param protocol not null
     * @param budget not null
     * @param additions checked already
     * @param keepModels whether classifiers' weights are written
     * @param generators at least one, and that of every arm; each checked already
     * @param classifier checked already
     * @throws IllegalArgumentException when there are no arms or seeds, one comes twice, an ensemble has no several seeds of the same images,
     *     an arm's family has no options, the classifier learns synthetic images in a way that the arms have no images for, an arm is filtered
     *     where there is no arm {@code none} or no validation part, or folds are to go with {@code resplit} or images of other generators
     */
    public ExperimentOptions {
        arms = List.copyOf(arms);
        seeds = List.copyOf(seeds);
        generators = Collections.unmodifiableMap(new LinkedHashMap<>(generators));
        // Some systems do not tell names of folders apart by case alone.
        long folders = arms.stream()
                .map(arm -> arm.folderName().toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        if (arms.isEmpty() || folders != arms.size()) {
            throw new IllegalArgumentException("an experiment has each arm once, and at least one, got "
                    + arms.stream().map(Arm::word).toList());
        }
        if (seeds.isEmpty() || seeds.stream().distinct().count() != seeds.size()) {
            throw new IllegalArgumentException("an experiment has each seed once, and at least one, got " + seeds);
        }
        Splits.requireFolds(folds, resplit, arms);
        Splits.requireEnsemble(ensemble, seeds, resplit);
        SyntheticArms.require(classifier.synthetic(), arms, protocol == Protocol.STRICT);
        generators.forEach((name, spec) -> {
            if (!spec.family().name().equals(ArmSource.familyOf(name))) {
                throw new IllegalArgumentException(
                        "options of a " + spec.family().name() + " cannot be those of a " + name);
            }
        });
        if (generators.isEmpty() || !generators.keySet().containsAll(generatorNames(arms))) {
            throw new IllegalArgumentException("an experiment has options of each generator that its arms need, "
                    + generatorNames(arms) + ", and of at least one; got those of " + generators.keySet());
        }
    }

    private static List<String> generatorNames(List<Arm> arms) {
        return arms.stream().flatMap(arm -> arm.generator().stream()).distinct().toList();
    }

    /** {@return the first seed, which is also that of everything the seeds share} */
    public long seed() {
        return seeds.get(0);
    }

    /** From 1; {@link Trial#NO_FOLD} alone where there are none. */
    List<Integer> foldNumbers() {
        return folds == null
                ? List.of(Trial.NO_FOLD)
                : IntStream.rangeClosed(1, folds).boxed().toList();
    }

    /**
     * The imbalance of a training part that the arms treat; empty when none adds images.
     *
     * @throws org.lesionforge.io.UnusableInputException as {@link Imbalance#of}
     */
    Optional<Imbalance> imbalance(TrainingPart training) {
        return Imbalance.of(training, arms, additions.synthetic());
    }

    boolean needsGenerator() {
        return arms.stream().anyMatch(Arm::needsGenerator);
    }

    /** The real images that arms with such a source add, held out of the training part of a split. */
    HeldOutReals heldOutReals(Dataset split) {
        return HeldOutReals.of(protocol.training(split), arms);
    }

    /** What arms and generators are trained on, without the real images that some arms add. */
    TrainingPart training(Dataset split) {
        return heldOutReals(split).others();
    }

    /** What the generators are called that the arms need, in the order of the arms. */
    List<String> generatorNames() {
        return generatorNames(arms);
    }

    /** How a generator is trained. */
    GeneratorSpec<?> generator(String name) {
        return Objects.requireNonNull(generators.get(name), name);
    }

    /** The families that its generators are of. */
    GeneratorZoo zoo() {
        return new GeneratorZoo(generators.values().stream()
                .<ModelFamily<?>>map(GeneratorSpec::family)
                .distinct()
                .toList());
    }

    /** What the family of a generator is called in tables. */
    String title(String generator) {
        return generator(generator).family().title();
    }

    /** What the arm of a trial is called in tables; with the classifier where there are several. */
    String title(Trial trial) {
        String arm = trial.arm().title(family -> zoo().named(family).title());
        return trial.classifier().alone()
                ? arm
                : arm + ", " + trial.classifier().title();
    }

    /** Side in pixels of the images that an arm's generator draws; of an arm without one, those of the first family. */
    int generatorSize(Arm arm) {
        GeneratorSpec<?> spec = arm.generator().isPresent()
                ? generator(arm.generator().get())
                : generators.values().iterator().next();
        return spec.common().size();
    }

    /**
     * How the classifier of a trial is trained.
     *
     * @param original images of the training part as it is
     * @param counts the trial's images of each class
     * @param real those of them that are neither copies nor generated
     */
    ClassifierOptions classifier(Trial trial, int original, int[] counts, int[] real) {
        return classifier
                .with()
                .seed(trial.seed())
                .classWeights(trial.arm().classWeights())
                .epochImages(budget.epochImages(
                        original, counts, real, classifier.training().balanced()))
                .build();
    }

    /** {@return a builder that starts from these options; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Options in the making. Ranges are those of the record; {@link #build} checks them. */
    public static final class Builder {
        private List<Arm> arms;
        private List<Long> seeds;
        private boolean resplit;
        private @Nullable Integer folds;
        private boolean ensemble;
        private Protocol protocol;
        private Budget budget;
        private Additions additions;
        private boolean keepModels;
        private Map<String, GeneratorSpec<?>> generators;
        private ClassifierOptions classifier;

        private Builder(ExperimentOptions from) {
            arms = from.arms;
            seeds = from.seeds;
            resplit = from.resplit;
            folds = from.folds;
            ensemble = from.ensemble;
            protocol = from.protocol;
            budget = from.budget;
            additions = from.additions;
            keepModels = from.keepModels;
            generators = from.generators;
            classifier = from.classifier;
        }

        /**
         * Sets what is compared.
         *
         * @param value the first of which is what the others are compared with
         * @return this builder
         */
        public Builder arms(List<Arm> value) {
            arms = value;
            return this;
        }

        /**
         * Sets with which seeds every arm is trained.
         *
         * @param value one training of every arm each
         * @return this builder
         */
        public Builder seeds(List<Long> value) {
            seeds = value;
            return this;
        }

        /**
         * Sets whether seeds share a split.
         *
         * @param value whether each seed divides the images anew, with generators of its own
         * @return this builder
         */
        public Builder resplit(boolean value) {
            resplit = value;
            return this;
        }

        /**
         * Sets whether every image is tested, in folds.
         *
         * @param value how many, each with generators of its own; null for the data set's own split
         * @return this builder
         */
        public Builder folds(@Nullable Integer value) {
            folds = value;
            return this;
        }

        /**
         * Sets whether ensembles are reported.
         *
         * @param value whether the mean prediction of all seeds is reported, too
         * @return this builder
         */
        public Builder ensemble(boolean value) {
            ensemble = value;
            return this;
        }

        /**
         * Sets how snapshots and epochs are chosen; budget and the classifiers' selection stay as they are.
         *
         * @param value whose {@link Protocol#usualBudget} and {@link Protocol#selection} are set separately
         * @return this builder
         */
        public Builder protocol(Protocol value) {
            protocol = value;
            return this;
        }

        /**
         * Sets what is equal in the training of all arms.
         *
         * @param value epochs or steps
         * @return this builder
         */
        public Builder budget(Budget value) {
            budget = value;
            return this;
        }

        /**
         * Sets how images are added.
         *
         * @param value how many, and which may be
         * @return this builder
         */
        public Builder additions(Additions value) {
            additions = value;
            return this;
        }

        /**
         * Sets whether every classifier's weights are kept.
         *
         * @param value about 100 MB for each arm and seed
         * @return this builder
         */
        public Builder keepModels(boolean value) {
            keepModels = value;
            return this;
        }

        /**
         * Sets how generators are trained.
         *
         * @param value options of each family by its name, each with a seed of its own; the first one's size is what {@code degraded} means for
         *     arms without a generator
         * @return this builder
         */
        public Builder generators(Map<String, GeneratorSpec<?>> value) {
            generators = value;
            return this;
        }

        /**
         * Sets how each arm's classifier is trained.
         *
         * @param value whose seed, class weights and images of an epoch are replaced by each trial's
         * @return this builder
         */
        public Builder classifier(ClassifierOptions value) {
            classifier = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return what was set, and the rest as it was
         * @throws IllegalArgumentException as the constructor does
         */
        public ExperimentOptions build() {
            return new ExperimentOptions(
                    arms,
                    seeds,
                    resplit,
                    folds,
                    ensemble,
                    protocol,
                    budget,
                    additions,
                    keepModels,
                    generators,
                    classifier);
        }
    }
}
