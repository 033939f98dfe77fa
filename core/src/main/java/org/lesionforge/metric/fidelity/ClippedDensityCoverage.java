package org.lesionforge.metric.fidelity;

import java.util.Arrays;

/**
 * Clipped density and clipped coverage (Salvy, Talbot and Thirion 2025, arXiv 2507.01761; definitions as in the authors'
 * code): density and coverage in which no image counts for more than one, and no outlier among the reals has a large
 * ball. Both fall linearly with the share of bad fakes, so that 0.7 reads as "as good as 70 % good images".
 *
 * @param density mean over fakes of min(1, balls that hold it / k), over the same mean of the reals in each other's
 *     balls, at most 1; balls are closed and their radii at most the median one; {@code NaN} where no real lies in
 *     another's ball
 * @param coverage share m/(M + 1) of the M fakes that, were m good and the others nowhere, would give the same mean over
 *     reals of min(k, fakes in its ball) / k; balls are open, radii not clipped
 */
public record ClippedDensityCoverage(double density, double coverage) {
    /** As published: the fifth neighbour. */
    public static final int NEIGHBOURS = 5;

    /**
     * Balls of the k-th nearest neighbour around the reals.
     *
     * @param real n × d
     * @param fake m × d
     * @param k neighbours that a ball reaches to, at least 1; the authors take 5
     * @return both figures, each in [0, 1]
     * @throws IllegalArgumentException unless there is a fake and there are more than {@code k} reals, all vectors of
     *     one length
     */
    public static ClippedDensityCoverage of(Features real, Features fake, int k) {
        if (fake.count() == 0) {
            throw new IllegalArgumentException("expected at least one fake image, got none");
        }
        double[] radii = Distances.squaredRadii(real, k);
        double[] clipped = clipped(radii);
        double ofReals = meanShare(ballsThatHold(real, real, clipped, true), k);
        double ofFakes = meanShare(ballsThatHold(fake, real, clipped, false), k);
        return new ClippedDensityCoverage(
                ofReals > 0 ? Math.min(1, ofFakes / ofReals) : Double.NaN,
                new ExpectedCoverage(real.count(), k).share(covered(real, fake, radii, k), fake.count()));
    }

    /** At most the median; of an even number the mean of the two in the middle, as distances. */
    private static double[] clipped(double[] squaredRadii) {
        double[] sorted = squaredRadii.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1
                ? sorted[half]
                : square((Math.sqrt(sorted[half - 1]) + Math.sqrt(sorted[half])) / 2);
        return Arrays.stream(squaredRadii)
                .map(radius -> Math.min(radius, median))
                .toArray();
    }

    private static double square(double x) {
        return x * x;
    }

    /** @param sameSet whether an image is not to be counted in its own ball */
    private static int[] ballsThatHold(Features points, Features centres, double[] squaredRadii, boolean sameSet) {
        int[] balls = new int[points.count()];
        Distances.rows(points, centres, (i, squared) -> {
            for (int j = 0; j < squared.length; j++) {
                balls[i] += squared[j] <= squaredRadii[j] && !(sameSet && i == j) ? 1 : 0;
            }
        });
        return balls;
    }

    private static double covered(Features real, Features fake, double[] squaredRadii, int k) {
        int[] inside = new int[real.count()];
        Distances.rows(real, fake, (i, squared) -> {
            for (double each : squared) {
                inside[i] += each < squaredRadii[i] ? 1 : 0;
            }
        });
        return meanShare(inside, k);
    }

    private static double meanShare(int[] counts, int k) {
        return Arrays.stream(counts)
                .mapToDouble(count -> Math.min(1, (double) count / k))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * What coverage m images of the reals' own distribution are expected to reach. The number of them in a ball is
     * beta-binomial: the ball's share of the distribution is Beta(k, n − k).
     */
    private record ExpectedCoverage(int reals, int k) {
        /** The least m whose expectation is {@code coverage}, over M + 1; the expectation grows with m. */
        double share(double coverage, int fakes) {
            int low = 0;
            int high = fakes + 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (of(middle) < coverage) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return (double) low / (fakes + 1);
        }

        /** E min(k, J) / k = 1 − Σ (k − t) P(J = t) / k over t below k; 0 below k images, as in the authors' code. */
        double of(int images) {
            if (images < k) {
                return 0;
            }
            double probability = 1;
            for (int i = 0; i < k; i++) {
                probability *= (double) (reals - k + i) / (reals - k + images + i);
            }
            double missing = 0;
            for (int t = 0; t < k; t++) {
                missing += (k - t) * probability;
                probability *= (double) (images - t) / (t + 1) * (k + t) / (reals - k + images - t - 1);
            }
            return 1 - missing / k;
        }
    }
}
