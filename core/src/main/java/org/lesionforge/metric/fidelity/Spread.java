package org.lesionforge.metric.fidelity;

/** Diversity of a set of images. */
public final class Spread {
    private Spread() {}

    /**
     * {@return the mean Euclidean distance between two different images of a set}
     *
     * @param x n × d
     * @throws IllegalArgumentException when there are fewer than 2
     */
    public static double of(Features x) {
        if (x.count() < 2) {
            throw new IllegalArgumentException(
                    "expected at least 2 images to find distances between, got " + x.count());
        }
        double[] sums = new double[x.count()];
        Distances.rows(x, x, (i, squared) -> {
            for (double each : squared) {
                sums[i] += Math.sqrt(each);
            }
        });
        double sum = 0;
        for (double row : sums) {
            sum += row;
        }
        return sum / x.count() / (x.count() - 1);
    }
}
