package org.lesionforge.generator.zoo.ddpm;

import org.lesionforge.generator.Flips;
import org.lesionforge.generator.Meaning;
import org.lesionforge.generator.ModelOptions;
import org.lesionforge.training.Range;

/**
 * What a diffusion model has beside {@link org.lesionforge.generator.GeneratorOptions}. Defaults: Ho, Jain and Abbeel 2020 (arXiv 2006.11239) on
 * CIFAR-10, with the schedule of Nichol and Dhariwal 2021 (arXiv 2102.09672) and half the width, so that two processor cores can train it.
 *
 * @param width channels of the map at the image's own size; 128 in Ho et al. Maps at half the size and below have twice as many
 * @param dropout share of values that each residual block drops
 * @param noiseSchedule how an image becomes noise
 * @param learningRate of Adam; β are 0.9 and 0.999
 * @param warmup steps over which the learning rate rises from 0
 * @param rateDecay over which last share of the training the learning rate falls to 0
 * @param flips of the images it learns
 * @param emaHalfLife of the average of the weights, in images; 0 for no average
 * @param emaRampUp that half-life is at most this share of the images seen
 * @param conditional whether classes are told apart
 * @param drawing how images are drawn from it
 */
public record DdpmOptions(
        @Meaning("channels of the widest map; smaller maps have twice as many. A multiple of 4") int width,
        @Meaning("share of values that residual blocks drop in training, in [0, 1)") double dropout,
        @Meaning("how an image becomes noise: cosine or linear") NoiseSchedule noiseSchedule,
        @Meaning("Adam's learning rate") double learningRate,
        @Meaning("steps over which the learning rate rises from 0, at least 0") int warmup,
        @Meaning("last share of the training over which the learning rate falls to 0") double rateDecay,
        @Meaning("how images are mirrored at random: none, horizontal or both") Flips flips,
        @Meaning("half-life of the average of the weights, in images; 0 for no average") int emaHalfLife,
        @Meaning("that half-life is at most this share of the images seen; 0 for no limit") double emaRampUp,
        @Meaning("classes are told apart, each image's hidden in a tenth of the steps") boolean conditional,
        @Meaning("how images are drawn") Drawing drawing)
        implements ModelOptions {
    /** As published, of half the width. */
    public static final DdpmOptions DEFAULTS = new DdpmOptions(
            64, 0.1, NoiseSchedule.COSINE, 2e-4, 5000, 0, Flips.HORIZONTAL, 887_000, 0.05, false, Drawing.DEFAULTS);

    /**
     * How images are drawn.
     *
     * @param steps of DDIM; more take longer
     * @param judgingSteps the same for images that are drawn only to be measured, or looked at while it trains
     * @param guidance how much more than any image an image is to be one of its class: 1 as learned, 0 not at all
     */
    public record Drawing(
            @Meaning("steps from noise to an image, 1 to 1000") int steps,
            @Meaning("the same for images that are drawn to measure a snapshot and to show it") int judgingSteps,
            @Meaning("where classes are told apart: weight of the class, 1 as learned, more for typical images")
                    double guidance) {
        private static final int MOST_GUIDANCE = 100;

        /** 50 steps, and 10 to measure by; no guidance beyond the class. */
        public static final Drawing DEFAULTS = new Drawing(50, 10, 1);

        /**
         * Refuses what cannot be drawn with.
         *
         * @param steps 1 to {@link NoiseSchedule#STEPS}
         * @param judgingSteps 1 to {@link NoiseSchedule#STEPS}
         * @param guidance at least 0
         * @throws IllegalArgumentException when one is outside its range, with the value and the range
         */
        public Drawing {
            requireSteps("steps", steps);
            requireSteps("judging steps", judgingSteps);
            Range.require(
                    guidance >= 0 && guidance <= MOST_GUIDANCE,
                    "the generator's guidance",
                    "from 0 to " + MOST_GUIDANCE,
                    guidance);
        }

        private static void requireSteps(String name, int steps) {
            Range.require(
                    steps >= 1 && steps <= NoiseSchedule.STEPS,
                    "the generator's " + name,
                    "from 1 to " + NoiseSchedule.STEPS,
                    steps);
        }
    }

    /**
     * Refuses what no training can be run with.
     *
     * @param width a multiple of 4, at least 4
     * @param dropout in [0, 1)
     * @param noiseSchedule any
     * @param learningRate above 0
     * @param warmup at least 0
     * @param rateDecay in [0, 1]
     * @param flips any
     * @param emaHalfLife at least 0
     * @param emaRampUp in [0, 1]
     * @param conditional any
     * @param drawing with guidance 1 where classes are not told apart
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public DdpmOptions {
        Range.require(width >= 4 && width % 4 == 0, "the generator's width", "a multiple of 4", width);
        Range.require(dropout >= 0 && dropout < 1, "the generator's dropout", "in [0, 1)", dropout);
        Range.require(learningRate > 0, "the generator's learning rate", "above 0", learningRate);
        Range.require(warmup >= 0, "the generator's warm-up", "at least 0 steps", warmup);
        Range.require(
                rateDecay >= 0 && rateDecay <= 1, "the generator's learning rate's decay", "in [0, 1]", rateDecay);
        Range.require(emaHalfLife >= 0, "the generator's EMA half-life", "at least 0 images", emaHalfLife);
        Range.require(emaRampUp >= 0 && emaRampUp <= 1, "the generator's EMA ramp-up", "in [0, 1]", emaRampUp);
        Range.require(
                conditional || drawing.guidance() == Drawing.DEFAULTS.guidance(),
                "the generator's guidance",
                "1 where classes are not told apart",
                drawing.guidance());
    }

    /** Whether its models keep an average of their weights. */
    boolean averages() {
        return emaHalfLife > 0;
    }

    /** {@return a builder that starts from these options; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Options in the making. Ranges are those of the record; {@link #build} checks them. */
    public static final class Builder {
        private int width;
        private double dropout;
        private NoiseSchedule noiseSchedule;
        private double learningRate;
        private int warmup;
        private double rateDecay;
        private Flips flips;
        private int emaHalfLife;
        private double emaRampUp;
        private boolean conditional;
        private Drawing drawing;

        private Builder(DdpmOptions from) {
            width = from.width;
            dropout = from.dropout;
            noiseSchedule = from.noiseSchedule;
            learningRate = from.learningRate;
            warmup = from.warmup;
            rateDecay = from.rateDecay;
            flips = from.flips;
            emaHalfLife = from.emaHalfLife;
            emaRampUp = from.emaRampUp;
            conditional = from.conditional;
            drawing = from.drawing;
        }

        /**
         * Sets the channels of the widest map.
         *
         * @param value a multiple of 4
         * @return this builder
         */
        public Builder width(int value) {
            width = value;
            return this;
        }

        /**
         * Sets what residual blocks drop.
         *
         * @param value share of the values
         * @return this builder
         */
        public Builder dropout(double value) {
            dropout = value;
            return this;
        }

        /**
         * Sets how an image becomes noise.
         *
         * @param value the schedule
         * @return this builder
         */
        public Builder noiseSchedule(NoiseSchedule value) {
            noiseSchedule = value;
            return this;
        }

        /**
         * Sets how fast it learns.
         *
         * @param rate Adam's learning rate
         * @param rising steps of the warm-up
         * @param falling last share of the training over which the rate falls to 0
         * @return this builder
         */
        public Builder learning(double rate, int rising, double falling) {
            learningRate = rate;
            warmup = rising;
            rateDecay = falling;
            return this;
        }

        /**
         * Sets how images are mirrored.
         *
         * @param value before it learns them
         * @return this builder
         */
        public Builder flips(Flips value) {
            flips = value;
            return this;
        }

        /**
         * Sets how the weights are averaged.
         *
         * @param halfLife in images; 0 for no average
         * @param rampUp it is at most this share of the images seen
         * @return this builder
         */
        public Builder ema(int halfLife, double rampUp) {
            emaHalfLife = halfLife;
            emaRampUp = rampUp;
            return this;
        }

        /**
         * Sets whether classes are told apart.
         *
         * @param value true where they are
         * @return this builder
         */
        public Builder conditional(boolean value) {
            conditional = value;
            return this;
        }

        /**
         * Sets how images are drawn.
         *
         * @param value steps
         * @return this builder
         */
        public Builder drawing(Drawing value) {
            drawing = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return what was set, and the rest as it was
         * @throws IllegalArgumentException when a value is outside its range, with the value and the range
         */
        public DdpmOptions build() {
            return new DdpmOptions(
                    width,
                    dropout,
                    noiseSchedule,
                    learningRate,
                    warmup,
                    rateDecay,
                    flips,
                    emaHalfLife,
                    emaRampUp,
                    conditional,
                    drawing);
        }
    }
}
