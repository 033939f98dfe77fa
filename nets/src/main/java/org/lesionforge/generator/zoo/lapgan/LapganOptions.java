package org.lesionforge.generator.zoo.lapgan;

import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.Meaning;
import org.lesionforge.generator.ModelOptions;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.generator.adversarial.UniformLatents;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.training.Range;

/**
 * What a LAPGAN has beside {@link GeneratorOptions}. Defaults: Denton et al. 2015 (arXiv 1506.05751) for the finer levels, a DCGAN as Radford et al.
 * have it for the coarsest.
 *
 * @param base side of the coarsest level in pixels
 * @param latent length of its z, uniform in [−1, 1)
 * @param width channels of its widest feature map
 * @param kernel side of its kernels
 * @param residualWidth channels of the feature maps of all finer levels, 64 as published
 * @param learningRate of Adam, for both nets: of the coarsest level, and of all others where {@code sgdRate} is 0
 * @param beta1 of Adam; β2 is 0.999
 * @param sgdRate of gradient descent with momentum for the finer levels, as published: 0.02 there; 0: Adam
 * @param conditioningNoise most standard deviation of noise on the coarse images that finer levels are trained on
 * @param burt whether the pyramid has Burt and Adelson's filter
 * @param conditional whether classes are told apart
 * @param remedies against overfitting
 */
public record LapganOptions(
        @Meaning("side of the coarsest level, whose DCGAN makes images of vectors: 8, 16 or 32") int base,
        @Meaning("length of the random input z of the coarsest level, at least 1") int latent,
        @Meaning(
                        "channels of the coarsest level's feature map next to the image; each halving of the side doubles them")
                int width,
        @Meaning("side of the coarsest level's kernels, 4 or 5") int kernel,
        @Meaning("channels of the feature maps of the finer levels, at least 1") int residualWidth,
        @Meaning("Adam's learning rate, both nets") double learningRate,
        @Meaning("Adam's beta 1, in [0, 1); beta 2 is 0.999") double beta1,
        @Meaning("learning rate of gradient descent at the finer levels; 0: Adam moves them too") double sgdRate,
        @Meaning(
                        "most standard deviation of noise on the coarse images that finer levels are trained on, where black to white is 2; 0: none")
                double conditioningNoise,
        @Meaning("Burt and Adelson's filter in the pyramid, in place of means of 2x2 pixels and bilinear interpolation")
                boolean burt,
        @Meaning("classes are told apart: a conditional DCGAN, and planes for the classes at the finer levels")
                boolean conditional,
        @Meaning("against overfitting") SharedRemedies remedies)
        implements ModelOptions {
    /** The published nets and learning rates, without remedies, from 16 pixels on. */
    public static final LapganOptions DEFAULTS =
            new LapganOptions(16, 100, 128, 5, 64, 2e-4, 0.5, 0.02, 0, false, false, SharedRemedies.NONE);

    /**
     * Refuses what no training can be run with.
     *
     * @param base 8, 16 or 32
     * @param latent at least 1
     * @param width at least 1
     * @param kernel 4 or 5
     * @param residualWidth at least 1
     * @param learningRate above 0
     * @param beta1 in [0, 1)
     * @param sgdRate at least 0
     * @param conditioningNoise in [0, 1]
     * @param burt which filter the pyramid has
     * @param conditional whether classes are told apart
     * @param remedies against overfitting
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public LapganOptions {
        Range.require(base == 8 || base == 16 || base == 32, "the generator's base", "8, 16 or 32 pixels", base);
        Range.require(latent >= 1, "the generator's latent length", "at least 1", latent);
        Range.require(width >= 1, "the generator's width", "at least 1", width);
        Range.require(kernel == 4 || kernel == 5, "the generator's kernel", "4 or 5", kernel);
        Range.require(residualWidth >= 1, "the generator's residual width", "at least 1", residualWidth);
        Range.require(learningRate > 0, "the generator's learning rate", "above 0", learningRate);
        Range.require(beta1 >= 0 && beta1 < 1, "the generator's beta 1", "in [0, 1)", beta1);
        Range.require(sgdRate >= 0, "the generator's learning rate of gradient descent", "at least 0", sgdRate);
        Range.require(
                conditioningNoise >= 0 && conditioningNoise <= 1,
                "the generator's conditioning noise",
                "in [0, 1]",
                conditioningNoise);
    }

    /** How images are halved and doubled. */
    Pyramid pyramid() {
        return burt ? Pyramid.BURT : Pyramid.BOX;
    }

    /** Levels from the coarsest to images of a side. */
    int levels(int size) {
        return Integer.numberOfTrailingZeros(size / base) + 1;
    }

    /** What an image of a side is made of: z of the coarsest level, and a plane of noise for each finer one. */
    UniformLatents latents(int size) {
        int length = latent;
        for (int side = 2 * base; side <= size; side *= 2) {
            length += side * side;
        }
        return new UniformLatents(length);
    }

    /** The options of the coarsest level's nets. */
    DcganOptions ofDcgan() {
        return DcganOptions.DEFAULTS
                .with()
                .latent(latent)
                .width(width)
                .kernel(kernel)
                .conditional(conditional)
                .build();
    }

    /** {@return a builder that starts from these options; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Options in the making. Ranges are those of the record; {@link #build} checks them. */
    public static final class Builder {
        private int base;
        private int latent;
        private int width;
        private int kernel;
        private int residualWidth;
        private double learningRate;
        private double beta1;
        private double sgdRate;
        private double conditioningNoise;
        private boolean burt;
        private boolean conditional;
        private SharedRemedies remedies;

        private Builder(LapganOptions from) {
            base = from.base;
            latent = from.latent;
            width = from.width;
            kernel = from.kernel;
            residualWidth = from.residualWidth;
            learningRate = from.learningRate;
            beta1 = from.beta1;
            sgdRate = from.sgdRate;
            conditioningNoise = from.conditioningNoise;
            burt = from.burt;
            conditional = from.conditional;
            remedies = from.remedies;
        }

        /**
         * Sets the side of the coarsest images.
         *
         * @param value in pixels
         * @return this builder
         */
        public Builder base(int value) {
            base = value;
            return this;
        }

        /**
         * Sets the length of the coarsest level's z.
         *
         * @param value numbers for each image
         * @return this builder
         */
        public Builder latent(int value) {
            latent = value;
            return this;
        }

        /**
         * Sets the channels of the coarsest level's widest feature map.
         *
         * @param value from which each further stage doubles
         * @return this builder
         */
        public Builder width(int value) {
            width = value;
            return this;
        }

        /**
         * Sets the side of the coarsest level's kernels.
         *
         * @param value in pixels
         * @return this builder
         */
        public Builder kernel(int value) {
            kernel = value;
            return this;
        }

        /**
         * Sets the channels of the finer levels' feature maps.
         *
         * @param value of both nets
         * @return this builder
         */
        public Builder residualWidth(int value) {
            residualWidth = value;
            return this;
        }

        /**
         * Sets Adam's learning rate.
         *
         * @param value before any decay that the remedies bring
         * @return this builder
         */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /**
         * Sets Adam's β1.
         *
         * @param value the share of the mean gradient that is kept from step to step
         * @return this builder
         */
        public Builder beta1(double value) {
            beta1 = value;
            return this;
        }

        /**
         * Sets the learning rate of gradient descent at the finer levels.
         *
         * @param value 0 for Adam in its place
         * @return this builder
         */
        public Builder sgdRate(double value) {
            sgdRate = value;
            return this;
        }

        /**
         * Sets the noise on coarse images in training.
         *
         * @param value standard deviation, at most; 0 for none
         * @return this builder
         */
        public Builder conditioningNoise(double value) {
            conditioningNoise = value;
            return this;
        }

        /**
         * Sets the filter of the pyramid.
         *
         * @param value Burt and Adelson's; otherwise means and bilinear interpolation
         * @return this builder
         */
        public Builder burt(boolean value) {
            burt = value;
            return this;
        }

        /**
         * Sets whether classes are told apart.
         *
         * @param value by labels; otherwise all images are of one class
         * @return this builder
         */
        public Builder conditional(boolean value) {
            conditional = value;
            return this;
        }

        /**
         * Sets what is done against overfitting.
         *
         * @param value all of them, in place of those before
         * @return this builder
         */
        public Builder remedies(SharedRemedies value) {
            remedies = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return what was set, and the rest as it was
         * @throws IllegalArgumentException when a value is outside its range, with the value and the range
         */
        public LapganOptions build() {
            return new LapganOptions(
                    base,
                    latent,
                    width,
                    kernel,
                    residualWidth,
                    learningRate,
                    beta1,
                    sgdRate,
                    conditioningNoise,
                    burt,
                    conditional,
                    remedies);
        }
    }
}
