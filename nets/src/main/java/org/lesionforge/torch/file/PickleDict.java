package org.lesionforge.torch.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;

/**
 * A dictionary as a pickle builds it: its entries in order. Nothing in it is printed, compared or hashed whole (see {@link PickleList}); of its
 * keys only text is ever looked up.
 */
final class PickleDict {
    private final List<Object> keys = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    private int namedTensors;

    void put(Object key, @Nullable Object value) {
        keys.add(key);
        values.add(value);
        if (key instanceof String && value instanceof TensorView) {
            namedTensors++;
        }
    }

    int size() {
        return keys.size();
    }

    /** What stands under {@code name}; the last, where several do. */
    Optional<Object> get(String name) {
        for (int i = keys.size() - 1; i >= 0; i--) {
            if (name.equals(keys.get(i))) {
                return Optional.ofNullable(values.get(i));
            }
        }
        return Optional.empty();
    }

    /** The keys that are text. */
    List<String> names() {
        return keys.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /** The dictionaries in it that have a name. */
    Map<String, PickleDict> dictionaries() {
        Map<String, PickleDict> dictionaries = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i) instanceof String name && values.get(i) instanceof PickleDict dict) {
                dictionaries.put(name, dict);
            }
        }
        return dictionaries;
    }

    /** Whether every value is a tensor, every key text, and there are some. */
    boolean holdsTensorsAlone() {
        return namedTensors > 0 && namedTensors == keys.size();
    }

    /** @throws UnusableInputException naming an entry that is not a named tensor, or is there twice */
    Map<String, TensorView> tensors() {
        Map<String, TensorView> tensors = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!(keys.get(i) instanceof String name)
                    || !Printable.excerpt(name).equals(name)) {
                throw new UnusableInputException("its entry " + i + " has no name that can be shown");
            }
            if (!(values.get(i) instanceof TensorView view)) {
                throw new UnusableInputException("its entry '" + Printable.excerpt(name) + "' is not a tensor");
            }
            if (tensors.put(name, view) != null) {
                throw new UnusableInputException("its entry '" + Printable.excerpt(name) + "' is there twice");
            }
        }
        return tensors;
    }
}
