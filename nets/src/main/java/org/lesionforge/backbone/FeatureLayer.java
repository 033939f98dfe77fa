package org.lesionforge.backbone;

/**
 * A place where features are taken from a network.
 *
 * @param name of the layer behind which it is, for people: {@code Mixed_6e}
 * @param dimensions length of the feature vector, which is what the command line calls the place by, as pytorch-fid's {@code --dims}
 * @param lastKernel name of the last kernel before it: its presence tells how far a file of weights goes
 */
public record FeatureLayer(String name, int dimensions, String lastKernel) {}
