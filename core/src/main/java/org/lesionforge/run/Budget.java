package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.IntStream;

/** What is equal in the training of all arms, whose training parts differ in size. */
public enum Budget {
    /** Steps of the optimiser: an epoch takes as many images as the original training part has, in rounds through all of the arm's. */
    STEPS,
    /** Epochs of real images, as in the paper: more images in all, more steps. */
    EPOCHS;

    /** {@return the lower-case word used in files} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return how many images an epoch of an arm's training takes; 0 for all of them once}
     *
     * @param original images of the training part as it is
     * @param counts the arm's images of each class
     * @param real those of them that are its training part's own, neither copies nor generated; at least one in all
     * @param balanced whether every class is shown equally often, however many images it has
     */
    public int epochImages(int original, int[] counts, int[] real, boolean balanced) {
        if (this == STEPS) {
            return original;
        }
        // Where a class that is mostly added images is shown as often as one of real images, an epoch of these is
        // longer.
        int images = (int) Math.round(IntStream.of(real).sum() / realShare(counts, real, balanced));
        return images == IntStream.of(counts).sum() ? 0 : images;
    }

    /**
     * {@return the share of the images shown in an epoch that are real}
     *
     * @param counts the arm's images of each class
     * @param real those of them that are its training part's own
     * @param balanced whether every class is shown equally often
     */
    public static double realShare(int[] counts, int[] real, boolean balanced) {
        return balanced
                ? IntStream.range(0, counts.length)
                        .mapToDouble(c -> (double) real[c] / counts[c])
                        .average()
                        .orElse(0)
                : (double) IntStream.of(real).sum() / IntStream.of(counts).sum();
    }
}
