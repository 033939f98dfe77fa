package org.lesionforge.torch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/** The card that tests with the tag {@code cuda} compute on: where there is none, they are skipped and say so. */
public final class TestCard {
    private TestCard() {}

    /** The first one, on which nets are trained in a precision. */
    public static Compute in(Precision precision) {
        Torch.load();
        assumeTrue(Torch.cards() > 0, "no card: libtorch finds no CUDA card on this machine");
        return Compute.of("cuda", Optional.of(precision));
    }
}
