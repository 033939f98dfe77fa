package org.lesionforge.inception;

import java.util.Arrays;

/** Places where features are taken from the network, by depth; named by the length of the vector, as pytorch-fid's {@code --dims}. */
public enum Tap {
    /** After the first max pool. */
    POOL_1(64, "MaxPool_1"),
    /** After the second max pool. */
    POOL_2(192, "MaxPool_2"),
    /** After Mixed_6e, where the auxiliary head hangs. */
    MIXED_6E(768, "Mixed_6e"),
    /** After Mixed_7c, the end: what the last layer and FID see. */
    MIXED_7C(2048, "Mixed_7c");

    private final int dimensions;
    private final String layer;

    Tap(int dimensions, String layer) {
        this.dimensions = dimensions;
        this.layer = layer;
    }

    /** Length of the feature vector: 64, 192, 768 or 2048. */
    public int dimensions() {
        return dimensions;
    }

    /** Name of the layer behind which the tap is. */
    public String layer() {
        return layer;
    }

    /** @throws IllegalArgumentException unless {@code dimensions} is 64, 192, 768 or 2048 */
    public static Tap of(int dimensions) {
        return Arrays.stream(values())
                .filter(tap -> tap.dimensions == dimensions)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "features have 64, 192, 768 or 2048 dimensions, got " + dimensions));
    }
}
