package org.lesionforge.gan;

import org.lesionforge.io.json.OptionalKey;

/**
 * Everything that determines a GAN training run beside its images. Defaults: Radford, Metz, Chintala 2015 (arXiv 1511.06434) and the
 * training length of "Augmenting Data with DCGANs to Improve Skin Lesions Classification".
 *
 * @param size side of the images in pixels, a power of two from 16 on
 * @param latent length of z, drawn uniformly from [−1, 1]
 * @param width channels of the widest feature map (128 in Radford, 64 in PyTorch's example); each further stage doubles it
 * @param kernel side of every convolution's kernel, 5 (Radford) or 4 (PyTorch's example)
 * @param batch images per step
 * @param epochs passes over the training images
 * @param learningRate of Adam, for both nets
 * @param beta1 of Adam; β2 is 0.999
 * @param snapshotEvery epochs between snapshots; the last epoch always is one
 * @param patience snapshots without a better one after which training ends early; 0: never
 * @param remedies against overfitting; a run written before there were any has none
 * @param seed of everything random
 */
public record GanOptions(
        int size,
        int latent,
        int width,
        int kernel,
        int batch,
        int epochs,
        double learningRate,
        double beta1,
        int snapshotEvery,
        @OptionalKey Integer patience,
        @OptionalKey Remedies remedies,
        long seed) {
    /** The paper's training, without remedies, with seed 0: 64×64 images, 300 epochs, a snapshot every 10. */
    public static final GanOptions DEFAULTS =
            new GanOptions(64, 100, 128, 5, 64, 300, 2e-4, 0.5, 10, 0, Remedies.NONE, 0);

    static final double BETA2 = 0.999;

    /**
     * Refuses what no training can be run with.
     *
     * @param size a power of two from 16 on
     * @param latent at least 1
     * @param width at least 1
     * @param kernel 4 or 5
     * @param batch at least 2: batch norm needs two images
     * @param epochs at least 1
     * @param learningRate above 0
     * @param beta1 in [0, 1)
     * @param snapshotEvery at least 1
     * @param patience at least 0; null, as in files from before there was patience, means 0
     * @param remedies null, as in files from before there were remedies, means {@link Remedies#NONE}
     * @param seed any
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public GanOptions {
        patience = patience == null ? 0 : patience;
        remedies = remedies == null ? Remedies.NONE : remedies;
        Range.require(size >= 16 && Integer.bitCount(size) == 1, "size", "a power of two from 16 on", size);
        Range.require(kernel == 4 || kernel == 5, "kernel", "4 or 5", kernel);
        Range.require(latent >= 1, "latent length", "at least 1", latent);
        Range.require(width >= 1, "width", "at least 1", width);
        Range.require(batch >= 2, "batch", "at least 2 (batch norm needs two images)", batch);
        Range.require(epochs >= 1, "epochs", "at least 1", epochs);
        Range.require(snapshotEvery >= 1, "snapshot interval", "at least 1 epoch", snapshotEvery);
        Range.require(patience >= 0, "patience", "at least 0 snapshots", patience);
        Range.require(learningRate > 0, "learning rate", "above 0", learningRate);
        Range.require(beta1 >= 0 && beta1 < 1, "beta 1", "in [0, 1)", beta1);
    }

    /**
     * The same with other remedies.
     *
     * @param others in place of these remedies, which are not merged with them
     * @return a copy
     */
    public GanOptions with(Remedies others) {
        return with().remedies(others).build();
    }

    /** Stages of stride 2 between 4×4 and the image: 4 at 64×64. */
    int stages() {
        return Integer.numberOfTrailingZeros(size) - 2;
    }

    /** Channels of the 4×4 feature map: 1024 at 64×64 and width 128. */
    int channelsAt4() {
        return width << (stages() - 1);
    }

    /** Padding that makes a stride-2 convolution halve its input exactly. */
    int padding() {
        return (kernel - 1) / 2;
    }

    /** What a stride-2 transposed convolution needs beside it to double its input exactly. */
    int outputPadding() {
        return kernel - 4;
    }

    /** {@return a builder that starts from these options; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Options in the making. Ranges are those of the record; {@link #build} checks them. */
    public static final class Builder {
        private int size;
        private int latent;
        private int width;
        private int kernel;
        private int batch;
        private int epochs;
        private double learningRate;
        private double beta1;
        private int snapshotEvery;
        private int patience;
        private Remedies remedies;
        private long seed;

        private Builder(GanOptions from) {
            size = from.size;
            latent = from.latent;
            width = from.width;
            kernel = from.kernel;
            batch = from.batch;
            epochs = from.epochs;
            learningRate = from.learningRate;
            beta1 = from.beta1;
            snapshotEvery = from.snapshotEvery;
            patience = from.patience;
            remedies = from.remedies;
            seed = from.seed;
        }

        /**
         * Sets the side of the images.
         *
         * @param value in pixels
         * @return this builder
         */
        public Builder size(int value) {
            size = value;
            return this;
        }

        /**
         * Sets the length of z.
         *
         * @param value numbers for each image
         * @return this builder
         */
        public Builder latent(int value) {
            latent = value;
            return this;
        }

        /**
         * Sets the channels of the widest feature map.
         *
         * @param value from which each further stage doubles
         * @return this builder
         */
        public Builder width(int value) {
            width = value;
            return this;
        }

        /**
         * Sets the side of every convolution's kernel.
         *
         * @param value in pixels
         * @return this builder
         */
        public Builder kernel(int value) {
            kernel = value;
            return this;
        }

        /**
         * Sets the images per step.
         *
         * @param value real ones, and as many generated ones
         * @return this builder
         */
        public Builder batch(int value) {
            batch = value;
            return this;
        }

        /**
         * Sets how long training lasts.
         *
         * @param value passes over the training images
         * @return this builder
         */
        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /**
         * Sets Adam's learning rate for both nets.
         *
         * @param value before any decay that the remedies bring
         * @return this builder
         */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /**
         * Sets Adam's β1 for both nets.
         *
         * @param value the share of the mean gradient that is kept from step to step
         * @return this builder
         */
        public Builder beta1(double value) {
            beta1 = value;
            return this;
        }

        /**
         * Sets how often the generator is kept and measured.
         *
         * @param value epochs from one snapshot to the next
         * @return this builder
         */
        public Builder snapshotEvery(int value) {
            snapshotEvery = value;
            return this;
        }

        /**
         * Sets when training ends early.
         *
         * @param value snapshots without a better one; 0 for never
         * @return this builder
         */
        public Builder patience(int value) {
            patience = value;
            return this;
        }

        /**
         * Sets what is done against overfitting.
         *
         * @param value all of them, in place of those before
         * @return this builder
         */
        public Builder remedies(Remedies value) {
            remedies = value;
            return this;
        }

        /**
         * Sets the seed of everything random.
         *
         * @param value from which weights, order, latents and flips follow
         * @return this builder
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return what was set, and the rest as it was
         * @throws IllegalArgumentException when a value is outside its range, with the value and the range
         */
        public GanOptions build() {
            return new GanOptions(
                    size,
                    latent,
                    width,
                    kernel,
                    batch,
                    epochs,
                    learningRate,
                    beta1,
                    snapshotEvery,
                    patience,
                    remedies,
                    seed);
        }
    }
}
