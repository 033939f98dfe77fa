package org.lesionforge.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.audit.AuditResult;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.Licences;
import org.lesionforge.data.SyntheticFolder;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.experiment.Results.ArmResult;
import org.lesionforge.experiment.Results.Comparison;
import org.lesionforge.gan.CheckpointPolicy;
import org.lesionforge.gan.GanRun;
import org.lesionforge.gan.GanTrainer;
import org.lesionforge.gan.SnapshotJudge;
import org.lesionforge.gan.SyntheticWriter;
import org.lesionforge.io.Json;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.FeatureExtractor;
import org.lesionforge.metric.PairedAccuracy;

/**
 * The paper from end to end: a classifier on the original data, a GAN on the scarce class, a classifier on the balanced data, both tested
 * on the same real images, compared, and checked for leaks.
 *
 * <p>Every step leaves its files in the run directory and is skipped when they are complete, so an interrupted experiment goes on where it
 * was: the GAN's training at its last checkpoint, a classifier's at its beginning.
 */
public final class Experiment {
    private final Dataset dataset;
    private final ExperimentOptions options;
    private final Networks networks;
    private final RunDirectory run;
    private final CheckpointPolicy checkpoints;
    private final Progress progress;

    private final TrainingPart training;
    private final Optional<HeldOutPart> validation;
    /** What the GAN is to make good; empty when no arm has one. */
    private final Optional<Imbalance> imbalance;

    /**
     * @param networks the pretrained weights to use, if any
     * @param run where everything is written
     * @param checkpoints how the GAN's training is kept safe
     * @param progress hears of everything, and may stop the experiment between two steps of a training
     * @throws UnusableInputException as {@link #check}
     */
    public Experiment(
            Dataset dataset,
            ExperimentOptions options,
            Networks networks,
            RunDirectory run,
            CheckpointPolicy checkpoints,
            Progress progress) {
        this.dataset = dataset;
        this.options = options;
        this.networks = networks;
        this.run = run;
        this.checkpoints = checkpoints;
        this.progress = progress;
        training = options.protocol().training(dataset);
        validation = options.protocol().validation(dataset);
        check(dataset, options, networks);
        imbalance = imbalance(training, options);
    }

    /**
     * Finds out before anything is written or trained whether the data set serves for what the options ask.
     *
     * @throws UnusableInputException when a part, a class or an image size is missing, or there is nothing to balance
     */
    public static void check(Dataset dataset, ExperimentOptions options, Networks networks) {
        TrainingPart training = options.protocol().training(dataset);
        if (options.protocol() == Protocol.STRICT && dataset.validation().size() == 0) {
            throw new UnusableInputException("the strict protocol chooses snapshot and epoch on a validation part, and "
                    + dataset.folder() + " has none; prepare it with --validation 0.1, or take the last of both with "
                    + "--protocol paper");
        }
        networks.trainer(options).check(training, options.protocol().validation(dataset));
        if (dataset.test().size() == 0) {
            throw new UnusableInputException(
                    dataset.folder() + " has no test part to compare the arms on; prepare it with --test 0.2");
        }
        imbalance(training, options).ifPresent(lack -> new GanTrainer(options.gan(), Progress.SILENT)
                .check(training.ofClass(lack.minority())));
    }

    private static Optional<Imbalance> imbalance(TrainingPart training, ExperimentOptions options) {
        return options.arms().contains(Arm.DCGAN)
                ? Optional.of(Imbalance.of(training, options.synthetic()))
                : Optional.empty();
    }

    /** Runs what is not done yet and writes {@code results.json}. */
    public Results run() throws IOException {
        AuditResult audit = RunAudit.of(dataset, networks.start(), run, progress);
        List<ArmResult> arms = new ArrayList<>();
        for (Arm arm : options.arms()) {
            arms.add(run.armResult(arm, options.seed()).orElseGet(() -> train(arm)));
        }
        ExampleSheets.write(dataset, options.gan().size(), run);
        Results results = new Results(
                Results.FORMAT_VERSION,
                options.protocol(),
                options.classifier().positive(),
                new Results.DatasetSummary(
                        dataset.folder().toString(),
                        dataset.classes(),
                        dataset.images().size(),
                        dataset.counts(),
                        dataset.manifest().split().sha256(),
                        Licences.of(dataset).counts()),
                arms,
                comparisons(arms),
                leakage(arms, audit),
                PaperDifferences.of(options, dataset, networks.classifierName(), networks.extractorName()),
                networks.extractorName(),
                run.seconds());
        Json.write(run.results(), results);
        return results;
    }

    private ArmResult train(Arm arm) {
        try {
            return arm == Arm.NONE ? train(arm, training, null) : trainBalanced(arm);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private ArmResult trainBalanced(Arm arm) throws IOException {
        GanRun gan = trainGan();
        SyntheticFolder synthetic = sample(gan);
        Results.Images quality =
                new Results.Images(gan.best().epoch(), gan.metrics(gan.best().snapshot()));
        return train(arm, training.plus(synthetic), quality);
    }

    private ArmResult train(Arm arm, TrainingImages images, Results.Images quality) throws IOException {
        long start = System.nanoTime();
        Path folder = run.startArm(arm, options.seed());
        progress.message("arm " + arm.word() + ": training the classifier on " + images.size() + " images");
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int c = 0; c < images.classes().size(); c++) {
            counts.put(images.classes().get(c), images.counts()[c]);
        }
        try (Classifier classifier = networks.trainClassifier(options, images, validation, folder)) {
            Predictions predictions = classifier.predict(dataset.test(), progress);
            predictions.writeCsv(folder.resolve("predictions-test.csv"));
            double seconds = secondsSince(start);
            ArmResult result = new ArmResult(
                    arm,
                    arm.title(),
                    options.seed(),
                    images.size() - training.size(),
                    counts,
                    classifier.card().epoch(),
                    predictions.evaluation(options.classifier().positive()),
                    quality,
                    seconds,
                    run.relative(folder));
            run.finishArm(folder, result);
            run.addSeconds(seconds);
            return result;
        }
    }

    private GanRun trainGan() throws IOException {
        if (run.ganIsFinished()) {
            return GanRun.open(run.gan());
        }
        String minority = imbalance.orElseThrow().minority();
        TrainingPart real = training.ofClass(minority);
        progress.message("training a DCGAN on " + real.size() + " images of class " + minority);
        GanRun gan = startedGan(real, minority);
        try (Networks.Measuring measuring = networks.measuring(this::ownClassifier)) {
            train(gan, real, measuring.extractor());
        }
        return gan;
    }

    private void train(GanRun gan, TrainingPart real, FeatureExtractor extractor) throws IOException {
        long start = System.nanoTime();
        try {
            SnapshotJudge judge = new SnapshotJudge(
                    extractor,
                    real,
                    validation.map(part -> part.ofClass(gan.config().className())),
                    options.gan().size(),
                    progress);
            new GanTrainer(options.gan(), checkpoints, progress).train(real, gan, Optional.of(judge));
        } finally {
            run.addSeconds(secondsSince(start));
        }
    }

    /** The GAN's run as an earlier start left it, or a new one. */
    private GanRun startedGan(TrainingPart real, String minority) throws IOException {
        if (GanRun.isRun(run.gan())) {
            return GanRun.open(run.gan());
        }
        OutputFolder.delete(run.gan());
        return GanRun.create(run.gan(), real, minority, options.gan());
    }

    /** The classifier of the first approach, which measures images when the user has no weights to measure with. */
    private Classifier ownClassifier() {
        if (run.armResult(Arm.NONE, options.seed()).isEmpty()) {
            train(Arm.NONE);
        }
        return Classifier.open(run.arm(Arm.NONE, options.seed()));
    }

    private SyntheticFolder sample(GanRun gan) throws IOException {
        if (!Files.exists(run.synthetic().resolve("manifest.csv"))) {
            OutputFolder.delete(run.synthetic());
            Imbalance lack = imbalance.orElseThrow();
            progress.message("drawing " + lack.lacking() + " synthetic images of class " + lack.minority() + " from "
                    + gan.best().snapshot());
            new SyntheticWriter(gan, gan.best().snapshot(), options.seed())
                    .write(run.synthetic(), run.name(), lack.lacking());
        }
        return SyntheticFolder.open(run.synthetic());
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private List<Comparison> comparisons(List<ArmResult> arms) throws IOException {
        List<Comparison> comparisons = new ArrayList<>();
        ArmResult first = arms.get(0);
        Predictions a = run.predictions(first);
        for (ArmResult other : arms.subList(1, arms.size())) {
            Predictions b = run.predictions(other);
            PairedAccuracy paired = PairedAccuracy.of(
                    a.truth(),
                    a.predicted(),
                    b.predicted(),
                    a.groups(),
                    new Seed(options.seed()).of("bootstrap").value());
            comparisons.add(new Comparison(
                    first.name().word(),
                    other.name().word(),
                    "accuracy",
                    paired.difference(),
                    paired.ci95(),
                    paired.pValue(),
                    "exact McNemar"));
        }
        return comparisons;
    }

    private List<Results.Check> leakage(List<ArmResult> arms, AuditResult audit) throws IOException {
        LeakageProof proof = new LeakageProof(dataset);
        proof.copies(audit.copies());
        if (run.ganIsFinished()) {
            proof.gan(GanRun.open(run.gan()), training);
        }
        for (ArmResult arm : arms) {
            proof.arm(arm, run.trainingIds(arm), training, run.predictions(arm));
        }
        return proof.checks();
    }
}
