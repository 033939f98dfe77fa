package org.lesionforge.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lesionforge.classifier.ActivationSheet;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.data.AugmentedTrainingPart;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.experiment.arm.ArmJudge;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.Budget;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.DrawnSet;
import org.lesionforge.training.CheckpointPolicy;

/** Trains and tests the classifier of one trial, and leaves its folder finished. */
record TrialRunner(
        ExperimentOptions options, PretrainedNetworks networks, RunDirectory run, CheckpointPolicy checkpoints) {
    /** Several trials may be trained at the same time. One whose training was interrupted resumes from its last checkpoint. */
    ArmResult train(Trial trial, SplitInputs inputs, Progress progress) throws IOException {
        long start = System.nanoTime();
        Path folder = run.trial(trial);
        TrainingImages images = inputs.training(trial);
        progress.message(trial + ": training the classifier on " + images.size() + " images");
        int[] real = inputs.real(trial.arm()).counts();
        ClassifierOptions classifierOptions =
                options.classifier(trial, inputs.training().size(), images.counts(), real);
        Optional<HeldOutPart> validation = inputs.validation(trial.arm());
        TrainedNetwork network = networks.of(trial.classifier());
        ClassifierRun started = started(network, folder, images, classifierOptions, progress);
        try (Classifier classifier = networks.trainer(network, classifierOptions, progress)
                .train(images, validation, started, checkpoints)) {
            if (keepsModel(trial)) {
                started.save(classifier);
            }
            Predictions predictions = classifier.predict(inputs.test(trial.arm()), progress);
            ArmLayout layout = new ArmLayout(folder);
            predictions.writeCsv(layout.testPredictions());
            if (validation.isPresent()) {
                classifier.predict(validation.get(), progress).writeCsv(layout.validationPredictions());
            }
            if (trial.seed() == options.seed() && trial.fold() <= 1) {
                if (classifier.showsEvidence()) {
                    ActivationSheet.write(classifier, inputs.test(trial.arm()), predictions, run.evidence(trial));
                } else {
                    progress.message("no class activation maps of " + trial.classifier()
                            + ": its last layer reads fully connected layers, no averages of places");
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            int synthetic = images instanceof AugmentedTrainingPart augmented ? augmented.syntheticCount() : 0;
            ArmResult result = new ArmResult(
                    trial.arm().word(),
                    trial.classifier().name(),
                    options.title(trial),
                    trial.seed(),
                    trial.fold() == Trial.NO_FOLD ? Optional.empty() : Optional.of(trial.fold()),
                    synthetic,
                    counts(images),
                    classifierOptions.steps(images.size()),
                    realEpochs(classifierOptions, images, real),
                    classifier.card().epoch(),
                    predictions.evaluation(classifierOptions.positive()),
                    quality(trial, inputs),
                    seconds,
                    run.relative(folder),
                    classifierOptions.training().tta());
            run.finish(trial, result);
            return result;
        }
    }

    /** The one that was interrupted, if it can be resumed, else a new one. */
    private static ClassifierRun started(
            TrainedNetwork network, Path folder, TrainingImages images, ClassifierOptions options, Progress progress)
            throws IOException {
        if (ClassifierRun.isRun(folder)) {
            try {
                ClassifierRun earlier = ClassifierRun.open(folder);
                earlier.requireSame(images, network.architecture(), options, network.weights());
                return earlier;
            } catch (UnusableInputException e) {
                progress.warn(e.getMessage() + "; it is trained anew");
            }
        }
        OutputFolder.delete(folder);
        return ClassifierRun.create(folder, images, network.architecture(), options, network.weights());
    }

    /** A result with the title that its trial has among those of today: once there are several classifiers, each is named. */
    ArmResult titled(ArmResult result, Trial trial) {
        return new ArmResult(
                result.name(),
                result.classifier(),
                options.title(trial),
                result.seed(),
                result.fold(),
                result.synthetic(),
                result.train(),
                result.steps(),
                result.realEpochs(),
                result.bestEpoch(),
                result.test(),
                result.images(),
                result.seconds(),
                result.folder(),
                result.tta());
    }

    /** How often an image of {@code real}, counted by class, is shown on average; empty where nothing is trained in steps. */
    private static Optional<Double> realEpochs(ClassifierOptions options, TrainingImages images, int[] real) {
        if (options.steps(images.size()) == 0) {
            return Optional.empty();
        }
        int epoch = options.epochImages() == 0 ? images.size() : options.epochImages();
        int synthetic = images instanceof AugmentedTrainingPart augmented ? augmented.syntheticCount() : 0;
        int first = options.synthetic().firstEpochs(options.epochs(), synthetic, images.size());
        double share = first > 0
                ? (double) (options.epochs() - first) / options.epochs()
                : Budget.realShare(images.counts(), real, options.training().balanced());
        return Optional.of(
                (double) options.epochs() * epoch * share / IntStream.of(real).sum());
    }

    /** The classifier of the first approach, which measures images and chooses among them, is needed later. */
    private boolean keepsModel(Trial trial) {
        boolean needed =
                networks.measureWithOwnClassifier() || options.arms().stream().anyMatch(Arm::filtered);
        return options.keepModels() || (trial.equals(own(trial)) && needed);
    }

    /** The trial of the first approach and the first classifier, with the seed and the fold of another. */
    private Trial own(Trial of) {
        return new Trial(Arm.NONE, networks.classifiers().get(0), of.seed(), of.fold());
    }

    /**
     * The classifier of the first approach with the seed and the fold of another trial, which measures images when the user has no weights to
     * measure with, and chooses among those of arms that are filtered. It is trained if that is not done yet.
     *
     * @param inputs of both trials
     */
    ArmJudge judge(Trial of, SplitInputs inputs, Progress progress) {
        Trial own = own(of);
        try {
            if (run.result(own).isEmpty()) {
                ParallelTrials.of(1, networks.trained(), options.classifier(), progress)
                        .forEach(List.of(own), (trial, listener) -> train(trial, inputs, listener));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        Path folder = run.trial(own);
        return new ArmJudge(
                Classifier.open(folder, networks.backbones(), networks.compute(), progress), run.relative(folder));
    }

    /**
     * Before anything is trained.
     *
     * @param trials that are left to train
     * @throws UnusableInputException when one of them needs the weights of a classifier that was trained without keeping them
     */
    void requireJudges(List<Trial> trials) {
        for (Trial trial : trials) {
            Trial own = own(trial);
            if (trial.arm().filtered() && run.result(own).isPresent() && !Classifier.isIn(run.trial(own))) {
                throw new UnusableInputException(
                        run.trial(own) + " has no weights (model.json), and the classifier there"
                                + " is to choose the images of the arm "
                                + trial.arm().word() + "; delete that folder to have it"
                                + " trained again, with its weights kept");
            }
        }
    }

    /** Empty for an arm without generated images. */
    private Optional<Results.Images> quality(Trial trial, SplitInputs inputs) throws IOException {
        if (ExternalImages.isExternal(trial.arm())) {
            return Optional.of(new Results.Images(
                    Optional.empty(),
                    List.of(),
                    inputs.external(trial.arm()).gate(options.additions().maxSimilarity()),
                    List.of()));
        }
        Optional<DrawnSet> set = trial.arm().drawn();
        if (set.isEmpty()) {
            return Optional.empty();
        }
        GeneratorRun gan = GeneratorRun.open(inputs.files().generator(set.get().generator()), options.zoo());
        return Optional.of(new Results.Images(
                Optional.of(gan.best().epoch()),
                gan.metrics(gan.best().snapshot()),
                inputs.synthetic().gate(set.get(), trial.seed()),
                inputs.synthetic().filter(set.get(), trial.seed())));
    }

    private static Map<String, Integer> counts(TrainingImages images) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int c = 0; c < images.classes().size(); c++) {
            counts.put(images.classes().get(c), images.counts()[c]);
        }
        return counts;
    }
}
