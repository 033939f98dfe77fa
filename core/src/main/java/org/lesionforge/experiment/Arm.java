package org.lesionforge.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One way of treating the imbalance of the training part. Everything else is the same in every arm.
 *
 * <p>In words: what is added, then what is done beside it, joined by {@code +}: {@code none}, {@code class-weights}, {@code oversample},
 * {@code classical}, {@code dcgan}, {@code dcgan:500}, {@code dcgan-only+degraded}, {@code dcgan:500+class-weights}.
 *
 * @param addition what balances the scarce class
 * @param count how many images are added; null for as many as the class lacks ({@code dcgan-only}: as the largest class has)
 * @param classWeights whether the loss is weighted so that every class counts the same
 * @param degraded whether all images of the arm, tested ones too, go through the generator's size, so that blur cannot give the class away
 */
public record Arm(Addition addition, Integer count, boolean classWeights, boolean degraded) {
    /** What is added to the training images of the scarce class. */
    public enum Addition {
        /** Nothing: the training part as it is. The paper's first approach. */
        NONE("none", "Original data"),
        /** The same images again. */
        OVERSAMPLE("oversample", "Duplicated images"),
        /** Copies, each altered by zoom, shear, elastic deformation, contrast and brightness. */
        CLASSICAL("classical", "Classical augmentation"),
        /** DCGAN images. The paper's second approach. */
        DCGAN("dcgan", "Balanced with DCGAN images"),
        /** DCGAN images in place of the real ones of the class. */
        DCGAN_ONLY("dcgan-only", "DCGAN images in place of real ones");

        private final String word;
        private final String title;

        Addition(String word, String title) {
            this.word = word;
            this.title = title;
        }

        private static Addition of(String word) {
            return Arrays.stream(values())
                    .filter(addition -> addition.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no arm '" + word + "'; there are "
                            + Arrays.stream(values()).map(a -> a.word).collect(Collectors.joining(", "))
                            + " and " + CLASS_WEIGHTS + ", all but none with a number (dcgan:500), and any with +"
                            + CLASS_WEIGHTS + " or +" + DEGRADED));
        }
    }

    private static final String CLASS_WEIGHTS = "class-weights";
    private static final String DEGRADED = "degraded";

    /** The paper's first approach. */
    public static final Arm NONE = new Arm(Addition.NONE, null, false, false);
    /** The paper's second approach. */
    public static final Arm DCGAN = new Arm(Addition.DCGAN, null, false, false);

    /** @throws IllegalArgumentException when {@code count} is below 1, or given where nothing is added */
    public Arm {
        if (count != null && (count < 1 || addition == Addition.NONE)) {
            throw new IllegalArgumentException("the number of images that an arm adds must be at least 1, and '"
                    + Addition.NONE.word + "' adds none; got " + addition.word + ":" + count);
        }
    }

    /** @throws IllegalArgumentException naming those there are */
    @JsonCreator
    public static Arm of(String word) {
        List<String> parts = new ArrayList<>(List.of(word.split("\\+", -1)));
        boolean degraded = parts.remove(DEGRADED);
        boolean weights = parts.remove(CLASS_WEIGHTS);
        if (parts.isEmpty() && (weights || degraded)) {
            return new Arm(Addition.NONE, null, weights, degraded);
        }
        String[] added = parts.remove(0).split(":", 2);
        if (!parts.isEmpty()) {
            throw new IllegalArgumentException("'" + word + "' is no arm: what goes with another is " + CLASS_WEIGHTS
                    + " or " + DEGRADED + ", once each, got " + parts);
        }
        return new Arm(Addition.of(added[0]), added.length == 1 ? null : number(added[1], word), weights, degraded);
    }

    private static int number(String text, String word) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + word + "' is no arm: '" + text + "' is no number of images", e);
        }
    }

    /** What it is called in options and files: {@link #of} makes the same arm of it. */
    @JsonValue
    public String word() {
        List<String> parts = new ArrayList<>();
        if (addition != Addition.NONE || !classWeights) {
            parts.add(count == null ? addition.word : addition.word + ":" + count);
        }
        if (classWeights) {
            parts.add(CLASS_WEIGHTS);
        }
        if (degraded) {
            parts.add(DEGRADED);
        }
        return String.join("+", parts);
    }

    /** What it is called in tables. */
    public String title() {
        String added = count == null ? addition.title : addition.title + " (" + count + ")";
        String weighted = addition == Addition.NONE ? "Class weights" : added + ", class weights";
        return (classWeights ? weighted : added) + (degraded ? ", all images blurred alike" : "");
    }

    /** Whether it needs a GAN. */
    boolean isSynthetic() {
        return addition == Addition.DCGAN || addition == Addition.DCGAN_ONLY;
    }

    /** Whether it adds as many images as the scarce class lacks. */
    boolean balances() {
        return addition != Addition.NONE && count == null;
    }
}
