package org.lesionforge.metric.fidelity;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019). Each vector of a set has a closed ball whose radius is the
 * distance to its k-th nearest neighbour in that set; the union of the balls approximates the support of the set.
 *
 * @param precision share of the fakes inside the balls of the reals: how realistic the fakes are; mode collapse leaves
 *     it high
 * @param recall share of the reals inside the balls of the fakes: how much of the reals the fakes cover; mode collapse
 *     makes it low
 */
public record PrecisionRecall(double precision, double recall) {
    /** As published: the third neighbour. */
    public static final int NEIGHBOURS = 3;

    /**
     * Balls of the k-th nearest neighbour around both sets.
     *
     * @param real n × d
     * @param fake m × d
     * @param k neighbours that a ball reaches to, at least 1; the authors take 3
     * @return both shares
     * @throws IllegalArgumentException unless both sets have more than {@code k} vectors, all of one length
     */
    public static PrecisionRecall of(Features real, Features fake, int k) {
        double[] realRadii = Distances.squaredRadii(real, k);
        double[] fakeRadii = Distances.squaredRadii(fake, k);
        return new PrecisionRecall(shareInside(fake, real, realRadii), shareInside(real, fake, fakeRadii));
    }

    private static double shareInside(Features points, Features centres, double[] squaredRadii) {
        boolean[] inside = new boolean[points.count()];
        Distances.rows(points, centres, (i, squared) -> {
            for (int j = 0; j < squared.length && !inside[i]; j++) {
                inside[i] = squared[j] <= squaredRadii[j];
            }
        });
        int count = 0;
        for (boolean each : inside) {
            count += each ? 1 : 0;
        }
        return (double) count / inside.length;
    }
}
