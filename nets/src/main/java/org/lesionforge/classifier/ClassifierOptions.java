package org.lesionforge.classifier;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.classifier.recipe.SyntheticTraining;
import org.lesionforge.classifier.recipe.TrainingRecipe;
import org.lesionforge.classifier.recipe.Transforms;
import org.lesionforge.feed.StepMemory;
import org.lesionforge.image.Symmetry;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.training.Batches;
import org.lesionforge.training.Range;

/**
 * How a classifier is trained. {@link #paper()} has the paper's values, and ours where the paper is silent.
 *
 * @param size side of the images in pixels, at least 1; how small they may be is checked where the architecture is known
 * @param epochs how often the images are gone through; each ends in a look at the validation part
 * @param epochImages how many images an epoch takes, in rounds through all of them; 0 for as many as there are. The same number gives training
 *     parts of different sizes the same number of steps
 * @param batch images per step of the optimiser
 * @param microBatch images per forward pass, at least 2: gradients of micro-batches add up to those of the batch, so 128 means 128 on any
 *     machine. Batch normalisation sees one micro-batch at a time. Not used when frozen: there the whole batch fits.
 * @param learningRate of the recipe's optimiser
 * @param auxiliaryWeight share of the auxiliary head's loss in the sum
 * @param flips whether each image is mirrored, turned upside down, both or neither, at random
 * @param rotation each image is turned by a random angle of −rotation to +rotation degrees; 0 turns none
 * @param freeze whether only the last layer is trained, on features computed once; needs pretrained weights
 * @param views when frozen: over how many {@linkplain Symmetry symmetries} of an image its features' mean is taken, 1 to 8; 4 are the flips
 * @param classWeights whether an image's loss is weighted by n / (classes · images of its class), so that every class weighs the same and the
 *     mean weight is 1
 * @param selection which epoch's weights are kept
 * @param positive the class that is looked for
 * @param seed of everything random: order, transforms, dropout, first weights
 * @param training what is done beyond the paper's; not used when frozen
 * @param probe when frozen: how the last layer is fitted; null otherwise, and where an {@link EarlierProbe} trained it
 * @param synthetic how synthetic images among the training images are learned
 */
public record ClassifierOptions(
        int size,
        int epochs,
        int epochImages,
        int batch,
        int microBatch,
        double learningRate,
        double auxiliaryWeight,
        boolean flips,
        double rotation,
        boolean freeze,
        int views,
        boolean classWeights,
        Selection selection,
        String positive,
        long seed,
        @OptionalKey @JsonInclude(value = Include.CUSTOM, valueFilter = TrainingRecipe.LeftOut.class)
                TrainingRecipe training,
        @OptionalKey @JsonInclude(Include.NON_NULL) @Nullable ProbeOptions probe,
        @OptionalKey @JsonInclude(value = Include.CUSTOM, valueFilter = SyntheticTraining.LeftOut.class)
                SyntheticTraining synthetic) {

    /**
     * Refuses what no training can be run with.
     *
     * @param size side of the images in pixels, at least 1; how small they may be is checked where the architecture is known
     * @param epochs at least 1
     * @param epochImages 0 for all, or at least 2
     * @param batch at least 2
     * @param microBatch at least 2
     * @param learningRate above 0
     * @param auxiliaryWeight at least 0
     * @param flips any
     * @param rotation 0 to 180 degrees
     * @param freeze any; with random weights {@link ClassifierTrainer#fromScratch} refuses it
     * @param views 1 to 8
     * @param classWeights any
     * @param selection any; the best epoch needs a validation part
     * @param positive not checked here, but against the data set by {@link ClassifierTrainer#check}
     * @param seed any
     * @param training null means the paper's, as in files of versions that had no other
     * @param probe any; null where frozen means an {@link EarlierProbe}
     * @param synthetic first only with all layers and two epochs; null means like real ones, as in files that know no other way
     * @throws IllegalArgumentException when a value is outside its range; the message gives both
     */
    public ClassifierOptions {
        Range.require(size >= 1, "the classifier's size", "at least 1", size);
        Range.require(epochs >= 1, "the classifier's epochs", "at least 1", epochs);
        Range.require(
                epochImages == 0 || epochImages >= 2,
                "the classifier's images of an epoch",
                "0 for all, or at least 2",
                epochImages);
        Range.require(batch >= 2, "the classifier's batch", "at least 2", batch);
        Range.require(
                microBatch >= 2,
                "the classifier's micro-batch",
                "at least 2, for batch normalisation needs company",
                microBatch);
        Range.require(learningRate > 0, "the classifier's learning rate", "above 0", learningRate);
        Range.require(auxiliaryWeight >= 0, "the classifier's auxiliary weight", "at least 0", auxiliaryWeight);
        Range.require(views >= 1 && views <= Symmetry.COUNT, "the classifier's views", "1 to " + Symmetry.COUNT, views);
        training = training == null ? TrainingRecipe.PAPER : training;
        synthetic = synthetic == null ? SyntheticTraining.LIKE_REAL : synthetic;
        synthetic.requireFor(freeze, epochs);
        // They have ranges of their own.
        training.transforms(flips, rotation);
    }

    /**
     * 299 pixels, 20 epochs, batch 128, Adagrad 0.001, both flips. The paper turns images without saying how far: any angle, since skin has no
     * up. The auxiliary loss counts 0.4, as where the network comes from.
     *
     * @return options for every layer, the last epoch kept, positive class {@code malignant}, seed 0
     */
    public static ClassifierOptions paper() {
        return new ClassifierOptions(
                299,
                20,
                0,
                128,
                16,
                0.001,
                0.4,
                true,
                180,
                false,
                1,
                false,
                Selection.LAST,
                "malignant",
                0,
                TrainingRecipe.PAPER,
                null,
                SyntheticTraining.LIKE_REAL);
    }

    /**
     * {@return the steps of the optimiser that a training takes, over all epochs}
     * @param images of the training part; {@code epochImages} takes their place where it is not 0
     */
    public int steps(int images) {
        return freeze
                ? 0
                : epochs * Batches.of(new int[imagesOfEpoch(images)], batch).size();
    }

    /** How images are altered at random. */
    Transforms transforms() {
        return training.transforms(flips, rotation);
    }

    /** Images that an epoch takes where there are {@code images}. */
    int imagesOfEpoch(int images) {
        return epochImages == 0 ? images : epochImages;
    }

    /** {@return a builder that starts from these options; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Options in the making. */
    public static final class Builder {
        private int size;
        private int epochs;
        private int epochImages;
        private int batch;
        private int microBatch;
        private double learningRate;
        private double auxiliaryWeight;
        private boolean flips;
        private double rotation;
        private boolean freeze;
        private int views;
        private boolean classWeights;
        private Selection selection;
        private String positive;
        private long seed;
        private TrainingRecipe training;
        private @Nullable ProbeOptions probe;
        private SyntheticTraining synthetic;

        private Builder(ClassifierOptions from) {
            size = from.size;
            epochs = from.epochs;
            epochImages = from.epochImages;
            batch = from.batch;
            microBatch = from.microBatch;
            learningRate = from.learningRate;
            auxiliaryWeight = from.auxiliaryWeight;
            flips = from.flips;
            rotation = from.rotation;
            freeze = from.freeze;
            views = from.views;
            classWeights = from.classWeights;
            selection = from.selection;
            positive = from.positive;
            seed = from.seed;
            training = from.training;
            probe = from.probe;
            synthetic = from.synthetic;
        }

        /**
         * {@return this builder, with another size of the images}
         * @param value side in pixels, at least 1
         */
        public Builder size(int value) {
            size = value;
            return this;
        }

        /**
         * {@return this builder, with another number of epochs}
         * @param value at least 1
         */
        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /**
         * {@return this builder, with another number of images in an epoch}
         * @param value 0 for as many as there are, or at least 2
         */
        public Builder epochImages(int value) {
            epochImages = value;
            return this;
        }

        /**
         * {@return this builder, with another batch}
         * @param value images per step of the optimiser, at least 2
         */
        public Builder batch(int value) {
            batch = value;
            return this;
        }

        /**
         * {@return this builder, with another micro-batch}
         * @param value images per forward pass, at least 2; {@link StepMemory#usual} suits a size
         */
        public Builder microBatch(int value) {
            microBatch = value;
            return this;
        }

        /**
         * {@return this builder, with another learning rate}
         * @param value of the recipe's optimiser, above 0
         */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /**
         * {@return this builder, with another weight of the auxiliary loss}
         * @param value at least 0; 0 leaves the auxiliary loss out of the sum
         */
        public Builder auxiliaryWeight(double value) {
            auxiliaryWeight = value;
            return this;
        }

        /**
         * {@return this builder, with flips or without}
         * @param value whether each image is mirrored, turned upside down, both or neither, at random
         */
        public Builder flips(boolean value) {
            flips = value;
            return this;
        }

        /**
         * {@return this builder, with another range of rotation}
         * @param value largest angle to either side in degrees, 0 to 180
         */
        public Builder rotation(double value) {
            rotation = value;
            return this;
        }

        /**
         * {@return this builder, with all layers trained or the last alone}
         * @param value whether only the last layer is trained
         */
        public Builder freeze(boolean value) {
            freeze = value;
            probe = value ? ProbeOptions.LAST : null;
            return this;
        }

        /**
         * {@return this builder, with the last layer alone trained, and how}
         * @param value of which depth its features are, and how it is fitted to them
         */
        public Builder probe(ProbeOptions value) {
            freeze = true;
            probe = value;
            return this;
        }

        /**
         * {@return this builder, with another number of views}
         * @param value symmetries per training image when frozen, 1 to 8
         */
        public Builder views(int value) {
            views = value;
            return this;
        }

        /**
         * {@return this builder, with weighted classes or without}
         * @param value whether every class weighs the same in the loss
         */
        public Builder classWeights(boolean value) {
            classWeights = value;
            return this;
        }

        /**
         * {@return this builder, with another choice of the epoch}
         * @param value which epoch's weights are kept
         */
        public Builder selection(Selection value) {
            selection = value;
            return this;
        }

        /**
         * {@return this builder, with another positive class}
         * @param value name of the class that is looked for
         */
        public Builder positive(String value) {
            positive = value;
            return this;
        }

        /**
         * {@return this builder, with another seed}
         * @param value of order, transforms, dropout and first weights; any number
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * {@return this builder, with other pieces of a recipe}
         * @param value what is done beyond the paper's training
         */
        public Builder training(TrainingRecipe value) {
            training = value;
            return this;
        }

        /**
         * {@return this builder, with another way of learning synthetic images}
         * @param value how those among the training images are learned
         */
        public Builder synthetic(SyntheticTraining value) {
            synthetic = value;
            return this;
        }

        /**
         * {@return options with the values set here}
         * @throws IllegalArgumentException when a value is outside its range
         */
        public ClassifierOptions build() {
            return new ClassifierOptions(
                    size,
                    epochs,
                    epochImages,
                    batch,
                    microBatch,
                    learningRate,
                    auxiliaryWeight,
                    flips,
                    rotation,
                    freeze,
                    views,
                    classWeights,
                    selection,
                    positive,
                    seed,
                    training,
                    probe,
                    synthetic);
        }
    }
}
