package org.lesionforge.gan;

/**
 * What is done against a discriminator that learns a small class by heart. {@link #NONE} is the paper's DCGAN; each remedy stands for itself,
 * and 0 or false is off.
 *
 * @param labelSmoothing the discriminator learns real → 1 − this (one-sided: fake → 0 stays; Salimans et al. 2016); 0.1 is usual
 * @param flips of the real images
 * @param translation the discriminator sees real and generated images moved at random by up to this share of their side, either way
 *     (DiffAugment, Zhao et al. 2020; 0.125 there)
 * @param brightness … and brightened or darkened at random by up to this share of the range from black to white
 * @param spectralNorm spectral norm in the place of batch norm in the discriminator (Miyato et al. 2018)
 * @param minibatchStd a feature map that tells the discriminator how much its batch varies (Karras et al. 2018)
 * @param r1 γ of the gradient penalty γ/2 · E‖∇D(x)‖² on real images (Mescheder et al. 2018)
 * @param r1Every iterations from one gradient penalty to the next, which counts for all of them (Karras et al. 2020)
 * @param emaHalfLife images after which an average over the generator's weights has half forgotten a step; 0: no average
 * @param emaRampUp early on the half-life is at most this share of the images seen so far (0.05 in Karras et al. 2020); 0: no ramp
 * @param rateDecay the learning rate of both nets falls linearly to 0 over this last share of the iterations; 0: it stays
 */
public record Remedies(
        double labelSmoothing,
        Flips flips,
        double translation,
        double brightness,
        boolean spectralNorm,
        boolean minibatchStd,
        double r1,
        int r1Every,
        int emaHalfLife,
        double emaRampUp,
        double rateDecay) {
    public static final Remedies NONE = new Remedies(0, Flips.NONE, 0, 0, false, false, 0, 1, 0, 0.05, 0);

    /** @throws IllegalArgumentException naming what cannot be, and what it can be */
    public Remedies {
        Range.require(labelSmoothing >= 0 && labelSmoothing < 0.5, "label smoothing", "in [0, 0.5)", labelSmoothing);
        Range.require(translation >= 0 && translation <= 0.5, "translation", "in [0, 0.5]", translation);
        Range.require(brightness >= 0 && brightness <= 0.5, "brightness", "in [0, 0.5]", brightness);
        Range.require(r1 >= 0, "R1", "at least 0", r1);
        Range.require(r1Every >= 1, "R1 interval", "at least 1 iteration", r1Every);
        Range.require(emaHalfLife >= 0, "EMA half-life", "at least 0 images", emaHalfLife);
        Range.require(emaRampUp >= 0 && emaRampUp <= 1, "EMA ramp-up", "in [0, 1]", emaRampUp);
        Range.require(rateDecay >= 0 && rateDecay <= 1, "decay of the learning rate", "in [0, 1]", rateDecay);
    }

    /** A copy to change. */
    public Builder with() {
        return new Builder(this);
    }

    /** Remedies by name; what is not named stays as it was. */
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

        public Builder labelSmoothing(double share) {
            labelSmoothing = share;
            return this;
        }

        public Builder flips(Flips value) {
            flips = value;
            return this;
        }

        public Builder translation(double share) {
            translation = share;
            return this;
        }

        public Builder brightness(double share) {
            brightness = share;
            return this;
        }

        public Builder spectralNorm(boolean on) {
            spectralNorm = on;
            return this;
        }

        public Builder minibatchStd(boolean on) {
            minibatchStd = on;
            return this;
        }

        /** γ, every so many iterations. */
        public Builder r1(double gamma, int every) {
            r1 = gamma;
            r1Every = every;
            return this;
        }

        /** Half-life in images, and the share of the images seen that it never exceeds. */
        public Builder ema(int halfLife, double rampUp) {
            emaHalfLife = halfLife;
            emaRampUp = rampUp;
            return this;
        }

        public Builder rateDecay(double share) {
            rateDecay = share;
            return this;
        }

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
