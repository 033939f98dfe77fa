package org.lesionforge.generator.adversarial;

import org.lesionforge.generator.Flips;
import org.lesionforge.generator.Meaning;
import org.lesionforge.training.AverageDecay;
import org.lesionforge.training.LinearDecay;
import org.lesionforge.training.Range;
import org.lesionforge.training.RateSchedule;

/**
 * Remedies against overfitting a small class that suit any generator with a discriminator, whatever its loss and its nets; 0 is off.
 *
 * @param flips of the real images
 * @param translation the discriminator sees real and generated images moved at random by up to this share of their side, either way
 *     (DiffAugment, Zhao et al. 2020; 0.125 there)
 * @param brightness … and brightened or darkened at random by up to this share of the range from black to white
 * @param emaHalfLife images after which an average over the generator's weights has half forgotten a step; 0: no average
 * @param emaRampUp early on the half-life is at most this share of the images seen so far (0.05 in Karras et al. 2020); 0: no ramp
 * @param rateDecay the learning rate of both nets falls linearly to 0 over this last share of the iterations; 0: it stays
 */
public record SharedRemedies(
        @Meaning("of the real images: none, horizontal or both") Flips flips,
        @Meaning("the discriminator's images are moved by up to this share of their side, in [0, 0.5]")
                double translation,
        @Meaning("and brightened or darkened by up to this share of the range from black to white, in [0, 0.5]")
                double brightness,
        @Meaning("half-life of an average of the generator's weights, in images; 0: no average") int emaHalfLife,
        @Meaning("that half-life is at most this share of the images seen so far; 0: no limit") double emaRampUp,
        @Meaning("the learning rate falls to 0 over this last share of the iterations; 0: it stays") double rateDecay) {
    /** Every remedy is off. */
    public static final SharedRemedies NONE = new SharedRemedies(Flips.NONE, 0, 0, 0, 0.05, 0);

    /** Mirrored images, an average of the weights, and a learning rate that falls over the last third: for some hundreds of images. */
    public static final SharedRemedies SMALL_DATA = new SharedRemedies(Flips.BOTH, 0, 0, 10_000, 0.05, 1.0 / 3);

    /**
     * Refuses what cannot be done.
     *
     * @param flips of the real images
     * @param translation in [0, 0.5]
     * @param brightness in [0, 0.5]
     * @param emaHalfLife at least 0
     * @param emaRampUp in [0, 1]
     * @param rateDecay in [0, 1]
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public SharedRemedies {
        Range.require(
                translation >= 0 && translation <= 0.5, "the generator's translation", "in [0, 0.5]", translation);
        Range.require(brightness >= 0 && brightness <= 0.5, "the generator's brightness", "in [0, 0.5]", brightness);
        Range.require(emaHalfLife >= 0, "the generator's EMA half-life", "at least 0 images", emaHalfLife);
        Range.require(emaRampUp >= 0 && emaRampUp <= 1, "the generator's EMA ramp-up", "in [0, 1]", emaRampUp);
        Range.require(
                rateDecay >= 0 && rateDecay <= 1, "the generator's decay of the learning rate", "in [0, 1]", rateDecay);
    }

    /** {@return what the discriminator sees} */
    public Augmentation augmentation() {
        return new Augmentation(flips, new DiffAugment(translation, brightness));
    }

    /** {@return how the learning rate of both nets changes} */
    public RateSchedule schedule() {
        return new LinearDecay(rateDecay);
    }

    /** {@return whether there is an average over the generator's weights} */
    public boolean averages() {
        return emaHalfLife > 0;
    }

    /** {@return how quickly that average forgets} */
    public AverageDecay decay() {
        return new AverageDecay.HalfLife(emaHalfLife, emaRampUp);
    }
}
