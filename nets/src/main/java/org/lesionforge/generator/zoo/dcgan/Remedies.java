package org.lesionforge.generator.zoo.dcgan;

import org.lesionforge.generator.Flips;
import org.lesionforge.generator.Meaning;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.training.Range;

/**
 * Remedies against a discriminator that overfits a small class. {@link #NONE} is the paper's DCGAN; the remedies are
 * independent, and 0 or false is off.
 *
 * @param labelSmoothing the discriminator learns real → 1 − this (one-sided: fake → 0 stays; Salimans et al. 2016); 0.1 is usual
 * @param flips of the real images
 * @param translation the discriminator sees real and generated images moved at random by up to this share of their side, either way
 *     (DiffAugment, Zhao et al. 2020; 0.125 there)
 * @param brightness … and brightened or darkened at random by up to this share of the range from black to white
 * @param spectralNorm spectral norm in the place of batch norm in the discriminator (Miyato et al. 2018)
 * @param minibatchStd a feature map with the standard deviation of the batch (Karras et al. 2018)
 * @param r1 γ of the gradient penalty γ/2 · E‖∇D(x)‖² on real images (Mescheder et al. 2018)
 * @param r1Every iterations from one gradient penalty to the next, which counts for all of them (Karras et al. 2020)
 * @param emaHalfLife images after which an average over the generator's weights has half forgotten a step; 0: no average
 * @param emaRampUp early on the half-life is at most this share of the images seen so far (0.05 in Karras et al. 2020); 0: no ramp
 * @param rateDecay the learning rate of both nets falls linearly to 0 over this last share of the iterations; 0: it stays
 */
public record Remedies(
        @Meaning("the discriminator learns real = 1 - this, in [0, 0.5)") double labelSmoothing,
        @Meaning("of the real images: none, horizontal or both") Flips flips,
        @Meaning("the discriminator's images are moved by up to this share of their side, in [0, 0.5]")
                double translation,
        @Meaning("and brightened or darkened by up to this share of the range from black to white, in [0, 0.5]")
                double brightness,
        @Meaning("spectral norm in place of batch norm in the discriminator") boolean spectralNorm,
        @Meaning("the discriminator sees the standard deviation of its batch") boolean minibatchStd,
        @Meaning("gamma of the penalty on the discriminator's gradient at real images; 0: none") double r1,
        @Meaning("iterations from one such penalty to the next") int r1Every,
        @Meaning("half-life of an average of the generator's weights, in images; 0: no average") int emaHalfLife,
        @Meaning("that half-life is at most this share of the images seen so far; 0: no limit") double emaRampUp,
        @Meaning("the learning rate falls to 0 over this last share of the iterations; 0: it stays") double rateDecay) {
    /** The paper's DCGAN: every remedy is off. */
    public static final Remedies NONE = new Remedies(0, Flips.NONE, 0, 0, false, false, 0, 1, 0, 0.05, 0);

    /**
     * Refuses what cannot be done.
     *
     * @param labelSmoothing in [0, 0.5)
     * @param flips not null
     * @param translation in [0, 0.5]
     * @param brightness in [0, 0.5]
     * @param spectralNorm in the place of batch norm
     * @param minibatchStd one feature map more before the last layer
     * @param r1 at least 0
     * @param r1Every at least 1
     * @param emaHalfLife at least 0
     * @param emaRampUp in [0, 1]
     * @param rateDecay in [0, 1]
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public Remedies {
        Range.require(
                labelSmoothing >= 0 && labelSmoothing < 0.5,
                "the generator's label smoothing",
                "in [0, 0.5)",
                labelSmoothing);
        Range.require(r1 >= 0, "the generator's R1", "at least 0", r1);
        Range.require(r1Every >= 1, "the generator's R1 interval", "at least 1 iteration", r1Every);
        // They have ranges of their own.
        new SharedRemedies(flips, translation, brightness, emaHalfLife, emaRampUp, rateDecay);
    }

    /** Those that suit any generator with a discriminator. */
    SharedRemedies shared() {
        return new SharedRemedies(flips, translation, brightness, emaHalfLife, emaRampUp, rateDecay);
    }

    /** {@return a builder that starts from these remedies; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Remedies by name; what is not named stays as it was. Ranges are those of the record; {@link #build} checks them. */
    public static final class Builder {
        private double labelSmoothing;
        private Flips flips;
        private double translation;
        private double brightness;
        private boolean spectralNorm;
        private boolean minibatchStd;
        private double r1;
        private int r1Every;
        private int emaHalfLife;
        private double emaRampUp;
        private double rateDecay;

        private Builder(Remedies from) {
            labelSmoothing = from.labelSmoothing;
            flips = from.flips;
            translation = from.translation;
            brightness = from.brightness;
            spectralNorm = from.spectralNorm;
            minibatchStd = from.minibatchStd;
            r1 = from.r1;
            r1Every = from.r1Every;
            emaHalfLife = from.emaHalfLife;
            emaRampUp = from.emaRampUp;
            rateDecay = from.rateDecay;
        }

        /**
         * Sets one-sided label smoothing.
         *
         * @param share by which the target of real images is below 1; 0 for none
         * @return this builder
         */
        public Builder labelSmoothing(double share) {
            labelSmoothing = share;
            return this;
        }

        /**
         * Sets how real images are mirrored.
         *
         * @param value {@link Flips#NONE} for not at all
         * @return this builder
         */
        public Builder flips(Flips value) {
            flips = value;
            return this;
        }

        /**
         * Sets how far the discriminator's images are moved.
         *
         * @param share of their side, at most, either way; 0 for not at all
         * @return this builder
         */
        public Builder translation(double share) {
            translation = share;
            return this;
        }

        /**
         * Sets how much the discriminator's images are brightened or darkened.
         *
         * @param share of the range from black to white, at most; 0 for not at all
         * @return this builder
         */
        public Builder brightness(double share) {
            brightness = share;
            return this;
        }

        /**
         * Sets the discriminator's normalisation.
         *
         * @param on spectral norm; otherwise batch norm
         * @return this builder
         */
        public Builder spectralNorm(boolean on) {
            spectralNorm = on;
            return this;
        }

        /**
         * Sets whether the discriminator is told how much its batch varies.
         *
         * @param on whether the feature map is there
         * @return this builder
         */
        public Builder minibatchStd(boolean on) {
            minibatchStd = on;
            return this;
        }

        /**
         * Sets the gradient penalty on real images.
         *
         * @param gamma γ of γ/2 · E‖∇D(x)‖²; 0 for no penalty
         * @param every iterations from one penalty to the next, each of which counts for all of them
         * @return this builder
         */
        public Builder r1(double gamma, int every) {
            r1 = gamma;
            r1Every = every;
            return this;
        }

        /**
         * Sets the average over the generator's weights.
         *
         * @param halfLife in images; 0 for no average
         * @param rampUp share of the images seen so far that the half-life is at most; 0 for no ramp
         * @return this builder
         */
        public Builder ema(int halfLife, double rampUp) {
            emaHalfLife = halfLife;
            emaRampUp = rampUp;
            return this;
        }

        /**
         * Sets the decay of the learning rate at the end.
         *
         * @param share of all iterations, the last ones, over which it falls to 0; 0 for no decay
         * @return this builder
         */
        public Builder rateDecay(double share) {
            rateDecay = share;
            return this;
        }

        /**
         * Makes the remedies.
         *
         * @return what was set, and the rest as it was
         * @throws IllegalArgumentException when a value is outside its range, with the value and the range
         */
        public Remedies build() {
            return new Remedies(
                    labelSmoothing,
                    flips,
                    translation,
                    brightness,
                    spectralNorm,
                    minibatchStd,
                    r1,
                    r1Every,
                    emaHalfLife,
                    emaRampUp,
                    rateDecay);
        }
    }
}
