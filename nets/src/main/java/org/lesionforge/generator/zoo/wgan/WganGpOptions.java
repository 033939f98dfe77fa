package org.lesionforge.generator.zoo.wgan;

import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.Meaning;
import org.lesionforge.generator.ModelOptions;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.training.Range;

/**
 * What a WGAN-GP has beside {@link GeneratorOptions}. Defaults: Gulrajani et al. 2017 (arXiv 1704.00028), with the sizes of its DCGAN for 64×64
 * pixels. Adam's β1 is 0 and its β2 0.9.
 *
 * @param latent length of z, normally distributed
 * @param width channels of the widest feature map; each further stage doubles it
 * @param kernel side of every convolution's kernel, 4 or 5
 * @param learningRate of Adam, for both nets
 * @param criticSteps how often the critic moves for each move of the generator
 * @param gradientPenalty λ of the penalty λ · E(‖∇D(x̂)‖ − 1)²
 * @param remedies against overfitting
 */
public record WganGpOptions(
        @Meaning("length of the random input z, at least 1") int latent,
        @Meaning("channels of the feature map next to the image; each halving of the side doubles them") int width,
        @Meaning("side of every convolution's kernel, 4 or 5") int kernel,
        @Meaning("Adam's learning rate, both nets") double learningRate,
        @Meaning("steps of the critic for each step of the generator, at least 1") int criticSteps,
        @Meaning("weight of the penalty on a slope of the critic that is not 1; 0: none") double gradientPenalty,
        @Meaning("against overfitting") SharedRemedies remedies)
        implements ModelOptions {
    /** The paper's training, without remedies. */
    public static final WganGpOptions DEFAULTS = new WganGpOptions(128, 64, 5, 1e-4, 5, 10, SharedRemedies.NONE);

    /**
     * Refuses what no training can be run with.
     *
     * @param latent at least 1
     * @param width at least 1
     * @param kernel 4 or 5
     * @param learningRate above 0
     * @param criticSteps at least 1
     * @param gradientPenalty at least 0
     * @param remedies against overfitting
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public WganGpOptions {
        Range.require(latent >= 1, "the generator's latent length", "at least 1", latent);
        Range.require(width >= 1, "the generator's width", "at least 1", width);
        Range.require(kernel == 4 || kernel == 5, "the generator's kernel", "4 or 5", kernel);
        Range.require(learningRate > 0, "the generator's learning rate", "above 0", learningRate);
        Range.require(criticSteps >= 1, "the generator's critic steps", "at least 1", criticSteps);
        Range.require(gradientPenalty >= 0, "the generator's gradient penalty", "at least 0", gradientPenalty);
    }

    /** The options of the DCGAN whose generator this is. */
    DcganOptions ofDcgan() {
        return DcganOptions.DEFAULTS
                .with()
                .latent(latent)
                .width(width)
                .kernel(kernel)
                .build();
    }

    /** {@return a builder that starts from these options; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Options in the making. Ranges are those of the record; {@link #build} checks them. */
    public static final class Builder {
        private int latent;
        private int width;
        private int kernel;
        private double learningRate;
        private int criticSteps;
        private double gradientPenalty;
        private SharedRemedies remedies;

        private Builder(WganGpOptions from) {
            latent = from.latent;
            width = from.width;
            kernel = from.kernel;
            learningRate = from.learningRate;
            criticSteps = from.criticSteps;
            gradientPenalty = from.gradientPenalty;
            remedies = from.remedies;
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
         * Sets how often the critic moves.
         *
         * @param value for each move of the generator
         * @return this builder
         */
        public Builder criticSteps(int value) {
            criticSteps = value;
            return this;
        }

        /**
         * Sets the weight of the gradient penalty.
         *
         * @param value λ; 0 for none
         * @return this builder
         */
        public Builder gradientPenalty(double value) {
            gradientPenalty = value;
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
        public WganGpOptions build() {
            return new WganGpOptions(latent, width, kernel, learningRate, criticSteps, gradientPenalty, remedies);
        }
    }
}
