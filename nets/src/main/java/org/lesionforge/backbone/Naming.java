package org.lesionforge.backbone;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How somebody names the layers of a network in files. A tensor is called by its layer, a point and what it is there: {@code bn1.running_mean}.
 *
 * @param title whose names these are, for messages: {@code timm's}
 * @param layers by the name of a layer in such files its name in the network; one that is not among them has the same name in both
 */
public record Naming(String title, Map<String, String> layers) {
    /** The names that the network itself has. */
    public static final Naming OWN = new Naming("the network's own", Map.of());

    /**
     * Copies the map.
     *
     * @param title for messages
     * @param layers each of the network's at most once
     * @throws IllegalArgumentException when two layers of a file would be one of the network
     */
    public Naming {
        layers = Map.copyOf(layers);
        if (layers.values().stream().distinct().count() < layers.size()) {
            throw new IllegalArgumentException("two layers have one name in the network: " + layers);
        }
    }

    /**
     * {@return whether a file has names that are of this naming and not of the network's own, and no two of one tensor}
     *
     * @param theirs names of all tensors in the file
     */
    public boolean isOf(Set<String> theirs) {
        return theirs.stream().anyMatch(name -> layers.containsKey(layer(name)))
                && theirs.stream().map(this::ours).distinct().count() == theirs.size();
    }

    /**
     * {@return what the network calls a tensor}
     *
     * @param theirs its name in a file
     */
    public String ours(String theirs) {
        return renamed(theirs, Optional.ofNullable(layers.get(layer(theirs))));
    }

    /**
     * {@return what a file of this naming calls a tensor}
     *
     * @param ours its name in the network
     */
    public String theirs(String ours) {
        String layer = layer(ours);
        return renamed(
                ours,
                layers.entrySet().stream()
                        .filter(each -> each.getValue().equals(layer))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    private static String renamed(String tensor, Optional<String> layer) {
        return layer.map(name -> name + tensor.substring(layer(tensor).length()))
                .orElse(tensor);
    }

    private static String layer(String tensor) {
        return tensor.substring(0, Math.max(0, tensor.lastIndexOf('.')));
    }
}
