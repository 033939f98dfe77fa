package org.lesionforge.backbone;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the tensors of an architecture's weights are called in the files that are published of it.
 *
 * @param firstKernel a name that every file of these weights has
 * @param heads layers that a file may lack, by the beginning of their names; the network's own first, then an auxiliary one
 * @param lastLayers of these heads, in the same order: they may have another number of outputs than the network
 * @param layers names of all tensors that the whole network has, whether or not it was built with all its layers
 * @param others namings of published files that are not the network's own
 */
public record WeightNames(
        String firstKernel, List<String> heads, List<String> lastLayers, Pattern layers, List<Naming> others) {
    /**
     * Names that all published files have.
     *
     * @param firstKernel a name that every file of these weights has
     * @param heads layers that a file may lack, by the beginning of their names; the network's own first, then an auxiliary one
     * @param lastLayers of these heads, in the same order
     * @param layers names of all tensors that the whole network has
     */
    public WeightNames(String firstKernel, List<String> heads, List<String> lastLayers, Pattern layers) {
        this(firstKernel, heads, lastLayers, layers, List.of());
    }

    /** {@return every way in which files name these weights, the network's own first} */
    public List<Naming> namings() {
        return Stream.concat(Stream.of(Naming.OWN), others.stream()).toList();
    }

    /** {@return the name of the matrix of the network's own last layer, classes × features} */
    public String lastWeight() {
        return lastLayers.get(0) + ".weight";
    }

    /** {@return the name of the bias of the network's own last layer, a number for each class} */
    public String lastBias() {
        return lastLayers.get(0) + ".bias";
    }

    /**
     * {@return whether a tensor belongs to the network's own head} It may be made in any way: fine-tuning often puts a
     * dropout before the last layer.
     *
     * @param name of a tensor in a file
     */
    public boolean isOwnHead(String name) {
        return name.startsWith(heads.get(0) + ".");
    }

    /**
     * {@return whether a tensor belongs to any head, the network's own or an auxiliary one}
     *
     * @param name of a tensor in a file
     */
    public boolean isHead(String name) {
        return startsWithAny(heads, name);
    }

    /**
     * {@return whether a tensor belongs to the last layer of any head}
     *
     * @param name of a tensor in a file
     */
    public boolean isLastLayer(String name) {
        return startsWithAny(lastLayers, name);
    }

    /**
     * {@return whether the whole network has a tensor of this name, or a layer that would}
     *
     * @param name of a tensor in a file
     */
    public boolean belongs(String name) {
        return layers.matcher(name).matches();
    }

    /**
     * {@return whether tensors of these names hold an auxiliary head as well}
     *
     * @param names of all tensors of a file
     */
    public boolean withAuxiliary(Set<String> names) {
        return lastLayers.stream().skip(1).anyMatch(layer -> names.contains(layer + ".weight"));
    }

    private static boolean startsWithAny(List<String> layers, String name) {
        return layers.stream().anyMatch(layer -> name.startsWith(layer + "."));
    }
}
