package org.lesionforge.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Tensors of several owners in one checkpoint: those of each have its name and a dot before their own. */
public final class TensorGroups {
    private TensorGroups() {}

    /**
     * Adds an owner's tensors.
     *
     * @param all to which they are added
     * @param owner such as {@code generator}
     * @param tensors by their own names
     */
    public static void put(Map<String, Tensor> all, String owner, Map<String, Tensor> tensors) {
        tensors.forEach((name, tensor) -> all.put(owner + "." + name, tensor));
    }

    /**
     * {@return an owner's tensors, by their own names; none where there are none}
     *
     * @param owner as it was put
     * @param all of a checkpoint
     */
    public static Map<String, Tensor> of(String owner, Map<String, Tensor> all) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        all.forEach((name, tensor) -> {
            if (name.startsWith(owner + ".")) {
                tensors.put(name.substring(owner.length() + 1), tensor);
            }
        });
        return tensors;
    }

    /**
     * {@return the size of tensors in a file, without names}
     *
     * @param tensors of one owner or of several
     */
    public static long bytes(Map<String, Tensor> tensors) {
        return tensors.values().stream().mapToLong(Tensor::nbytes).sum();
    }
}
