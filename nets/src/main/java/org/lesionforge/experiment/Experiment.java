package org.lesionforge.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.lesionforge.audit.AuditResult;
import org.lesionforge.classifier.EarlierProbe;
import org.lesionforge.data.AttributeTable;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.DatasetImage;
import org.lesionforge.data.Licences;
import org.lesionforge.experiment.arm.LearningGate;
import org.lesionforge.experiment.arm.UnableArms;
import org.lesionforge.experiment.statistics.PooledFolds;
import org.lesionforge.experiment.statistics.Statistics;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.NotAdmittedException;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.run.Comparison;
import org.lesionforge.run.ControlFinding;
import org.lesionforge.run.FoldResults;
import org.lesionforge.run.GeneratedImages;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.Step;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.DrawnSet;
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
    private final Splits splits;
    private final Map<Splits.Key, SplitInputs> inputsOfSplit;
    private final EqualArms equalArms;
    private final UnableArms unable;
    private boolean acceptsBadGenerator;

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
     * @throws UnusableInputException as {@link #check}, and when classifiers are left to train in a run that an earlier version began with
     *     another way of training the last layer alone
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
        this.options = run.asBegun(options);
        this.networks = networks;
        this.run = run;
        this.checkpoints = checkpoints;
        this.progress = new StepProgress(progress, run::noteSeconds);
        networks.report(this.progress);
        trainer = new TrialRunner(this.options, networks, run, checkpoints);
        splits = new Splits(dataset, options);
        inputsOfSplit = splits.inputs(run, externals, this.progress);
        equalArms = EqualArms.of(dataset, options, this::isFinished);
        unable = new UnableArms(options.arms());
        requireProbe();
        trainer.requireJudges(unfinished(Arm::filtered));
    }

    /** Before anything is trained, a generator too: what is to come could not be compared with what is there. */
    private void requireProbe() {
        List<Trial> missing = unfinished(arm -> true);
        if (!missing.isEmpty() && EarlierProbe.isIn(options.classifier())) {
            throw EarlierProbe.refusal(
                    run.folder(),
                    missing.size() == 1
                            ? "1 classifier, " + missing.get(0)
                            : missing.size() + " classifiers, such as " + missing.get(0));
        }
    }

    /**
     * Takes a generator that was trained before in place of one of its own.
     *
     * @param gan copied into the run directory
     * @throws UnusableInputException as {@link PretrainedGenerator#check}
     * @throws IOException when it cannot be copied
     */
    public void usePretrained(PretrainedGenerator gan) throws IOException {
        gan.check(dataset, options);
        gan.copyTo(run.layout().ownSplit().generator(gan.name(options.arms())));
    }

    /** Adds the images of a generator that has not learned, too, where {@link #run(int)} would end with an {@link UnusableInputException}. */
    public void acceptBadGenerator() {
        acceptsBadGenerator = true;
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
        Splits.check(dataset, options, networks);
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

    /**
     * The folds of an experiment.
     *
     * @param dataset of the experiment
     * @param options of the experiment
     * @return their images by part and class; none where the options have no folds
     * @throws UnusableInputException when a class has too few groups for them
     */
    public static List<FoldResults.FoldParts> folds(Dataset dataset, ExperimentOptions options) {
        return options.folds() == null ? List.of() : new Splits(dataset, options).parts();
    }

    /**
     * Announces the estimated time, runs the unfinished steps and writes {@code results.json}. Arms whose images cannot be had are given up, which
     * the results say, and all others are trained.
     *
     * @param jobs how many classifiers are trained in parallel, if memory allows, each with its share of the threads
     * @return all that {@code results.json} holds
     * @throws IllegalArgumentException when {@code jobs} is below 1
     * @throws UnusableInputException when the generator has not learned, unless {@link #acceptBadGenerator} was called, and when every arm would
     *     have to be given up
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

    /** The protocol. */
    private Results results(int jobs) throws IOException {
        ParallelTrials parallel = ParallelTrials.of(jobs, networks.trained(), options.classifier(), progress);
        progress.start(new WorkAhead(dataset, options, networks, Set.of(), Optional.of(run), parallel.jobs())
                .estimate(progress));
        progress.begin(Step.AUDIT);
        equalArms.others().forEach(other -> progress.message(other.toString()));
        AuditResult audit = RunAudit.of(dataset, networks.auditing(), run, progress);
        for (SplitInputs inputs : inputsOfSplit.values()) {
            inputs.writeSimilarities();
        }
        progress.begin(Step.REAL_ARMS);
        train(unfinished(arm -> !arm.needsGenerator()), parallel);
        progress.begin(Step.GAN);
        Map<SplitGenerator, GeneratorRun> generators = generators(unfinished(Arm::needsGenerator));
        progress.begin(Step.DRAWING);
        for (Trial trial : unfinished(Arm::needsGenerator)) {
            draw(trial, Objects.requireNonNull(generators.get(splitGenerator(trial))));
        }
        progress.begin(Step.GAN_ARMS);
        train(unfinished(Arm::needsGenerator), parallel);
        progress.begin(Step.RESULTS);
        AttributeTable.write(dataset, run.layout().attributes());
        ExampleSheets.write(firstInputs(), options, unable.otherSets(), run);
        Results results = results(audit);
        Json.write(run.layout().results(), results);
        progress.end();
        return results;
    }

    /** Those that trials need, trained and measured. */
    private Map<SplitGenerator, GeneratorRun> generators(List<Trial> trials) throws IOException {
        LearningGate gate = new LearningGate(acceptsBadGenerator, progress);
        Map<SplitGenerator, GeneratorRun> generators = new LinkedHashMap<>();
        for (Trial trial : trials) {
            SplitGenerator own = splitGenerator(trial);
            if (!generators.containsKey(own)) {
                GeneratorStage stage = new GeneratorStage(
                        options, networks, checkpoints, own.inputs().progress());
                GeneratorRun generator = own.inputs()
                        .generator(own.generator(), stage, () -> trainer.judge(trial, own.inputs(), progress)
                                .classifier());
                gate.require(generator);
                generators.put(own, generator);
            }
        }
        return generators;
    }

    /** Draws what a trial adds, unless its arm is given up, or has to be now. */
    private void draw(Trial trial, GeneratorRun generator) throws IOException {
        if (unable.contains(trial.arm())) {
            return;
        }
        SplitInputs inputs = inputs(trial);
        DrawnSet set = trial.arm().drawn().orElseThrow();
        try {
            inputs.synthetic()
                    .draw(
                            set,
                            generator,
                            trial.seed(),
                            networks.compute(),
                            () -> trainer.judge(trial, inputs, progress));
        } catch (NotAdmittedException e) {
            unable.giveUp(set, e);
            progress.warn("the arms that add images of " + set.name() + " are given up, and all others are trained: "
                    + e.getMessage());
        }
    }

    /** What {@code results.json} holds, once all is trained. */
    private Results results(AuditResult audit) throws IOException {
        List<ArmResult> arms = finished();
        Statistics statistics = Statistics.of(arms, options.resplit(), options.seed(), run);
        List<Comparison> comparisons = statistics.comparisons();
        Optional<FoldResults> folds = pooled(arms);
        List<ClassificationEvaluation> tests = folds.isPresent()
                ? folds.get().pooled().stream().map(FoldResults.Pooled::test).toList()
                : arms.stream().map(ArmResult::test).toList();
        Optional<Statistics> ensembles = options.ensemble() ? Optional.of(statistics.ofEnsembles()) : Optional.empty();
        return new Results(
                Results.FORMAT_VERSION,
                options.protocol().word(),
                options.budget(),
                options.resplit(),
                options.classifier().positive(),
                summary(),
                folds,
                arms,
                equalArms.others(),
                unable.inResults(),
                statistics.summaries(options.seeds()),
                Results.MajorityGuess.of(tests),
                comparisons,
                ensembles.map(each -> each.summaries(options.seeds())).orElse(List.of()),
                ensembles.map(Statistics::comparisons).orElse(List.of()),
                ControlFinding.of(comparisons),
                statistics.overNetworks(comparisons),
                LeakageProof.of(splits, inputsOfSplit, audit.copies(), arms, run),
                PaperDifferences.of(options, dataset, networks.startsByTitle(), networks.extractorName()),
                networks.extractorName(),
                run.seconds(),
                Optional.of(Results.EVERYTHING),
                generated());
    }

    private Results.DatasetSummary summary() {
        return new Results.DatasetSummary(
                HomePath.shown(dataset.folder()),
                dataset.classes(),
                dataset.images().size(),
                dataset.counts(),
                dataset.manifest().split().sha256(),
                Licences.of(dataset).counts());
    }

    private SplitInputs firstInputs() {
        return inputsOfSplit.values().iterator().next();
    }

    private List<GeneratedImages> generated() {
        SplitInputs first = firstInputs();
        return new GeneratedMeasures(
                        first,
                        options.seeds().get(0),
                        networks.measuringReader(options.classifier()),
                        run.layout().results(),
                        first.progress())
                .of(unable.otherSets());
    }

    /** Empty without folds. */
    private Optional<FoldResults> pooled(List<ArmResult> arms) throws IOException {
        if (options.folds() == null) {
            return Optional.empty();
        }
        List<String> ids = dataset.images().stream().map(DatasetImage::id).toList();
        return Optional.of(
                new FoldResults(options.folds(), splits.parts(), new PooledFolds(ids, run, run.layout()).write(arms)));
    }

    /** A generator by its name, and what it is trained on. */
    private record SplitGenerator(SplitInputs inputs, String generator) {}

    private SplitGenerator splitGenerator(Trial trial) {
        return new SplitGenerator(inputs(trial), trial.arm().generator().orElseThrow());
    }

    /** Classifier by classifier, arm by arm, seed by seed, fold by fold. */
    private List<ArmResult> finished() {
        List<ArmResult> results = new ArrayList<>();
        for (Trial.Classifier classifier : networks.classifiers()) {
            for (Arm arm : able()) {
                for (Trial trial : splits.trials(arm, classifier)) {
                    results.add(trainer.titled(run.result(trial).orElseThrow(), trial));
                }
            }
        }
        return results;
    }

    /** Seed by seed, fold by fold, arm by arm, classifier by classifier. */
    private List<Trial> unfinished(Predicate<Arm> wanted) {
        return options.seeds().stream()
                .flatMap(seed -> options.foldNumbers().stream()
                        .flatMap(fold -> able().stream().filter(wanted).flatMap(arm -> networks.classifiers().stream()
                                .map(classifier -> new Trial(arm, classifier, seed, fold)))))
                .filter(trial -> run.result(trial).isEmpty())
                .toList();
    }

    private List<Arm> able() {
        return equalArms.trained().stream().filter(arm -> !unable.contains(arm)).toList();
    }

    private boolean isFinished(Arm arm) {
        return networks.classifiers().stream()
                .flatMap(classifier -> splits.trials(arm, classifier).stream())
                .allMatch(trial -> run.result(trial).isPresent());
    }

    private SplitInputs inputs(Trial trial) {
        return Objects.requireNonNull(inputsOfSplit.get(splits.of(trial)));
    }

    private void train(List<Trial> trials, ParallelTrials parallel) throws IOException {
        parallel.forEach(trials, (trial, listener) -> trainer.train(trial, inputs(trial), listener));
    }
}
