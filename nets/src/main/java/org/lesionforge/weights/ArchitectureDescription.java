package org.lesionforge.weights;

import java.util.List;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Counts;

/**
 * What a user chooses an architecture by.
 *
 * @param name on the command line
 * @param title for people
 * @param parameters that it learns with 1,000 classes, those of auxiliary heads included
 * @param gigaflop thousand million multiplications and additions for one image of the usual side; a multiplication with an addition counts twice;
 *     convolutions and linear layers alone, without auxiliary heads
 * @param side usual side of the images, in pixels
 * @param smallestSide in pixels
 * @param features length of the vector that the last layer sees
 * @param classActivation whether it can be drawn where in an image a class is seen
 * @param paddings that it can be trained with, the usual one first; empty where there is no choice
 * @param weights published files of it
 */
public record ArchitectureDescription(
        String name,
        String title,
        long parameters,
        double gigaflop,
        int side,
        int smallestSide,
        int features,
        boolean classActivation,
        List<String> paddings,
        List<Weights> weights) {
    private static final double GIGA = 1e9;

    /**
     * A published file.
     *
     * @param name as {@code weights fetch} takes it
     * @param file its published name
     * @param licence as its publisher states it
     * @param input formula from byte values to inputs
     * @param here whether it is in the cache
     */
    public record Weights(String name, String file, String licence, String input, boolean here) {}

    /**
     * Copies the lists.
     *
     * @param name on the command line
     * @param title for people
     * @param parameters with 1,000 classes
     * @param gigaflop for one image
     * @param side in pixels
     * @param smallestSide in pixels
     * @param features length of the vector that the last layer sees
     * @param classActivation whether it can be drawn
     * @param paddings that it can be trained with
     * @param weights published files of it
     */
    public ArchitectureDescription {
        paddings = List.copyOf(paddings);
        weights = List.copyOf(weights);
    }

    /**
     * Builds no network.
     *
     * @param architecture to describe
     * @param cache where files may be
     * @return what there is to know
     */
    public static ArchitectureDescription of(Architecture architecture, WeightsCache cache) {
        Counts counts = architecture.footprint().counts();
        return new ArchitectureDescription(
                architecture.name(),
                architecture.title(),
                counts.parameters(),
                2 * counts.multiplyAdds() / GIGA,
                architecture.side(),
                architecture.smallestSide(),
                architecture.featureCount(),
                architecture.linearOnAverage(),
                architecture.paddings(),
                KnownWeights.of(architecture).stream()
                        .map(known -> new Weights(
                                known.name(),
                                known.file(),
                                known.licence(),
                                known.input().formula(),
                                cache.has(known)))
                        .toList());
    }
}
