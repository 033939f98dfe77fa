package org.lesionforge.phantom;

/**
 * A phantom lesion: its ABCD scores, and the seed of everything that does not depend on the class.
 *
 * <p>Each score is standard normal for benign lesions; for malignant ones its mean is {@value #SHIFT}. With five
 * independent scores the best possible rule compares their sum with {@code 5 · SHIFT / 2} and is right with probability
 * Φ(√5 · SHIFT / 2) ≈ 0.953; images show the scores imperfectly, so a good image classifier stays below that.
 *
 * @param malignant the class
 * @param seed skin, pigment, pattern
 * @param asymmetry of outline and pigment
 * @param border irregularity, abruptness
 * @param colours number of further colours (black, red, blue-grey, white), and their unevenness
 * @param diameter of the lesion on the image
 * @param structures atypia of network and globules, streaks at the edge
 */
public record PhantomLesion(
        boolean malignant,
        long seed,
        double asymmetry,
        double border,
        double colours,
        double diameter,
        double structures) {
    /** How far the mean of each score lies higher in malignant lesions, in standard deviations. */
    static final double SHIFT = 1.5;

    /**
     * {@return the lesion of this class and seed; the same seed with the other class gives another lesion}
     *
     * @param malignant the class
     * @param seed of its scores and its looks
     */
    public static PhantomLesion of(boolean malignant, long seed) {
        long own = SplitMix64.seed(seed, malignant ? "malignant lesion" : "benign lesion", 0);
        SplitMix64 random = SplitMix64.of(own, "scores");
        double mean = malignant ? SHIFT : 0;
        return new PhantomLesion(
                malignant,
                own,
                mean + random.gaussian(),
                mean + random.gaussian(),
                mean + random.gaussian(),
                mean + random.gaussian(),
                mean + random.gaussian());
    }

    /** The name of the class in folders and labels. */
    String label() {
        return malignant ? "malignant" : "benign";
    }
}
