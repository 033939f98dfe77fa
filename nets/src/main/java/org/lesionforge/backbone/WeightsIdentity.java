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
    public WeightsIdentity(String network, boolean fid, Variant variant, Normalisation input) {
        this(network, fid, variant, input, Optional.empty());
    }

    /** The same weights in a network that computes otherwise than they were trained with: no longer FID's, and its name says so. */
    public WeightsIdentity in(Variant other) {
        return new WeightsIdentity(network + "+" + other.name().toLowerCase(Locale.ROOT), false, other, input);
    }
}
