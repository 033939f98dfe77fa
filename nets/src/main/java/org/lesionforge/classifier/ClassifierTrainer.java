package org.lesionforge.classifier;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.WeightNames;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.AugmentedTrainingPart;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.image.file.Fit;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Computed;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Torch;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;

/**
 * Makes {@link Classifier}s out of training parts: a backbone, an optimiser, cross-entropy plus a share of an auxiliary head's, images altered at
 * random, as the options' recipe has it. The same options, weights, images and number of threads give the same classifier on one machine.
 */
public final class ClassifierTrainer {
    private final Architecture architecture;
    private final ClassifierOptions options;
    private final Optional<PretrainedWeights> weights;
    private final Optional<FrozenFeatures> frozen;
    private final Compute compute;
    private final Progress progress;

    private ClassifierTrainer(
            Architecture architecture,
            ClassifierOptions options,
            Optional<PretrainedWeights> weights,
            Optional<FrozenFeatures> frozen,
            Compute compute,
            Progress progress) {
        architecture.requireSide(options.size());
        this.architecture = architecture;
        this.options = options;
        this.weights = weights;
        this.frozen = frozen;
        this.compute = compute;
        this.progress = progress;
    }

    /**
     * Trains every layer, from random weights.
     *
     * @param architecture of the network
     * @param options of the training
     * @param compute where the network is sent
     * @param progress receives messages and how far the training has come, and can ask to stop
     * @return a trainer of that architecture
     * @throws IllegalArgumentException when the options say {@code freeze}, or a size that is too small for the
     *     architecture
     */
    public static ClassifierTrainer fromScratch(
            Architecture architecture, ClassifierOptions options, Compute compute, Progress progress) {
        if (options.freeze()) {
            throw new IllegalArgumentException("features of a network that has learned nothing mean nothing:"
                    + " training the last layer alone needs pretrained weights");
        }
        return new ClassifierTrainer(architecture, options, Optional.empty(), Optional.empty(), compute, progress);
    }

    /**
     * Trains every layer from pretrained weights or, if the options say so, the last one alone.
     *
     * @param weights of any backbone; their own last layer, where they have one, is not used
     * @param options of the training
     * @param compute where the network is sent
     * @param progress receives messages and how far the training has come, and can ask to stop
     * @return a trainer of the weights' backbone
     * @throws IllegalArgumentException when the backbone takes no images of the options' size
     * @throws UnusableInputException when the weights end before the network does
     */
    public static ClassifierTrainer from(
            PretrainedWeights weights, ClassifierOptions options, Compute compute, Progress progress) {
        if (options.freeze()) {
            return onFeatures(
                    new FrozenFeatures(
                            weights,
                            ProbeOptions.end(options.probe(), weights.architecture()),
                            options.size(),
                            compute,
                            progress),
                    options,
                    compute,
                    progress);
        }
        FrozenFeatures.requireWhole(weights);
        return new ClassifierTrainer(
                weights.architecture(), options, Optional.of(weights), Optional.empty(), compute, progress);
    }

    /**
     * Trains the last layer alone, on features that other trainers may share.
     *
     * @param frozen features of the training images; stays open for as long as this trains and its classifiers predict
     * @param options of the training
     * @param compute where the network is sent
     * @param progress receives messages and how far the training has come, and can ask to stop
     * @return a trainer of the features' backbone
     * @throws IllegalArgumentException when the options do not say {@code freeze}, or another size or layer
     */
    public static ClassifierTrainer onFeatures(
            FrozenFeatures frozen, ClassifierOptions options, Compute compute, Progress progress) {
        FeatureLayer end = ProbeOptions.end(options.probe(), frozen.weights().architecture());
        if (!options.freeze() || options.size() != frozen.size() || !end.equals(frozen.layer())) {
            throw new IllegalArgumentException("frozen features of " + frozen.size() + " pixels behind "
                    + frozen.layer().name() + " need options with freeze, that size and layer, got freeze "
                    + options.freeze() + ", size " + options.size() + ", layer " + end.name());
        }
        return new ClassifierTrainer(
                frozen.weights().architecture(),
                options,
                Optional.of(frozen.weights()),
                Optional.of(frozen),
                compute,
                progress);
    }

    /**
     * Trains a classifier.
     *
     * @param train images and their classes, there at the options' size
     * @param validation looked at after each epoch, never fitted to; needed to select the best epoch
     * @param listener receives each epoch as it ends
     * @return the classifier with the weights of the epoch that the options select; to be closed by the caller
     * @throws UnusableInputException when the images do not serve: fewer than two, a class without any, no such
     *     positive class; and when the loss is no longer finite
     */
    public Classifier train(TrainingImages train, Optional<HeldOutPart> validation, Consumer<EpochStats> listener) {
        check(train, validation);
        return trainFollowed(train, validation, listener::accept);
    }

    /**
     * Trains a classifier and writes the log and checkpoints into its run: from the last checkpoint on where there is one, and then the
     * classifier is the same as if training had never stopped, on the same machine with the same number of threads.
     *
     * @param train images and their classes, there at the options' size
     * @param validation looked at after each epoch, never fitted to; needed to select the best epoch
     * @param run that was created for these images and options, held by the caller alone
     * @param policy how the training is kept safe; changes nothing that it comes to
     * @return the classifier with the weights of the epoch that the options select; to be closed by the caller
     * @throws UnusableInputException when the images do not serve, the loss is no longer finite, the run is of other images, options or
     *     weights, or none of its checkpoints can be used
     * @throws MissingRequirementException when the disk is too small for the checkpoints
     * @throws InterruptedRunException when the progress's cancellation was requested; a checkpoint was made
     * @throws UncheckedIOException when something cannot be written; the message names the checkpoint that is left
     */
    public Classifier train(
            TrainingImages train, Optional<HeldOutPart> validation, ClassifierRun run, CheckpointPolicy policy) {
        check(train, validation);
        run.requireSame(train, architecture, options, weights);
        run.trainedOn(computed());
        return trainFollowed(train, validation, new RunRecord(run, options, policy, progress));
    }

    /** What is fitted to features knows one precision: theirs. */
    private Computed computed() {
        Computed computed = compute.computed();
        return frozen.isPresent() ? new Computed(computed.device(), Precision.FLOAT32) : computed;
    }

    private Classifier trainFollowed(
            TrainingImages train, Optional<HeldOutPart> validation, TrainingListener listener) {
        Optional<HeldOutPart> held = validation.filter(part -> part.size() > 0);
        Backbone net = net(train.classes().size());
        int epoch = ModelCard.NO_EPOCH;
        if (frozen.isPresent()) {
            listener.beginFit();
            new HeadFitting(options, frozen.get(), progress).fit(train, held, listener, net.head());
        } else {
            epoch = fineTune(net, train, held, listener);
        }
        return new Classifier(net, card(net, train, epoch), frozen, compute);
    }

    /** Trains every layer, and returns the epoch whose weights the net is left with. */
    private int fineTune(Backbone net, TrainingImages train, Optional<HeldOutPart> held, TrainingListener listener) {
        try {
            net.to(compute.device(), false);
            tellOrder(train);
            try (FineTuning learner = new FineTuning(options, net, input(), train, held, compute)) {
                return new TrainingLoop(options, progress, listener)
                        .run(learner)
                        .epoch();
            }
        } catch (RuntimeException e) {
            throw ClassifierSpeed.memory(architecture, options, compute)
                    .explained(e, Math.min(options.microBatch(), options.batch()), "--micro-batch");
        }
    }

    private void tellOrder(TrainingImages train) {
        int[] synthetic =
                IntStream.range(0, train.size()).filter(train::isSynthetic).toArray();
        int first = options.synthetic().firstEpochs(options.epochs(), synthetic.length, train.size());
        if (first == 0) {
            return;
        }
        progress.message("epochs 1 to " + first + " of " + options.epochs() + " are of the " + synthetic.length
                + " synthetic images alone, the later ones of the other " + (train.size() - synthetic.length));
        int label = train.label(synthetic[0]);
        if (IntStream.of(synthetic).allMatch(i -> train.label(i) == label)) {
            progress.warn(
                    "all synthetic images are of class '" + train.classes().get(label)
                            + "', so that the first epochs show no other class and teach nothing that tells them apart");
        }
    }

    /**
     * Finds out before anything is written whether the images serve.
     *
     * @param train images that {@link #train} is to train on
     * @param validation part that it is to look at after each epoch; needed to select the best epoch
     * @throws UnusableInputException when {@link #train} would
     */
    public void check(TrainingImages train, Optional<HeldOutPart> validation) {
        List<String> classes = train.classes();
        if (!train.sides().contains(options.size())) {
            throw new UnusableInputException(train.dataset().folder() + " has no images of " + options.size() + "×"
                    + options.size() + " pixels, only of " + train.sides() + "; prepare it again with --sizes "
                    + options.size() + " or name another --size");
        }
        train.dataset().requireUnchanged(options.size());
        if (!classes.contains(options.positive())) {
            throw new UnusableInputException("the positive class '" + options.positive() + "' is not one of " + classes
                    + "; name one with --positive");
        }
        int[] counts = train.counts();
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                throw new UnusableInputException("the training part has no image of class '" + classes.get(c)
                        + "', so a classifier cannot learn it; add images or leave the class out");
            }
        }
        if (train.size() < 2 || classes.size() < 2) {
            throw new UnusableInputException("a classifier needs two classes and two training images, "
                    + train.dataset().folder() + " has the classes " + classes + " and " + train.size()
                    + " training images; prepare it again with images of another class");
        }
        if (!options.freeze() && options.selection().needsValidation()) {
            requireChoice(train, validation.filter(part -> part.size() > 0));
        }
    }

    private void requireChoice(TrainingImages train, Optional<HeldOutPart> validation) {
        Path folder = train.dataset().folder();
        if (validation.isEmpty()) {
            throw new UnusableInputException(
                    "choosing the best epoch needs a validation part, and " + folder
                            + " has none; prepare it with --validation 0.1, or keep the last epoch (--select last, or --protocol paper in an experiment)");
        }
        int positive = train.classes().indexOf(options.positive());
        long positives = IntStream.of(Predictions.labels(validation.get()))
                .filter(label -> label == positive)
                .count();
        if (options.selection() == Selection.BEST_AUC
                && (positives == 0 || positives == validation.get().size())) {
            throw new UnusableInputException("the ROC AUC that is to choose the epoch needs images of '"
                    + options.positive() + "' and others, and of the "
                    + validation.get().size()
                    + " images in the validation part of " + folder + " " + positives
                    + " are of that class; keep the last epoch with --select last");
        }
    }

    private Backbone net(int classes) {
        Seed seed = new Seed(options.seed()).of("classifier weights");
        if (weights.isEmpty()) {
            return architecture.classifier(classes).build(seed);
        }
        // The auxiliary head learns with the middle of the network; where that stands still there is nothing for it to
        // do.
        Backbone net = weights.get()
                .classifier(classes, ProbeOptions.end(options.probe(), architecture), !options.freeze())
                .build(seed);
        List<String> random = weights.get().loadInto(net);
        renewHead(net, seed.of("head"));
        if (weights.get().classes() > 0) {
            progress.message("the last layer of " + weights.get().file() + " has "
                    + weights.get().classes() + " outputs; it is not loaded, a new one of " + classes + " is trained");
        }
        progress.message("starting from " + weights.get().name() + "; new: " + String.join(", ", renewed(random)));
        return net;
    }

    /**
     * The layers that training starts anew, for people.
     *
     * @param random names of the parameters that the file lacks, or has otherwise
     */
    private List<String> renewed(List<String> random) {
        WeightNames names = architecture.names();
        Stream<String> others = random.stream()
                .filter(name -> !names.isOwnHead(name))
                .map(name -> name.replaceFirst("\\..*", ""))
                .distinct();
        return Stream.concat(Stream.of(names.lastLayers().get(0)), others).toList();
    }

    /** As PyTorch draws a new last layer: uniform within 1/√inputs. An architecture's own may be ten times that, for a network that learns with it. */
    private static void renewHead(Backbone net, Seed seed) {
        double bound = 1 / Math.sqrt(net.featureCount());
        try (Scope scope = new Scope();
                Generator generator = Torch.generator(seed);
                NoGradGuard noGradient = new NoGradGuard()) {
            net.head().weight().uniform_(-bound, bound, new GeneratorOptional(generator));
            net.head().bias().uniform_(-bound, bound, new GeneratorOptional(generator));
        }
    }

    private Normalisation input() {
        return weights.map(PretrainedWeights::input).orElse(architecture.input());
    }

    private ModelCard card(Backbone net, TrainingImages train, int epoch) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int c = 0; c < train.classes().size(); c++) {
            counts.put(train.classes().get(c), train.counts()[c]);
        }
        return new ModelCard(
                ModelCard.FORMAT_VERSION,
                architecture.name(),
                train.classes(),
                options.positive(),
                options.size(),
                Fit.valueOf(train.dataset().manifest().fit().toUpperCase(Locale.ROOT)),
                net.options().variant().name(),
                input().formula(),
                weights.map(PretrainedWeights::name).orElse(null),
                weights.map(PretrainedWeights::sha256).orElse(null),
                epoch,
                counts,
                train instanceof AugmentedTrainingPart augmented ? augmented.syntheticCount() : 0,
                train.dataset().manifest().split().sha256(),
                options,
                null);
    }
}
