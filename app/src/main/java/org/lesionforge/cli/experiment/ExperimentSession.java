package org.lesionforge.cli.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Interruption;
import org.lesionforge.cli.common.QualityOptions;
import org.lesionforge.cli.common.Version;
import org.lesionforge.data.Dataset;
import org.lesionforge.experiment.Experiment;
import org.lesionforge.experiment.ExperimentOptions;
import org.lesionforge.experiment.ExternalImages;
import org.lesionforge.experiment.PretrainedGenerator;
import org.lesionforge.experiment.PretrainedNetworks;
import org.lesionforge.experiment.ProvenanceRecord;
import org.lesionforge.experiment.RunDirectory;
import org.lesionforge.experiment.TimeEstimate;
import org.lesionforge.experiment.TrainedNetwork;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.quality.MetricNetwork;
import org.lesionforge.report.ExperimentTables;
import org.lesionforge.report.page.Report;
import org.lesionforge.run.FoldResults;
import org.lesionforge.run.Results;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.training.ComputedKey;
import org.lesionforge.weights.PretrainedWeights;

/** One experiment on the command line: configuration, run, tables on stdout, report. */
final class ExperimentSession {
    private final CommonOptions common;
    private final BackboneZoo backbones;
    private final Dataset dataset;
    private final ExperimentOptions options;
    private final Map<String, Path> externals;
    private final List<TrainedNetwork> trained;
    private final List<PretrainedGenerator> gans;
    private final Optional<Path> features;
    private final QualityOptions quality;
    private final Optional<PretrainedWeights> metricWeights;
    private final Compute compute;
    private final OpeningMessages opening;
    private boolean acceptsBadGenerator;

    /**
     * @param backbones that classifiers may be of
     * @param trained the networks that every arm is trained with
     * @param externals folders of images of other generators, by name
     * @param compute what everything is trained on
     * @param opening messages so far, for the run's log
     */
    ExperimentSession(
            CommonOptions common,
            BackboneZoo backbones,
            Dataset dataset,
            ExperimentOptions options,
            Map<String, Path> externals,
            List<TrainedNetwork> trained,
            List<PretrainedGenerator> gans,
            Optional<Path> features,
            QualityOptions quality,
            Optional<PretrainedWeights> metricWeights,
            Compute compute,
            OpeningMessages opening) {
        this.common = common;
        this.backbones = backbones;
        this.dataset = dataset;
        this.options = options;
        this.externals = externals;
        this.trained = trained;
        this.gans = gans;
        this.features = features;
        this.quality = quality;
        this.metricWeights = metricWeights;
        this.compute = compute;
        this.opening = opening;
    }

    /** Uses a generator that has not learned, where the experiment would otherwise end. */
    void acceptBadGenerator() {
        acceptsBadGenerator = true;
    }

    /** Prints the plan and its estimated time. */
    void dryRun(int jobs) {
        TimeEstimate estimate;
        ExternalImages images;
        try (PretrainedNetworks networks = networks(common.progress())) {
            Experiment.check(dataset, options, networks);
            gans.forEach(pretrained -> pretrained.check(dataset, options));
            long start = System.nanoTime();
            images = external(common.progress());
            double opening = externals.isEmpty() ? 0 : (System.nanoTime() - start) / 1e9;
            estimate = TimeEstimate.of(dataset, options, networks, adopted(), jobs, common.progress())
                    .withOpening(opening);
        }
        Map<String, Object> configuration = configuration(images);
        Map<String, Object> plan = new LinkedHashMap<>(configuration);
        List<Results.EqualArm> equalArms = Experiment.equalArms(dataset, options);
        plan.put("equal_arms", equalArms);
        List<FoldResults.FoldParts> folds = Experiment.folds(dataset, options);
        if (!folds.isEmpty()) {
            plan.put("folds", folds);
        }
        plan.put("estimate", estimate);
        if (common.json) {
            common.printJson(plan);
            return;
        }
        common.printLines(PlanText.of(dataset, folds, options, trained, gans, equalArms, estimate));
    }

    /**
     * Runs to the end, prints the paper's tables and writes the report.
     *
     * @return the exit code: {@link ExitCode#FAILURE} when the run's files do not prove that nothing leaked
     * @throws UnusableInputException at the end, when an arm was given up
     */
    int run(Path out, boolean resume, int jobs, CheckpointPolicy checkpoints) throws IOException {
        return Interruption.guard(
                common,
                "resume with: " + resumption(out)
                        + " (finished steps are skipped, and the GAN resumes exactly where it was)",
                console -> run(out, resume, jobs, checkpoints, console));
    }

    /** The command that resumes a run, also that of a demo. */
    static String resumption(Path run) {
        return "lesionforge experiment --out " + run + " --resume";
    }

    private int run(Path out, boolean resume, int jobs, CheckpointPolicy checkpoints, Progress console)
            throws IOException {
        try (PretrainedNetworks networks = networks(console)) {
            Experiment.check(dataset, options, networks);
            gans.forEach(pretrained -> pretrained.check(dataset, options));
            ExternalImages images = external(console);
            try (RunDirectory run = RunDirectory.open(out, configuration(images), resume);
                    RunLog progress = RunLog.open(out.resolve("log.txt"), opening.texts(), console)) {
                return run.run(() -> run(run, images, networks, jobs, checkpoints, progress));
            }
        }
    }

    private ExternalImages external(Progress progress) {
        return ExternalImages.open(externals, dataset, options, progress);
    }

    private int run(
            RunDirectory run,
            ExternalImages images,
            PretrainedNetworks networks,
            int jobs,
            CheckpointPolicy checkpoints,
            Progress progress)
            throws IOException {
        Path out = run.folder();
        // First, so that one which cannot begin leaves everything as it was.
        Experiment experiment = new Experiment(dataset, options, images, networks, run, checkpoints, progress);
        ProvenanceRecord.write(out, Version.number(), common.arguments(), dataset, options.seed(), networks);
        for (PretrainedGenerator gan : gans) {
            experiment.usePretrained(gan);
        }
        if (acceptsBadGenerator) {
            experiment.acceptBadGenerator();
        }
        Results results = experiment.run(jobs);
        Path report = Report.write(out);
        if (common.json) {
            common.printJson(results);
        } else {
            common.printLines(ExperimentTables.text(results));
            common.print("report: " + report.toAbsolutePath().normalize());
        }
        List<String> broken = results.leakage().stream()
                .filter(check -> !check.holds())
                .map(check -> check.check() + ": " + check.detail())
                .toList();
        broken.forEach(rule -> progress.message("LEAK: this rule is broken: " + rule));
        if (!broken.isEmpty()) {
            return ExitCode.FAILURE;
        }
        requireAll(results, out);
        return ExitCode.DONE;
    }

    /** Last, when all other arms are in the results and the report. */
    private void requireAll(Results results, Path out) {
        List<Results.UnableArm> unable = results.unableArms();
        if (unable.isEmpty()) {
            return;
        }
        List<String> given = unable.stream().map(Results.UnableArm::name).toList();
        String others = options.arms().stream()
                .map(Arm::word)
                .filter(arm -> !given.contains(arm))
                .collect(Collectors.joining(","));
        throw new UnusableInputException(
                unable.stream().map(Results.UnableArm::toString).collect(Collectors.joining("; "))
                        + ". All other arms are finished and in the report; to have no more of "
                        + String.join(", ", given) + ": " + resumption(out) + " --arms " + others);
    }

    private PretrainedNetworks networks(Progress progress) {
        Optional<MetricNetwork> metric =
                metricWeights.map(file -> new MetricNetwork(file, quality.layer(file), quality.resize));
        return new PretrainedNetworks(backbones, trained, metric, features, compute, progress);
    }

    private Map<String, Object> configuration(ExternalImages images) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        // Absolute paths, because the run may be resumed from another folder.
        configuration.put("dataset", lasting(dataset.folder()));
        configuration.put("split_sha256", dataset.manifest().split().sha256());
        configuration.put("options", options);
        configuration.put(
                "classifiers",
                trained.stream().map(each -> each.architecture().name()).toList());
        unusualPadding().ifPresent(padding -> configuration.put("padding", padding));
        configuration.put("weights", one(each -> each.sha256()));
        configuration.put(
                "metric_weights", metricWeights.map(PretrainedWeights::sha256).orElse(null));
        configuration.put(
                "metric_features",
                metricWeights.map(file -> quality.layer(file).dimensions()).orElse(null));
        configuration.put("metric_resize", quality.resize.label());
        configuration.put("accept_bad_generator", acceptsBadGenerator);
        configuration.put(ComputedKey.NAME, compute.computed());
        if (trained.get(0).weights().isPresent()) {
            configuration.put("weights_file", one(each -> lasting(each.file())));
        }
        metricWeights.ifPresent(file -> configuration.put("metric_weights_file", lasting(file.file())));
        if (!gans.isEmpty()) {
            configuration.put(
                    "gan_run",
                    oneOrAll(gans.stream().map(each -> lasting(each.folder())).toList()));
        }
        if (!externals.isEmpty()) {
            configuration.put("external", images.facts());
        }
        return configuration;
    }

    /** Of a network with a choice, unless it is what is built where nothing says otherwise, as in runs from before there was this option. */
    private Optional<String> unusualPadding() {
        return trained.stream()
                .filter(each -> !each.padding()
                        .equals(backbones
                                .named(each.architecture().name())
                                .flatMap(network -> network.paddings().stream().findFirst())))
                .flatMap(each -> each.padding().stream())
                .findFirst();
    }

    /** Of the weights of one classifier, or of each in their order; null without weights. */
    private @Nullable Object one(Function<PretrainedWeights, String> fact) {
        List<String> facts = trained.stream()
                .flatMap(each -> each.weights().stream())
                .map(fact)
                .toList();
        return facts.isEmpty() ? null : oneOrAll(facts);
    }

    private static Object oneOrAll(List<String> facts) {
        return facts.size() == 1 ? facts.get(0) : facts;
    }

    private Set<String> adopted() {
        return gans.stream().map(each -> each.name(options.arms())).collect(Collectors.toSet());
    }

    private static String lasting(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
