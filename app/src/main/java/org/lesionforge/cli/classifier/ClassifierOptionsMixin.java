package org.lesionforge.cli.classifier;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.Recipe;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.cli.common.BatchSize;
import org.lesionforge.cli.config.RecordedAs;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.PositiveClass;
import org.lesionforge.feed.StepMemory;
import org.lesionforge.io.Progress;
import org.lesionforge.torch.Compute;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a classifier is trained; the defaults are the paper's, or ours where it gives none. */
public final class ClassifierOptionsMixin {
    /** A larger one is hardly faster. */
    private static final int MICRO_BATCH_ON_CARD = 128;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description =
                    "Side of the images the network sees; the data set must have been prepared at it. Default: what "
                            + "the network was made for; of Inception V3 299, and at least 75.")
    Integer size;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the training part. Default: 20, 35 with the recipe strong.")
    @Nullable
    Integer epochs;

    @Option(
            names = "--batch",
            paramLabel = "N|auto",
            converter = BatchSize.Converter.class,
            description =
                    "Images per step; auto: the largest power of two that memory holds in the network at once, found once "
                            + "and recorded. Default: 128, 64 with the recipe strong.")
    @Nullable
    BatchSize batch;

    @Option(
            names = "--micro-batch",
            paramLabel = "N",
            description =
                    "Images in the network at once; their gradients add up to the batch's. Batch normalisation sees one "
                            + "micro-batch at a time. Default: 16 at 299 pixels, more for smaller images; on a card 128, or "
                            + "what its memory holds.")
    @Nullable
    Integer microBatch;

    @RecordedAs("learning_rate")
    @Option(
            names = "--lr",
            paramLabel = "RATE",
            description = "The optimiser's learning rate. Default: 0.001, 0.0008 with the recipe strong.")
    @Nullable
    Double learningRate;

    @Option(
            names = "--auxiliary-weight",
            paramLabel = "W",
            description = "Weight of the loss of each auxiliary head. Default: that of the first network with such"
                    + " heads, else 0.4.")
    @Nullable
    Double auxiliaryWeight;

    @Option(
            names = "--padding",
            paramLabel = "timm|keras",
            description =
                    "Which of the networks that share a name and the shapes of their weights; 'classify architectures' says "
                            + "which have a choice. Default: that of the weights, else the first.")
    @Nullable
    String padding;

    @Mixin
    RecipeMixin training;

    @Mixin
    SyntheticMixin synthetic;

    @RecordedAs("selection")
    @Option(
            names = "--select",
            paramLabel = "last|best-auc|best-loss",
            converter = SelectionConverter.class,
            description =
                    "Keep the last epoch, or the one with the highest ROC AUC or the lowest loss on the validation "
                            + "part. Default: last with the recipe strong or without a validation part, else best-loss.")
    @Nullable
    Selection selection;

    @Option(
            names = "--flips",
            negatable = true,
            fallbackValue = "true",
            description = "Flip images at random, horizontally and vertically. Default: on.")
    @Nullable
    Boolean flips;

    @Option(
            names = "--rotation",
            paramLabel = "DEGREES",
            description = "Turn images by a random angle up to this, either way. Default: 180.")
    @Nullable
    Double rotation;

    @Option(
            names = "--freeze",
            description =
                    "Fit the last layer alone, on features computed once, by logistic regression whose L2 is chosen by "
                            + "cross-validation. Needs --weights. Takes minutes on a CPU.")
    boolean freeze;

    @Option(
            names = "--views",
            paramLabel = "1-8",
            defaultValue = "1",
            description =
                    "With --freeze: take the mean of the features of so many flips and quarter turns of each image, in "
                            + "training and later; 1: the image as it is; 4: the flips.")
    int views;

    @Option(
            names = "--layer",
            paramLabel = "middle|last",
            defaultValue = "middle",
            description =
                    "With --freeze: take features of the network's middle, which tell more of other images than those it "
                            + "learned, and end the classifier there, or of its last layer.")
    ProbeOptions.Layer layer;

    @Option(
            names = "--positive",
            paramLabel = "CLASS",
            description = "The positive class. Default: malignant where there is a class of that name, else the one "
                    + "with the fewest images.")
    public String positive;

    /** The positive class; where none is named, {@code progress} receives the choice and its reason. */
    public String positive(Dataset dataset, Progress progress) {
        if (positive != null) {
            return positive;
        }
        PositiveClass usual = PositiveClass.of(dataset);
        progress.message("positive class: '" + usual.name() + "' (" + usual.reason() + ")");
        return usual.name();
    }

    /**
     * The padding that is asked for, if any.
     *
     * @param networks that are trained
     * @throws IllegalArgumentException when none of them has a choice, or one that has it has not this one
     */
    public Optional<String> padding(List<Architecture> networks) {
        if (padding == null) {
            return Optional.empty();
        }
        List<Architecture> choosing = networks.stream()
                .filter(network -> !network.paddings().isEmpty())
                .toList();
        if (choosing.isEmpty()) {
            throw new IllegalArgumentException("--padding " + padding + " chooses between networks of one name, and of "
                    + networks.stream().map(Architecture::name).collect(Collectors.joining(", "))
                    + " there is one each; leave it out ('classify architectures' says which have a choice)");
        }
        choosing.forEach(network -> network.ofPadding(padding));
        return Optional.of(padding);
    }

    /** Whether no epoch was chosen, by its name or that of a recipe. */
    boolean leavesSelectionOpen(Recipe usual) {
        return selection == null && recipe(usual) == Recipe.PAPER;
    }

    /**
     * All options but the positive class, which may depend on the data set.
     *
     * @param networks that are trained; the usual size is that of the first, the auxiliary weight that of the first which has such heads
     * @param usual the recipe where none is given
     * @param selectionOfPaper which epoch is kept with the paper's recipe, unless one is given
     * @param weights what training starts from; null for random weights
     * @throws IllegalArgumentException when options are out of their ranges or exclude each other
     */
    public ClassifierOptions options(
            List<Architecture> networks, Recipe usual, Selection selectionOfPaper, @Nullable Path weights, long seed) {
        ClassifierOptions options = unsized(usual, selectionOfPaper, weights, seed);
        int side = size == null ? networks.get(0).side() : size;
        networks.forEach(network -> network.requireSide(side));
        double usualWeight = networks.stream()
                .flatMapToDouble(network -> network.auxiliaryWeight().stream())
                .findFirst()
                .orElse(options.auxiliaryWeight());
        return options.with()
                .size(side)
                .auxiliaryWeight(RecipeMixin.given(auxiliaryWeight, usualWeight))
                .microBatch(RecipeMixin.given(microBatch, StepMemory.usual(side)))
                .build();
    }

    /**
     * As {@link #options}, before it is known which network is trained: whether it takes images of this size is not found out.
     *
     * @throws IllegalArgumentException when options are out of their ranges or exclude each other
     */
    public ClassifierOptions unsized(Recipe usual, Selection selectionOfPaper, @Nullable Path weights, long seed) {
        if (freeze) {
            requireFreezable(weights);
        }
        if (isAuto() && microBatch != null) {
            throw new IllegalArgumentException("--batch auto finds how many images the network takes at once, which"
                    + " --micro-batch says: leave out one of them");
        }
        Recipe recipe = recipe(usual);
        ClassifierOptions base = recipe.options();
        int side = RecipeMixin.given(size, base.size());
        Selection usualSelection = recipe == Recipe.PAPER ? selectionOfPaper : base.selection();
        ClassifierOptions.Builder options = base.with();
        if (freeze) {
            options.probe(ProbeOptions.behind(layer));
        }
        return options.size(side)
                .epochs(RecipeMixin.given(epochs, base.epochs()))
                .batch(batch == null ? base.batch() : batch.images().orElse(base.batch()))
                .microBatch(RecipeMixin.given(microBatch, StepMemory.usual(side)))
                .learningRate(RecipeMixin.given(learningRate, base.learningRate()))
                .auxiliaryWeight(RecipeMixin.given(auxiliaryWeight, base.auxiliaryWeight()))
                .flips(RecipeMixin.given(flips, base.flips()))
                .rotation(RecipeMixin.given(rotation, base.rotation()))
                .views(views)
                .selection(RecipeMixin.given(selection, usualSelection))
                .training(training.over(base.training()))
                .synthetic(synthetic.training())
                .seed(seed)
                .build();
    }

    private boolean isAuto() {
        return batch != null && batch.isAuto();
    }

    /**
     * The same options, with the batch that memory holds where {@code auto} was asked for, and on a card with the micro-batch that it holds where none was.
     *
     * @param options of these, otherwise whole
     * @param memory of such a training, where it is to be
     * @param images that there are to train on
     */
    public ClassifierOptions fitted(
            ClassifierOptions options, StepMemory memory, int images, Compute compute, Progress progress) {
        if (options.freeze()) {
            return options;
        }
        if (isAuto()) {
            int found = BatchSize.found("--batch", memory, images, progress);
            return options.with().batch(found).microBatch(found).build();
        }
        if (microBatch != null || !compute.device().is_cuda()) {
            return options;
        }
        int found = memory.require(Math.min(MICRO_BATCH_ON_CARD, options.batch()));
        return options.with().microBatch(found).build();
    }

    private Recipe recipe(Recipe usual) {
        return training.or(freeze ? Recipe.PAPER : usual);
    }

    private void requireFreezable(@Nullable Path weights) {
        if (weights == null) {
            throw new IllegalArgumentException("--freeze trains the last layer alone and needs a network that has "
                    + "learned: name one with --weights FILE");
        }
        List<String> given = new ArrayList<>(training.given());
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        own.put("--epochs", epochs);
        own.put("--batch", batch);
        own.put("--micro-batch", microBatch);
        own.put("--lr", learningRate);
        own.put("--auxiliary-weight", auxiliaryWeight);
        own.put("--select", selection);
        own.put("--flips", flips);
        own.put("--rotation", rotation);
        own.forEach((name, value) -> {
            if (value != null) {
                given.add(name);
            }
        });
        if (synthetic.first) {
            given.add("--synthetic-first");
        }
        requireNoneFrozen(given);
    }

    /**
     * Refuses what means nothing beside {@code --freeze}, if that is given.
     *
     * @param given names of options that are given
     * @throws IllegalArgumentException when there are any, naming them
     */
    public void requireNoneFrozen(List<String> given) {
        if (freeze && !given.isEmpty()) {
            throw new IllegalArgumentException(
                    "--freeze fits the last layer alone, on features computed once, until it has converged; "
                            + String.join(", ", given) + " would mean nothing: leave out one or the other");
        }
    }
}
