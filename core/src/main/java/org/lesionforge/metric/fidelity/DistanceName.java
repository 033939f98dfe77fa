package org.lesionforge.metric.fidelity;

/**
 * The name of a Fréchet distance, and the names of other measures from the same features.
 *
 * @param text {@code fid-768[inception-2015-12-05, resize=pytorch-fid]} with the network that defines FID, {@code fd…}
 *     with any other
 */
public record DistanceName(String text) {
    private static final String FRECHET = "^(fid|fd)";

    /**
     * {@return whether a Fréchet or kernel distance of this name uses the network that defines FID and KID}
     *
     * @param name {@code fid…}, {@code kid-768[…]}, {@code fd[…]}, …
     */
    public static boolean isThroughFidNetwork(String name) {
        return name.startsWith("fid") || name.startsWith("kid");
    }

    /** {@return {@code kid-768[…]} for {@code fid-768[…]}, {@code kd-768[…]} for {@code fd-768[…]}} */
    public String ofKernel() {
        return text.replaceFirst(FRECHET, isThroughFidNetwork(text) ? "kid" : "kd");
    }

    /**
     * {@return {@code recall-768[…]} for a word, {@code p of any difference, 768[…]} for several}
     *
     * @param words what else was measured through the same features
     */
    public String of(String words) {
        String network = text.replaceFirst(FRECHET, "");
        return words + (words.contains(" ") ? ", " + network.substring(1) : network);
    }

    @Override
    public String toString() {
        return text;
    }
}
