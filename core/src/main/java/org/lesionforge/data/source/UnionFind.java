package org.lesionforge.data.source;

import java.util.HashMap;
import java.util.Map;

/**
 * Connected components: images that share a key (a lesion, a patient, equal pixels), directly or through others, are
 * one group, named by the first of its keys in alphabetical order.
 */
public final class UnionFind {
    private final Map<String, String> parents = new HashMap<>();

    /**
     * Makes one group of those that {@code a} and {@code b} are in.
     *
     * @param a key, seen before or not
     * @param b key, seen before or not
     */
    public void join(String a, String b) {
        String rootA = groupOf(a);
        String rootB = groupOf(b);
        if (rootA.compareTo(rootB) < 0) {
            parents.put(rootB, rootA);
        } else if (rootB.compareTo(rootA) < 0) {
            parents.put(rootA, rootB);
        }
    }

    /**
     * {@return the first key of the group, in alphabetical order; {@code key} itself where it was never joined}
     *
     * @param key seen before or not
     */
    public String groupOf(String key) {
        String root = key;
        for (String next = parents.get(root); next != null; next = parents.get(root)) {
            root = next;
        }
        // Path compression.
        for (String at = key; !at.equals(root); ) {
            at = parents.put(at, root);
        }
        return root;
    }
}
