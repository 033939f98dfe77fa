package org.lesionforge.backbone;

import java.util.Locale;
import java.util.Optional;

/**
 * Which network a file's weights are of. Shapes alone do not tell.
 *
 * @param network short name: {@code inception-2015-12-05}
 * @param fid whether it is the network that FID is defined by: known by its values alone, never by what a file says
 * @param variant that the weights were trained with
 * @param input how that network takes byte values
 * @param note what was taken for granted, where neither values nor words tell
 */
public record WeightsIdentity(
        String network, boolean fid, Variant variant, Normalisation input, Optional<String> note) {
    /**
     * Weights of which nothing was taken for granted.
     *
     * @param network short name
     * @param fid whether it is the network that FID is defined by
     * @param variant that the weights were trained with
     * @param input how that network takes byte values
     */
    public WeightsIdentity(String network, boolean fid, Variant variant, Normalisation input) {
        this(network, fid, variant, input, Optional.empty());
    }

    /**
     * {@return the same weights, taken for those of a variant that nothing in the file tells}
     *
     * @param other variant that somebody else says they were trained with
     */
    public WeightsIdentity takenFor(Variant other) {
        return new WeightsIdentity(
                network,
                fid,
                other,
                input,
                Optional.of("its network is taken to have " + other.text() + ", as asked for"));
    }

    /**
     * {@return the same weights in a network that computes otherwise than they were trained with} It is no longer the
     * one that FID is defined by, and its name has the variant's added to it.
     *
     * @param other variant of the network that they are loaded into
     */
    public WeightsIdentity in(Variant other) {
        return new WeightsIdentity(network + "+" + other.name().toLowerCase(Locale.ROOT), false, other, input);
    }
}
