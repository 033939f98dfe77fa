package org.lesionforge.audit;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Two images that look alike.
 *
 * @param a id of one
 * @param b id of the other
 * @param partA part of the first: {@code train}, {@code validation} or {@code test}
 * @param partB part of the second
 * @param labelA class of the first
 * @param labelB class of the second
 * @param sameGroup whether the data set says that they belong together
 * @param how the transform from one to the other; null when only features are alike
 * @param similarity of their detail, 1 for equal pixels; null when only features are alike
 * @param cosine of their features; null without a network
 */
public record ImagePair(
        String a,
        String b,
        String partA,
        String partB,
        String labelA,
        String labelB,
        boolean sameGroup,
        @Nullable String how,
        @Nullable Double similarity,
        @Nullable Double cosine) {
    static final String EQUAL_PIXELS = "equal pixels";

    /** In two parts first, then with two labels, then the most similar. */
    static final Comparator<ImagePair> WORST_FIRST = Comparator.comparing(ImagePair::acrossParts)
            .thenComparing(ImagePair::otherLabel)
            .thenComparing(pair -> pair.similarity() == null ? pair.cosine() : pair.similarity())
            .reversed()
            .thenComparing(ImagePair::a)
            .thenComparing(ImagePair::b);

    static ImagePair of(
            AuditedImages images,
            int a,
            int b,
            @Nullable String how,
            @Nullable Double similarity,
            @Nullable Double cosine) {
        return new ImagePair(
                images.id(a),
                images.id(b),
                images.row(a).part().word(),
                images.row(b).part().word(),
                images.label(a),
                images.label(b),
                images.row(a).group().equals(images.row(b).group()),
                how,
                similarity,
                cosine);
    }

    boolean acrossParts() {
        return !partA.equals(partB);
    }

    boolean otherLabel() {
        return !labelA.equals(labelB);
    }

    /** {@return for example {@code A (train, benign) and B (test, benign)}} */
    public String text() {
        return a + " (" + partA + ", " + labelA + ") and " + b + " (" + partB + ", " + labelB + ")";
    }

    /** The same pair in other parts. */
    ImagePair in(String ofA, String ofB) {
        return new ImagePair(a, b, ofA, ofB, labelA, labelB, sameGroup, how, similarity, cosine);
    }
}
