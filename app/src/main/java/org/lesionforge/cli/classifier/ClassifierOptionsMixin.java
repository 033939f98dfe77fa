package org.lesionforge.cli.classifier;

import java.nio.file.Path;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierOptions.Selection;
import org.lesionforge.cli.config.RecordedAs;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.PositiveClass;
import org.lesionforge.io.Progress;
import picocli.CommandLine.Option;

/** How a classifier is trained; the defaults are the paper's, or ours where it gives none. */
public final class ClassifierOptionsMixin {
    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description =
                    "Side of the images the network sees; the data set must have been prepared at it. Default: what "
                            + "the network was made for; of Inception V3 299, and at least 75.")
    Integer size;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "20", description = "Passes over the training part.")
    int epochs;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "128", description = "Images per step.")
    int batch;

    @Option(
            names = "--micro-batch",
            paramLabel = "N",
            description =
                    "Images in the network at once; their gradients add up to the batch's. Batch normalisation sees one "
                            + "micro-batch at a time. Default: 16 at 299 pixels, more for smaller images.")
    Integer microBatch;

    @RecordedAs("learning_rate")
    @Option(names = "--lr", paramLabel = "RATE", defaultValue = "0.001", description = "Adagrad's learning rate.")
    double learningRate;

    @Option(
            names = "--auxiliary-weight",
            paramLabel = "W",
            defaultValue = "0.4",
            description = "Weight of the auxiliary head's loss.")
    double auxiliaryWeight;

    @Option(
            names = "--flips",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Flip images at random, horizontally and vertically. Default: on.")
    boolean flips;

    @Option(
            names = "--rotation",
            paramLabel = "DEGREES",
            defaultValue = "180",
            description = "Turn images by a random angle up to this, either way.")
    double rotation;

    @Option(
            names = "--freeze",
            description =
                    "Train the last layer alone, on features computed once. Needs --weights. Takes minutes on a CPU.")
    boolean freeze;

    @Option(
            names = "--views",
            paramLabel = "1-8",
            defaultValue = "1",
            description =
                    "With --freeze: compute features of so many flips and quarter turns of each training image; 4 are "
                            + "the flips.")
    int views;

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
     * All options but the positive class, which may depend on the data set.
     *
     * @param architecture that is trained
     * @param weights what training starts from; null for random weights
     * @throws IllegalArgumentException when options are out of their ranges or exclude each other
     */
    public ClassifierOptions options(Architecture architecture, Selection selection, Path weights, long seed) {
        if (freeze && weights == null) {
            throw new IllegalArgumentException("--freeze trains the last layer alone and needs a network that has "
                    + "learned: name one with --weights FILE");
        }
        int side = size == null ? architecture.side() : size;
        architecture.requireSide(side);
        return ClassifierOptions.paper()
                .with()
                .size(side)
                .epochs(epochs)
                .batch(batch)
                .microBatch(microBatch == null ? ClassifierOptions.usualMicroBatch(side) : microBatch)
                .learningRate(learningRate)
                .auxiliaryWeight(auxiliaryWeight)
                .flips(flips)
                .rotation(rotation)
                .freeze(freeze)
                .views(views)
                .selection(selection)
                .seed(seed)
                .build();
    }
}
