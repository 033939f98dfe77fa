package org.lesionforge.data.added;

import java.util.List;
import org.lesionforge.data.AddedImages;

/** Several sets one after the other, such as one of each class. */
public final class JoinedImages implements AddedImages {
    private final List<AddedImages> sets;
    private final int[] starts;

    /**
     * Joins sets.
     *
     * @param sets whose identifiers are unique in all of them together
     */
    public JoinedImages(List<? extends AddedImages> sets) {
        this.sets = List.copyOf(sets);
        starts = new int[sets.size() + 1];
        for (int s = 0; s < sets.size(); s++) {
            starts[s + 1] = starts[s] + sets.get(s).size();
        }
    }

    private int set(int i) {
        int set = 0;
        while (i >= starts[set + 1]) {
            set++;
        }
        return set;
    }

    @Override
    public int size() {
        return starts[sets.size()];
    }

    @Override
    public String className(int i) {
        return sets.get(set(i)).className(i - starts[set(i)]);
    }

    @Override
    public boolean isSynthetic(int i) {
        return sets.get(set(i)).isSynthetic(i - starts[set(i)]);
    }

    @Override
    public String id(int i) {
        return sets.get(set(i)).id(i - starts[set(i)]);
    }

    @Override
    public String group(int i) {
        return sets.get(set(i)).group(i - starts[set(i)]);
    }

    @Override
    public void read(int i, int side, byte[] target, int offset) {
        sets.get(set(i)).read(i - starts[set(i)], side, target, offset);
    }
}
