package org.lesionforge.isic;

import java.util.BitSet;

/** Images, by their numbers: a bit each, so that half a million take 1 MB. */
final class IdSet {
    private final BitSet numbers = new BitSet();

    /** @return whether it was new */
    boolean add(int number) {
        boolean fresh = !numbers.get(number);
        numbers.set(number);
        return fresh;
    }

    boolean contains(int number) {
        return numbers.get(number);
    }

    int size() {
        return numbers.cardinality();
    }
}
