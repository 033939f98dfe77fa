package org.lesionforge.generator;

import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.training.Range;

/**
 * What every family of generators is trained with, beside its own {@link ModelOptions}. Defaults: Radford, Metz, Chintala 2015 (arXiv
 * 1511.06434) and the training length of "Augmenting Data with DCGANs to Improve Skin Lesions Classification".
 *
 * @param size side of the images in pixels
 * @param channels of the images; files name it only where it is not {@value #RGB}
 * @param classCount classes that a conditional family tells apart; files do not name it, for it follows from the names of the classes
 * @param batch images per step
 * @param epochs passes over the training images; so many in each stage where a family is trained in several
 * @param snapshotEvery epochs between snapshots; the last epoch always is one
 * @param patience snapshots without a better one after which training ends early; 0: never
 * @param seed of everything random
 */
public record GeneratorOptions(
        int size,
        @OptionalKey Integer channels,
        @OptionalKey Integer classCount,
        int batch,
        int epochs,
        int snapshotEvery,
        @OptionalKey Integer patience,
        long seed) {
    /** Red, green and blue: what the images of data sets have. */
    public static final int RGB = 3;

    /** 64×64 images in colour, 64 of them in a step, 300 epochs, a snapshot every 10, seed 0. */
    public static final GeneratorOptions DEFAULTS = new GeneratorOptions(64, RGB, 1, 64, 300, 10, 0, 0);

    /**
     * Refuses what no training can be run with. A family may refuse more.
     *
     * @param size at least 1
     * @param channels at least 1; null, as in files, means {@value #RGB}
     * @param classCount at least 1; null, as in files, means 1
     * @param batch at least 1
     * @param epochs at least 1
     * @param snapshotEvery at least 1
     * @param patience at least 0; null, as in files from before there was patience, means 0
     * @param seed any
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public GeneratorOptions {
        channels = channels == null ? RGB : channels;
        classCount = classCount == null ? 1 : classCount;
        patience = patience == null ? 0 : patience;
        Range.require(size >= 1, "the generator's size", "at least 1 pixel", size);
        Range.require(channels >= 1, "the generator's channels", "at least 1", channels);
        Range.require(classCount >= 1, "the generator's number of classes", "at least 1", classCount);
        Range.require(batch >= 1, "the generator's batch", "at least 1", batch);
        Range.require(epochs >= 1, "the generator's epochs", "at least 1", epochs);
        Range.require(snapshotEvery >= 1, "the generator's snapshot interval", "at least 1 epoch", snapshotEvery);
        Range.require(patience >= 0, "the generator's patience", "at least 0 snapshots", patience);
    }

    /**
     * For families whose nets have batch norm, which takes mean and deviation from the images of a step.
     *
     * @throws IllegalArgumentException when a step has one image, which would be its own mean
     */
    public void requireBatchForNorm() {
        Range.require(batch >= 2, "the generator's batch", "at least 2 (batch norm needs two images)", batch);
    }

    /** {@return a builder that starts from these options; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Options in the making. Ranges are those of the record; {@link #build} checks them. */
    public static final class Builder {
        private int size;
        private int channels;
        private int classCount;
        private int batch;
        private int epochs;
        private int snapshotEvery;
        private int patience;
        private long seed;

        private Builder(GeneratorOptions from) {
            size = from.size;
            channels = from.channels;
            classCount = from.classCount;
            batch = from.batch;
            epochs = from.epochs;
            snapshotEvery = from.snapshotEvery;
            patience = from.patience;
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
         * Sets the channels of the images.
         *
         * @param value {@value GeneratorOptions#RGB} for colour
         * @return this builder
         */
        public Builder channels(int value) {
            channels = value;
            return this;
        }

        /**
         * Sets how many classes are told apart.
         *
         * @param value 1 where the family is not conditional
         * @return this builder
         */
        public Builder classCount(int value) {
            classCount = value;
            return this;
        }

        /**
         * Sets the images per step.
         *
         * @param value real ones
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
        public GeneratorOptions build() {
            return new GeneratorOptions(size, channels, classCount, batch, epochs, snapshotEvery, patience, seed);
        }
    }
}
