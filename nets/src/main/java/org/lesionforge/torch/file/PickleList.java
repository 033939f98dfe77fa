package org.lesionforge.torch.file;

import java.util.List;

/**
 * A list or tuple as a pickle builds it. Neither a {@code List} nor a record, on purpose: it may contain itself, or one part in two places
 * at each of sixty levels, so nothing may print, compare or hash what it holds.
 *
 * @see PickleDict
 */
final class PickleList {
    private final List<Object> items;
    private final boolean growing;

    private PickleList(List<Object> items, boolean growing) {
        this.items = items;
        this.growing = growing;
    }

    /** @param items taken over, not copied */
    static PickleList list(List<Object> items) {
        return new PickleList(items, true);
    }

    /** @param items taken over, not copied */
    static PickleList tuple(List<Object> items) {
        return new PickleList(items, false);
    }

    int size() {
        return items.size();
    }

    Object get(int index) {
        return items.get(index);
    }

    /** @return whether it could: a tuple cannot */
    boolean addAll(List<Object> more) {
        return growing && (more.isEmpty() || items.addAll(more));
    }
}
