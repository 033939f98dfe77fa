package org.lesionforge.torch.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;

/**
 * The state dict in what {@code torch.save} was given: the dictionary itself, or an entry of a training checkpoint, which has the optimiser
 * and the epoch beside it.
 *
 * @param tensors by name
 * @param notes what a user should know of the choice; empty where there was none
 */
record SavedState(Map<String, TensorView> tensors, List<String> notes) {
    static final String REMEDY = "in PyTorch: torch.save(model.state_dict(), \"weights.pth\")";

    /** What people call it. The first that is there is taken: running averages only where there is nothing else. */
    private static final List<String> USUAL_NAMES = List.of(
            "state_dict",
            "model_state_dict",
            "model_state",
            "model",
            "net",
            "network",
            "module",
            "weights",
            "state_dict_ema",
            "model_ema",
            "ema_state_dict",
            "ema");

    private static final int MOST_NAMES = 8;
    /** {@code {'model': {'state_dict': …}}} is as deep as they are found. */
    private static final int DEEPEST = 3;

    /** @throws UnusableInputException when there is none, or no telling which */
    static SavedState of(@Nullable Object value) {
        if (!(value instanceof PickleDict dict)) {
            throw new UnusableInputException("it holds no dictionary of tensors; save one, " + REMEDY);
        }
        List<String> notes = new ArrayList<>();
        for (int depth = 0; depth < DEEPEST && !dict.holdsTensorsAlone(); depth++) {
            Map<String, PickleDict> inner = dict.dictionaries();
            String chosen = choice(inner);
            if (chosen.isEmpty()) {
                break;
            }
            notes.add("'" + Printable.excerpt(chosen) + "' was taken of what the file holds: " + some(dict.names()));
            dict = inner.get(chosen);
        }
        try {
            return new SavedState(dict.tensors(), List.copyOf(notes));
        } catch (UnusableInputException e) {
            throw new UnusableInputException(e.getMessage() + "; save the state dict alone, " + REMEDY, e);
        }
    }

    /** A state dict, by its usual name or as the only one; else what may have one inside; empty where there is neither. */
    private static String choice(Map<String, PickleDict> inner) {
        List<String> states = inner.keySet().stream()
                .filter(name -> Objects.requireNonNull(inner.get(name)).holdsTensorsAlone())
                .toList();
        List<String> usual = USUAL_NAMES.stream().filter(inner::containsKey).toList();
        List<String> usualStates = usual.stream().filter(states::contains).toList();
        if (!usualStates.isEmpty()) {
            return usualStates.get(0);
        }
        if (states.size() > 1) {
            throw new UnusableInputException("it holds several dictionaries of tensors, " + some(states)
                    + ", and nothing tells which to take; save one alone, " + REMEDY);
        }
        if (states.size() == 1) {
            return states.get(0);
        }
        return usual.isEmpty() ? "" : usual.get(0);
    }

    private static String some(List<String> names) {
        String first = String.join(
                ", ", names.stream().limit(MOST_NAMES).map(Printable::excerpt).toList());
        return names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first;
    }
}
