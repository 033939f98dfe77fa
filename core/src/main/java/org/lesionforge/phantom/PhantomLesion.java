package org.lesionforge.phantom;

/**
 * A phantom lesion: its ABCD scores, and the seed for everything about it that the class says nothing about.
 *
 * <p>Each score is a standard normal number for benign lesions; for malignant ones its mean is {@value #SHIFT}. With five independent scores the best possible rule,
 * their sum against {@code 5 · SHIFT / 2}, is right with probability Φ(√5 · SHIFT / 2) ≈ 0.953; images show the scores imperfectly, so a
 * good classifier of images stays below that.
 *
 * @param malignant the class
 * @param seed skin, pigment, pattern
 * @param asymmetry of outline and pigment
 * @param border irregularity, abruptness
 * @param colours how many of black, red, blue-grey, white join the browns, and how unevenly
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
    public static final double SHIFT = 1.5;

    /** The lesion of this class and seed; the same seed with the other class gives another lesion. */
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

    /** The name of the class as folders and labels spell it. */
    public String label() {
        return malignant ? "malignant" : "benign";
    }
}
