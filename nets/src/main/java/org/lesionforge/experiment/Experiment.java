package org.lesionforge.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.lesionforge.audit.AuditResult;
import org.lesionforge.audit.DuplicatePairs;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.data.AttributeTable;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.Licences;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.experiment.statistics.Statistics;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.training.GeneratorTrainer;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Arm;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.run.Step;
import org.lesionforge.run.Trial;
import org.lesionforge.training.CheckpointPolicy;

/**
 * A whole experiment: classifiers trained on the original data and on data balanced in other ways, each with every
 * seed, tested on the same real images, compared, and checked for leaks.
 *
 * <p>Every step leaves its files in the run directory and is skipped when they are complete, so an interrupted experiment resumes where it
 * was, a training, be it the GAN's or a classifier's, at its last checkpoint; and a finished one can be given more arms and seeds.
 */
public final class Experiment {
    private final Dataset dataset;
    private final ExperimentOptions options;
    private final PretrainedNetworks networks;
    private final RunDirectory run;
    private final CheckpointPolicy checkpoints;
    private final StepProgress progress;
    private final TrialRunner trainer;
    private boolean acceptsBadGenerator;
    /** By seed; all the same unless each seed has a split of its own. */
    private final Map<Long, SplitInputs> inputsOfSeed = new LinkedHashMap<>();

    private final EqualArms equalArms;

    /**
     * An experiment whose arms add no images of other generators.
     *
     * @param dataset whose split all seeds share, unless the options say otherwise
     * @param options what is trained, and how
     * @param networks the pretrained weights to use, if any, and where nets are trained
     * @param run where everything is written
     * @param checkpoints how trainings are kept safe
     * @param progress is told of everything; its cancellation ends the experiment between two steps of a training
     * @throws UnusableInputException as {@link #check}
     * @throws IllegalArgumentException when an arm adds images of another generator
     */
    public Experiment(
            Dataset dataset,
            ExperimentOptions options,
            PretrainedNetworks networks,
            RunDirectory run,
            CheckpointPolicy checkpoints,
            Progress progress) {
        this(dataset, options, ExternalImages.NONE, networks, run, checkpoints, progress);
    }

    /**
     * An experiment that has not begun; nothing is written before {@link #run(int)}.
     *
     * @param dataset whose split all seeds share, unless the options say otherwise
     * @param options what is trained, and how
     * @param externals images of other generators, opened for these options
     * @param networks the pretrained weights to use, if any, and where nets are trained
     * @param run where everything is written
     * @param checkpoints how trainings are kept safe
     * @param progress receives everything; its cancellation ends the experiment between two steps of a training
     * @throws UnusableInputException as {@link #check}
     * @throws IllegalArgumentException when an arm adds images that are not among {@code externals}
     */
    public Experiment(
            Dataset dataset,
            ExperimentOptions options,
            ExternalImages externals,
            PretrainedNetworks networks,
            RunDirectory run,
            CheckpointPolicy checkpoints,
            Progress progress) {
        check(dataset, options, networks);
        ExternalImages.requireNamed(externals.names(), options.arms());
        this.dataset = dataset;
        this.options = options;
        this.networks = networks;
        this.run = run;
        this.checkpoints = checkpoints;
        this.progress = new StepProgress(progress, run::noteSeconds);
        networks.report(this.progress);
        trainer = new TrialRunner(options, networks, run, checkpoints);
        SplitInputs shared = inputs(dataset, run.layout().ownSplit(), externals.of(options.seed()));
        for (long seed : options.seeds()) {
            inputsOfSeed.put(
                    seed,
                    options.resplit()
                            ? inputs(dataset.resplit(seed), run.layout().splitOf(seed), externals.of(seed))
                            : shared);
        }
        equalArms = EqualArms.of(dataset, options, this::isFinished);
    }

    /**
     * Takes a generator that was trained before in place of one of its own.
     *
     * @param gan copied into the run directory
     * @throws UnusableInputException as {@link #checkPretrained}
     * @throws IOException when it cannot be copied
     */
    public void usePretrained(PretrainedGenerator gan) throws IOException {
        checkPretrained(gan, dataset, options);
        gan.copyTo(run.layout().ownSplit().generator(gan.family()));
    }

    /**
     * Finds out whether a GAN that was trained before may take the place of an experiment's own.
     *
     * @param gan that was trained to its end
     * @param dataset of the experiment
     * @param options of the experiment
     * @throws UnusableInputException when the GAN saw other images than this experiment would show it, or no arm needs one of its family
     */
    public static void checkPretrained(PretrainedGenerator gan, Dataset dataset, ExperimentOptions options) {
        TrainingPart training = options.protocol().training(dataset);
        if (options.resplit() || !options.families().contains(gan.family())) {
            throw new UnusableInputException("a GAN can be taken over where an arm needs one of its family ('"
                    + gan.family() + "') and all seeds share one split (no --resplit)");
        }
        gan.check(training, Imbalance.of(training, options).orElseThrow().minority());
    }

    /** Adds the images of a generator that has not learned, too, where {@link #run(int)} would end with an {@link UnusableInputException}. */
    public void acceptBadGenerator() {
        acceptsBadGenerator = true;
    }

    private SplitInputs inputs(Dataset split, SplitDirectory files, Map<String, ExternalSet> externals) {
        return new SplitInputs(split, options, files, run.name(), externals, progress);
    }

    /**
     * Checks before anything is written or trained that the data set has what the options need.
     *
     * @param dataset of the experiment
     * @param options of the experiment
     * @param networks with which the classifiers' image size has to fit
     * @throws UnusableInputException when a part, a class or an image size is missing, or there is nothing to balance
     */
    public static void check(Dataset dataset, ExperimentOptions options, PretrainedNetworks networks) {
        TrainingPart training = options.protocol().training(dataset);
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
        options.arms().stream().filter(Arm::degraded).forEach(arm -> dataset.through(options.generatorSize(arm)));
        Optional<Imbalance> imbalance = Imbalance.of(training, options);
        for (String family : options.families()) {
            GeneratorTrainer.check(training.ofClass(imbalance.orElseThrow().minority()), options.generator(family));
        }
    }

    /**
     * Arms that a new run would not train, because each comes to the same training as another.
     *
     * @param dataset of the experiment
     * @param options of the experiment
     * @return each such arm, with the one that is trained
     */
    public static List<Results.EqualArm> equalArms(Dataset dataset, ExperimentOptions options) {
        return EqualArms.of(dataset, options, arm -> false).others();
    }

    /** As {@link #run(int)}, one classifier after the other. */
    Results run() throws IOException {
        return run(1);
    }

    /**
     * Announces the estimated time, runs the unfinished steps and writes {@code results.json}.
     *
     * @param jobs how many classifiers are trained in parallel, if memory allows, each with its share of the threads
     * @return all that {@code results.json} holds
     * @throws IllegalArgumentException when {@code jobs} is below 1
     * @throws UnusableInputException when the generator has not learned, unless {@link #acceptBadGenerator} was called
     * @throws org.lesionforge.io.InterruptedRunException when the progress's cancellation was requested; what is finished is kept
     * @throws IOException when a file cannot be read or written; what is finished is kept
     */
    public Results run(int jobs) throws IOException {
        try {
            return results(jobs);
        } finally {
            run.noteSeconds();
        }
    }

    private Results results(int jobs) throws IOException {
        ParallelTrials parallel = ParallelTrials.of(jobs, networks.trained(), options.classifier(), progress);
        progress.start(new WorkAhead(dataset, options, networks, Optional.empty(), Optional.of(run), parallel.jobs())
                .estimate(progress));
        progress.begin(Step.AUDIT);
        equalArms.others().forEach(other -> progress.message(other.toString()));
        AuditResult audit = RunAudit.of(dataset, networks.auditing(), run, progress);
        for (SplitInputs inputs : new LinkedHashSet<>(inputsOfSeed.values())) {
            inputs.writeSimilarities();
        }
        progress.begin(Step.REAL_ARMS);
        train(unfinished(arm -> !arm.needsGenerator()), parallel);
        List<Trial> synthetic = unfinished(Arm::needsGenerator);
        LearningGate gate = new LearningGate(acceptsBadGenerator, progress);
        Map<SplitFamily, GeneratorRun> generators = new LinkedHashMap<>();
        progress.begin(Step.GAN);
        for (Trial trial : synthetic) {
            SplitFamily splitFamily = splitFamily(trial);
            if (!generators.containsKey(splitFamily)) {
                GeneratorStage stage = new GeneratorStage(options, networks, checkpoints, progress);
                GeneratorRun generator =
                        splitFamily.inputs().generator(splitFamily.family(), stage, () -> ownClassifier(trial.seed()));
                gate.require(generator);
                generators.put(splitFamily, generator);
            }
        }
        progress.begin(Step.DRAWING);
        for (Trial trial : synthetic) {
            SplitFamily splitFamily = splitFamily(trial);
            GeneratorRun generator = Objects.requireNonNull(generators.get(splitFamily));
            splitFamily.inputs().draw(splitFamily.family(), generator, trial.seed(), networks.compute());
        }
        progress.begin(Step.GAN_ARMS);
        train(synthetic, parallel);
        progress.begin(Step.RESULTS);
        AttributeTable.write(dataset, run.layout().attributes());
        ExampleSheets.write(inputs(options.seed()), options, run);
        List<ArmResult> arms = results();
        Statistics statistics = Statistics.of(arms, options.resplit(), options.seed(), run);
        Results results = new Results(
                Results.FORMAT_VERSION,
                options.protocol().word(),
                options.budget(),
                options.resplit(),
                options.classifier().positive(),
                new Results.DatasetSummary(
                        HomePath.shown(dataset.folder()),
                        dataset.classes(),
                        dataset.images().size(),
                        dataset.counts(),
                        dataset.manifest().split().sha256(),
                        Licences.of(dataset).counts()),
                arms,
                equalArms.others(),
                statistics.summaries(options.seeds()),
                Results.MajorityGuess.of(arms),
                statistics.comparisons(),
                leakage(arms, audit),
                PaperDifferences.of(options, dataset, networks.startsByTitle(), networks.extractorName()),
                networks.extractorName(),
                run.seconds(),
                Optional.of(Results.EVERYTHING));
        Json.write(run.layout().results(), results);
        progress.end();
        return results;
    }

    /** What one generator is trained on: a split, by a family. */
    private record SplitFamily(SplitInputs inputs, String family) {}

    private SplitFamily splitFamily(Trial trial) {
        return new SplitFamily(inputs(trial.seed()), trial.arm().family().orElseThrow());
    }

    /** Classifier by classifier, arm by arm, seed by seed. */
    private List<ArmResult> results() {
        List<ArmResult> results = new ArrayList<>();
        for (Trial.Classifier classifier : networks.classifiers()) {
            for (Arm arm : equalArms.trained()) {
                for (long seed : options.seeds()) {
                    Trial trial = new Trial(arm, classifier, seed);
                    results.add(trainer.titled(run.result(trial).orElseThrow(), trial));
                }
            }
        }
        return results;
    }

    /** Seed by seed, arm by arm, classifier by classifier. */
    private List<Trial> unfinished(Predicate<Arm> wanted) {
        return options.seeds().stream()
                .flatMap(seed -> equalArms.trained().stream().filter(wanted).flatMap(arm -> trials(arm, seed)))
                .filter(trial -> run.result(trial).isEmpty())
                .toList();
    }

    private Stream<Trial> trials(Arm arm, long seed) {
        return networks.classifiers().stream().map(classifier -> new Trial(arm, classifier, seed));
    }

    private boolean isFinished(Arm arm) {
        return options.seeds().stream().flatMap(seed -> trials(arm, seed)).allMatch(trial -> run.result(trial)
                .isPresent());
    }

    private SplitInputs inputs(long seed) {
        return Objects.requireNonNull(inputsOfSeed.get(seed));
    }

    private void train(List<Trial> trials, ParallelTrials parallel) throws IOException {
        if (trials.isEmpty()) {
            return;
        }
        parallel.forEach(trials, (trial, listener) -> trainer.train(trial, inputs(trial.seed()), listener));
    }

    /** The classifier of the first approach, which measures images when the user has no weights to measure with. */
    private Classifier ownClassifier(long seed) {
        Trial trial = new Trial(Arm.NONE, networks.classifiers().get(0), seed);
        try {
            if (run.result(trial).isEmpty()) {
                train(List.of(trial), ParallelTrials.of(1, networks.trained(), options.classifier(), progress));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return Classifier.open(run.trial(trial), networks.backbones(), networks.compute(), progress);
    }

    private List<Results.Check> leakage(List<ArmResult> arms, AuditResult audit) throws IOException {
        List<Results.Check> checks = new ArrayList<>();
        Map<SplitInputs, List<ArmResult>> bySplit = new LinkedHashMap<>();
        arms.forEach(arm -> bySplit.computeIfAbsent(inputs(arm.seed()), unused -> new ArrayList<>())
                .add(arm));
        for (Map.Entry<SplitInputs, List<ArmResult>> split : bySplit.entrySet()) {
            // The audit uses the data set's own parts, not those of another split.
            Optional<DuplicatePairs> copies = options.resplit() ? Optional.empty() : Optional.of(audit.copies());
            checks.addAll(LeakageProof.of(split.getKey(), copies, split.getValue(), run));
        }
        return checks;
    }
}
