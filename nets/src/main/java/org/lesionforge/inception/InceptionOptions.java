package org.lesionforge.inception;

/**
 * Which Inception V3 to build.
 *
 * @param pooling see {@link Pooling}; must be the one that the weights were trained with
 * @param classes outputs of the last layer {@code fc}; 0 builds no head
 * @param auxiliary whether there is an auxiliary head behind Mixed_6e; it speaks in training only
 * @param deepest the last layer that is built
 */
public record InceptionOptions(Pooling pooling, int classes, boolean auxiliary, Tap deepest) {
    public InceptionOptions {
        if (classes < 0) {
            throw new IllegalArgumentException("expected 0 or more classes, got " + classes);
        }
        if (classes > 0 && deepest != Tap.MIXED_7C) {
            throw new IllegalArgumentException("a head needs the whole network, got one up to " + deepest.layer());
        }
        if (auxiliary && classes == 0) {
            throw new IllegalArgumentException("an auxiliary head needs classes, got 0");
        }
    }

    /** torchvision's {@code inception_v3}: padding counts, both heads. */
    public static InceptionOptions classifier(int classes) {
        return new InceptionOptions(Pooling.INCLUDE_PADDING, classes, true, Tap.MIXED_7C);
    }

    /** A network without heads, to take features from. */
    public static InceptionOptions features(Pooling pooling, Tap deepest) {
        return new InceptionOptions(pooling, 0, false, deepest);
    }

    public InceptionOptions withPooling(Pooling other) {
        return new InceptionOptions(other, classes, auxiliary, deepest);
    }
}
