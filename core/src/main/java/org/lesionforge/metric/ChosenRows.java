package org.lesionforge.metric;

/**
 * Some of many feature vectors, not copied.
 *
 * @param order which images; those from {@code first} on, {@code count} of them, are chosen
 */
record ChosenRows(Features all, int[] order, int first, int count) implements Rows {
    @Override
    public int dimensions() {
        return all.dimensions();
    }

    @Override
    public float at(int image, int dimension) {
        return all.at(order[first + image], dimension);
    }
}
