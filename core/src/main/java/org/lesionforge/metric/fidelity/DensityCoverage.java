package org.lesionforge.metric.fidelity;

import java.util.Arrays;

/**
 * Density and coverage (Naeem et al. 2020), which are robust to an outlier among the reals: both use balls around the
 * reals only, each open, with the distance to the k-th nearest neighbour among the reals as its radius (as in the
 * authors' code; two equal sets then have a density of 1).
 *
 * @param density mean number of real balls that contain a fake, divided by k; may exceed 1
 * @param coverage share of the reals whose ball contains a fake, in 0…1
 */
public record DensityCoverage(double density, double coverage) {
    /** As published: the fifth neighbour. */
    public static final int NEIGHBOURS = 5;

    /**
     * Balls of the k-th nearest neighbour around the reals.
     *
     * @param real n × d
     * @param fake m × d
     * @param k neighbours that a ball reaches to, at least 1; the authors take 5
     * @return both figures
     * @throws IllegalArgumentException unless there is a fake and there are more than {@code k} reals, all vectors of
     *     one length
     */
    public static DensityCoverage of(Features real, Features fake, int k) {
        if (fake.count() == 0) {
            throw new IllegalArgumentException("expected at least one fake image, got none");
        }
        double[] radii = Distances.squaredRadii(real, k);
        int[] fakesInBall = new int[real.count()];
        Distances.rows(real, fake, (i, squared) -> {
            for (double each : squared) {
                fakesInBall[i] += each < radii[i] ? 1 : 0;
            }
        });
        double inside = Arrays.stream(fakesInBall).asLongStream().sum();
        long covered = Arrays.stream(fakesInBall).filter(count -> count > 0).count();
        return new DensityCoverage(inside / k / fake.count(), (double) covered / real.count());
    }
}
