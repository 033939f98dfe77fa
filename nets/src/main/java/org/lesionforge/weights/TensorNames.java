package org.lesionforge.weights;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Naming;
import org.lesionforge.backbone.WeightNames;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.file.TensorFile;

/**
 * Whether the tensors of a file are those of a network, by names and shapes.
 *
 * @param file how a message calls the file
 * @param tensors under the network's names
 * @param known what its tensors are called
 * @param naming by which the file has them, for messages
 */
record TensorNames(String file, TensorFile tensors, WeightNames known, Naming naming) {
    private static final int NAMES_IN_A_MESSAGE = 5;
    private static final int DIMENSIONS_OF_KERNEL = 4;

    /**
     * Names that the net keeps as they are.
     *
     * @param state of the net
     * @throws UnusableInputException when the file does not fit
     */
    Set<String> kept(Map<String, Tensor> state) {
        Set<String> kept = new LinkedHashSet<>();
        Set<String> missing = new TreeSet<>();
        Set<String> misshapen = new TreeSet<>();
        state.forEach((name, tensor) -> {
            if (!tensors.names().contains(name)) {
                if (known.isHead(name) || isCounter(name)) {
                    kept.add(name);
                } else {
                    missing.add(naming.theirs(name));
                }
            } else if (!fits(tensors.shape(name), tensor.shape())) {
                if (known.isLastLayer(name)) {
                    kept.add(name);
                } else {
                    misshapen.add(naming.theirs(name) + " (file " + Arrays.toString(tensors.shape(name)) + ", network "
                            + Arrays.toString(tensor.shape()) + ")");
                }
            }
        });
        Set<String> unknown = unknown(state.keySet());
        if (!missing.isEmpty() || !misshapen.isEmpty() || !unknown.isEmpty()) {
            throw new UnusableInputException(
                    file + " does not fit the network, by " + naming.title() + " names: missing " + some(missing)
                            + "; of another shape " + some(misshapen) + "; unknown " + some(unknown)
                            + "; fetch the file again, or write it from the whole network");
        }
        return kept;
    }

    /**
     * Names in the file that the net ought to have and does not. A layer that the net was built without is not such, nor a last layer made in
     * another way.
     */
    private Set<String> unknown(Set<String> ofNet) {
        Set<String> layers = new TreeSet<>();
        ofNet.forEach(name -> layers.add(layer(name)));
        Set<String> unknown = new TreeSet<>();
        for (String name : tensors.names()) {
            if (!ofNet.contains(name)
                    && !known.isLastLayer(name)
                    && (layers.contains(layer(name)) || !known.belongs(name))) {
                unknown.add(naming.theirs(name));
            }
        }
        return unknown;
    }

    /**
     * The beginning of a name: {@code Mixed_5b}, {@code layer1.0}, {@code features.3}, {@code features.denseblock3}; a number counts the layers of a list,
     * also one behind a word where the list itself has none.
     */
    private static String layer(String name) {
        String[] parts = name.split("\\.", 3);
        boolean counted = parts.length > 2 && parts[1].matches(parts[0].matches(".*\\d.*") ? "\\d+" : "\\w*\\d");
        return counted ? parts[0] + "." + parts[1] : parts[0];
    }

    /** A layer that reads a whole map is the same numbers, row by row, as a matrix and as a convolution of the map's size. */
    static boolean fits(long[] ofFile, long[] ofNet) {
        if (ofNet.length == 2 && ofFile.length == DIMENSIONS_OF_KERNEL) {
            return ofFile[0] == ofNet[0] && ofFile[1] * ofFile[2] * ofFile[3] == ofNet[1];
        }
        return Arrays.equals(ofFile, ofNet);
    }

    /** Counts training batches, nothing reads it in inference, and many exports leave it out. */
    static boolean isCounter(String name) {
        return name.endsWith(".num_batches_tracked");
    }

    /** The first few of them, for a message. */
    static String some(Set<String> names) {
        if (names.isEmpty()) {
            return "nothing";
        }
        String first =
                String.join(", ", names.stream().limit(NAMES_IN_A_MESSAGE).toList());
        int rest = names.size() - NAMES_IN_A_MESSAGE;
        return rest > 0 ? first + " and " + rest + " more" : first;
    }
}
