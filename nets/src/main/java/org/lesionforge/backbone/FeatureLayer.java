package org.lesionforge.backbone;

/**
 * A place where features are taken from a network.
 *
 * @param name of the layer behind which it is, for people: {@code Mixed_6e}
 * @param dimensions length of the feature vector, which is what the command line calls the place by, as pytorch-fid's {@code --dims}
 * @param lastKernel name of the last kernel before it: its presence tells how far a file of weights goes
 * @param averages whether features are the means over a map's places; else they come from layers that see all of the image
 */
public record FeatureLayer(String name, int dimensions, String lastKernel, boolean averages) {
    /**
     * A place whose features are the means over a map's places.
     *
     * @param name of the layer
     * @param dimensions channels of the map
     * @param lastKernel name of the last kernel before it
     */
    public FeatureLayer(String name, int dimensions, String lastKernel) {
        this(name, dimensions, lastKernel, true);
    }
}
