package org.lesionforge.generator.zoo.dcgan;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.Meaning;
import org.lesionforge.generator.ModelOptions;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.training.Range;

/**
 * What a DCGAN has beside {@link GeneratorOptions}. Defaults: Radford, Metz, Chintala 2015 (arXiv 1511.06434).
 *
 * @param latent length of z, drawn uniformly from [−1, 1]
 * @param width channels of the widest feature map (128 in Radford, 64 in PyTorch's example); each further stage doubles it
 * @param kernel side of every convolution's kernel, 5 (Radford) or 4 (PyTorch's example)
 * @param learningRate of Adam, for both nets
 * @param beta1 of Adam; β2 is 0.999
 * @param remedies against overfitting; a run written before there were any has none
 * @param conditional whether classes are told apart, by class-conditional batch norm and a projection discriminator; files name it only where they are
 */
public record DcganOptions(
        @Meaning("length of the random input z, at least 1") int latent,
        @Meaning("channels of the feature map next to the image; each halving of the side doubles them") int width,
        @Meaning("side of every convolution's kernel, 4 or 5") int kernel,
        @Meaning("Adam's learning rate, both nets") double learningRate,
        @Meaning("Adam's beta 1, in [0, 1); beta 2 is 0.999") double beta1,
        @OptionalKey @Meaning("against overfitting") Remedies remedies,
        @OptionalKey
                @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                @Meaning("classes are told apart: class-conditional batch norm, projection discriminator")
                Boolean conditional)
        implements ModelOptions {
    /** The paper's nets and learning rate, without remedies. */
    public static final DcganOptions DEFAULTS = new DcganOptions(100, 128, 5, 2e-4, 0.5, Remedies.NONE, false);

    static final double BETA2 = 0.999;

    /**
     * Refuses what no training can be run with.
     *
     * @param latent at least 1
     * @param width at least 1
     * @param kernel 4 or 5
     * @param learningRate above 0
     * @param beta1 in [0, 1)
     * @param remedies null, as in files from before there were remedies, means {@link Remedies#NONE}
     * @param conditional whether classes are told apart; null, as in files, means that they are not
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public DcganOptions {
        remedies = remedies == null ? Remedies.NONE : remedies;
        conditional = conditional != null && conditional;
        Range.require(kernel == 4 || kernel == 5, "the generator's kernel", "4 or 5", kernel);
        Range.require(latent >= 1, "the generator's latent length", "at least 1", latent);
        Range.require(width >= 1, "the generator's width", "at least 1", width);
        Range.require(learningRate > 0, "the generator's learning rate", "above 0", learningRate);
        Range.require(beta1 >= 0 && beta1 < 1, "the generator's beta 1", "in [0, 1)", beta1);
    }

    /** Stages of stride 2 between 4×4 and an image: 4 at 64×64. */
    static int stages(int size) {
        return Integer.numberOfTrailingZeros(size) - 2;
    }

    /** Channels of the 4×4 feature map: 1024 at 64×64 and width 128. */
    int channelsAt4(int size) {
        return width << (stages(size) - 1);
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
        private double beta1;
        private Remedies remedies;
        private boolean conditional;

        private Builder(DcganOptions from) {
            latent = from.latent;
            width = from.width;
            kernel = from.kernel;
            learningRate = from.learningRate;
            beta1 = from.beta1;
            remedies = from.remedies;
            conditional = from.conditional;
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
         * Sets whether classes are told apart.
         *
         * @param value otherwise all images are of one
         * @return this builder
         */
        public Builder conditional(boolean value) {
            conditional = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return what was set, and the rest as it was
         * @throws IllegalArgumentException when a value is outside its range, with the value and the range
         */
        public DcganOptions build() {
            return new DcganOptions(latent, width, kernel, learningRate, beta1, remedies, conditional);
        }
    }
}
