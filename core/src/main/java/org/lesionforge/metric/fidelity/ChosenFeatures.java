package org.lesionforge.metric.fidelity;

/**
 * Some of many feature vectors, not copied.
 *
 * @param order which images; those from {@code first} on, {@code count} of them, are chosen
 */
record ChosenFeatures(Features all, int[] order, int first, int count) implements Features {
    @Override
    public int dimensions() {
        return all.dimensions();
    }

    @Override
    public void read(int i, float[] target, int offset) {
        all.read(order[first + i], target, offset);
    }
}
