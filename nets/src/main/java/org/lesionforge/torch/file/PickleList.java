package org.lesionforge.torch.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list or tuple as a pickle builds it. Neither a {@code List} nor a record, on purpose: it may contain itself, or one part in two places
 * at each of sixty levels, so nothing may print, compare or hash what it holds.
 *
 * @see PickleDict
 */
final class PickleList {
    private final List<@Nullable Object> items;
    private final boolean growing;

    private PickleList(List<@Nullable Object> items, boolean growing) {
        this.items = items;
        this.growing = growing;
    }

    /** @param items taken over, not copied */
    static PickleList list(List<@Nullable Object> items) {
        return new PickleList(items, true);
    }

    /** @param items taken over, not copied */
    static PickleList tuple(List<@Nullable Object> items) {
        return new PickleList(items, false);
    }

    int size() {
        return items.size();
    }

    @Nullable
    Object get(int index) {
        return items.get(index);
    }

    /** @return whether it could: a tuple cannot */
    boolean addAll(List<@Nullable Object> more) {
        return growing && (more.isEmpty() || items.addAll(more));
    }
}
