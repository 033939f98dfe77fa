package org.lesionforge.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.Part;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.experiment.arm.Imbalance;
import org.lesionforge.generator.training.GeneratorTrainer;
import org.lesionforge.io.ForwardingProgress;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.FoldResults;
import org.lesionforge.run.Results;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

/** The splits that an experiment's trials are of: the data set's own, one of each seed, or one of each fold. */
final class Splits {
    /** What folds validate with where the data set has no validation part: as much as {@code prepare} sets apart. */
    private static final double USUAL_VALIDATION = 0.1;

    /**
     * Which split it is.
     *
     * @param seed of its trials; the first where all seeds share it
     * @param fold from 1; {@link Trial#NO_FOLD} where there are none
     */
    record Key(long seed, int fold) {}

    private final ExperimentOptions options;
    private final Map<Key, Dataset> splits = new LinkedHashMap<>();

    /**
     * @throws org.lesionforge.io.UnusableInputException when a class has too few groups for the parts of a split that is made here
     */
    Splits(Dataset dataset, ExperimentOptions options) {
        this.options = options;
        if (options.resplit()) {
            options.seeds().forEach(seed -> splits.put(key(seed, Trial.NO_FOLD), dataset.resplit(seed)));
        } else if (options.folds() == null) {
            splits.put(key(options.seed(), Trial.NO_FOLD), dataset);
        } else {
            long seed = new Seed(options.seed()).of("folds").value();
            for (Dataset fold : dataset.folds(options.folds(), validation(dataset, options.protocol()), seed)) {
                splits.put(key(options.seed(), splits.size() + 1), fold);
            }
        }
    }

    /**
     * Checks the data set's own split, or those that the options have in its place.
     *
     * @throws UnusableInputException when one has not what the options need
     */
    static void check(Dataset dataset, ExperimentOptions options, PretrainedNetworks networks) {
        List<Dataset> splits = new Splits(dataset, options).all();
        splits.forEach(split -> checkSplit(split, options, networks));
        if (options.folds() == null) {
            return;
        }
        List<String> scarce = splits.stream()
                .flatMap(fold -> options.imbalance(options.training(fold)).stream())
                .map(Imbalance::minority)
                .distinct()
                .toList();
        if (scarce.size() > 1) {
            throw new UnusableInputException(
                    "the scarce class is '" + scarce.get(0) + "' in one fold and '" + scarce.get(1)
                            + "' in another, so that the folds' generators would draw different classes; name other --folds, or"
                            + " leave out the arms that add images");
        }
    }

    private static void checkSplit(Dataset dataset, ExperimentOptions options, PretrainedNetworks networks) {
        TrainingPart training = options.training(dataset);
        if (options.protocol() == Protocol.STRICT && dataset.validation().size() == 0) {
            throw new UnusableInputException("the strict protocol chooses snapshot and epoch on a validation part, and "
                    + dataset.folder() + " has none; prepare it with --validation 0.1, or take the last of both with "
                    + "--protocol paper");
        }
        for (TrainedNetwork network : networks.trained()) {
            networks.trainer(network, options.classifier(), Progress.SILENT)
                    .check(training, options.protocol().validation(dataset));
        }
        if (dataset.test().size() == 0) {
            throw new UnusableInputException(
                    dataset.folder() + " has no test part to compare the arms on; prepare it with --test 0.2");
        }
        options.arms().stream()
                .filter(arm -> arm.degraded() || arm.source().equals(ArmSource.PROCESSED))
                .forEach(arm -> dataset.through(options.generatorSize(arm)));
        Optional<Imbalance> imbalance = options.imbalance(training);
        for (String generator : options.generatorNames()) {
            List<String> learned = imbalance.orElseThrow().learned(generator, training);
            GeneratorTrainer.check(
                    training.ofClasses(learned), options.generator(generator).drawing(learned.size()));
        }
        for (Arm arm : options.arms()) {
            if (arm.filtered()) {
                imbalance.orElseThrow().learned(arm.generator().orElseThrow(), training).stream()
                        .filter(name -> dataset.validation().ofClass(name).size() == 0)
                        .forEach(name -> {
                            throw new UnusableInputException("the arm " + arm.word() + " takes its thresholds from"
                                    + " validation images of class '" + name + "', and there are none; prepare the data"
                                    + " set with a larger --validation, or leave the arm out");
                        });
            }
        }
    }

    /** The share of a fold's other images that it validates with: the data set's own. */
    private static double validation(Dataset dataset, Protocol protocol) {
        if (protocol == Protocol.PAPER) {
            return 0;
        }
        double others = (double) dataset.images().size() - dataset.test().size();
        double own = dataset.part(Part.VALIDATION).size() / others;
        return own > 0 ? own : USUAL_VALIDATION;
    }

    private Key key(long seed, int fold) {
        return new Key(options.resplit() ? seed : options.seed(), fold);
    }

    /** The split of a trial. */
    Key of(Trial trial) {
        return key(trial.seed(), trial.fold());
    }

    /** The split of a trial's result. */
    Key of(Results.ArmResult arm) {
        return key(arm.seed(), arm.fold().orElse(Trial.NO_FOLD));
    }

    /** In the order of seeds or folds. */
    Set<Key> keys() {
        return splits.keySet();
    }

    /** The data set in all its divisions. */
    List<Dataset> all() {
        return List.copyOf(splits.values());
    }

    /** What the trials of each split of a run learn from. */
    Map<Key, SplitInputs> inputs(RunDirectory run, ExternalImages externals, Progress progress) {
        Map<Key, SplitInputs> inputs = new LinkedHashMap<>();
        splits.forEach((key, dataset) -> inputs.put(
                key,
                new SplitInputs(
                        dataset,
                        options,
                        files(key, run.layout()),
                        run.name() + (key.fold() == Trial.NO_FOLD ? "" : "-fold" + key.fold()),
                        externals.of(key.seed()),
                        told(key, progress))));
        return inputs;
    }

    /** Where a run keeps what belongs to a split. */
    SplitDirectory files(Key key, RunLayout run) {
        if (key.fold() != Trial.NO_FOLD) {
            return run.splitOfFold(key.fold());
        }
        return options.resplit() ? run.splitOf(key.seed()) : run.ownSplit();
    }

    /** A progress whose messages say of which fold they are; the same where there are none. */
    private static Progress told(Key key, Progress progress) {
        if (key.fold() == Trial.NO_FOLD) {
            return progress;
        }
        String fold = "fold " + key.fold() + ": ";
        return new ForwardingProgress(progress) {
            @Override
            public void message(String text) {
                super.message(fold + text);
            }

            @Override
            public void warn(String text) {
                super.warn(fold + text);
            }
        };
    }

    /** The number of images of each fold, by part and class. */
    List<FoldResults.FoldParts> parts() {
        return splits.entrySet().stream()
                .map(split -> new FoldResults.FoldParts(
                        split.getKey().fold(),
                        split.getValue().counts(),
                        split.getValue().manifest().split().sha256()))
                .toList();
    }

    /** A classifier with every seed, in every fold: seed by seed. */
    List<Trial> trials(Arm arm, Trial.Classifier classifier) {
        List<Trial> trials = new ArrayList<>();
        for (long seed : options.seeds()) {
            for (int fold : options.foldNumbers()) {
                trials.add(new Trial(arm, classifier, seed, fold));
            }
        }
        return trials;
    }

    /** @throws IllegalArgumentException unless so many folds can be made, with all that is asked for beside them; null asks for none */
    static void requireFolds(@Nullable Integer folds, boolean resplit, List<Arm> arms) {
        if (folds == null) {
            return;
        }
        if (folds < 2) {
            throw new IllegalArgumentException("--folds must be at least 2, got " + folds);
        }
        if (resplit) {
            throw new IllegalArgumentException(
                    "--folds and --resplit do not go together: folds divide the images once, so"
                            + " that each is tested once, --resplit anew with each seed; leave one of them out");
        }
        if (arms.stream().anyMatch(ExternalImages::isExternal)) {
            throw new IllegalArgumentException(
                    "--folds and --external do not go together: each image is a test image of one"
                            + " fold, and nobody knows which images the other generator has seen; leave one of them out");
        }
    }

    /** @throws IllegalArgumentException when an ensemble is asked for and its seeds do not test the same images, or are not several */
    static void requireEnsemble(boolean ensemble, List<Long> seeds, boolean resplit) {
        if (ensemble && seeds.size() == 1) {
            throw new IllegalArgumentException(
                    "an ensemble's prediction is the mean over several seeds, and there is one, " + seeds.get(0)
                            + ", whose own prediction that would be: give more seeds, or take no ensemble");
        }
        if (ensemble && resplit) {
            throw new IllegalArgumentException(
                    "an ensemble's prediction is the mean over seeds that are tested on the same images; where each seed"
                            + " divides the images anew there is none");
        }
    }
}
