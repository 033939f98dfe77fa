package org.lesionforge.metric.fidelity;

import java.util.SplittableRandom;

/**
 * The scale of a Fréchet distance on the given images: the distance between two random halves of the reals, which a
 * perfect generator would reach, and the ratio of the fakes' distance to it.
 *
 * <p>The bias of the distance depends on the number of images, so all distances here use the same number on each side.
 *
 * @param count images on each side: half the reals, or all fakes where those are fewer
 * @param floor distance between two disjoint sets of {@code count} reals
 * @param distance distance between {@code count} reals and {@code count} fakes
 * @param ratio distance / floor: 1 for a perfect generator; NaN when the floor is 0
 */
public record FrechetFloor(int count, double floor, double distance, double ratio) {
    /**
     * Measures the floor on two halves of the reals, and the fakes against one half's number of reals.
     *
     * @param real n × d
     * @param fake m × d
     * @param seed of the random choice of images
     * @return both distances and their ratio
     * @throws IllegalArgumentException with fewer than 4 reals or 2 fakes
     */
    public static FrechetFloor of(Features real, Features fake, long seed) {
        int count = Math.min(real.count() / 2, fake.count());
        if (count < 2) {
            throw new IllegalArgumentException(
                    "the floor needs at least 4 real and 2 fake images, got " + real.count() + " and " + fake.count());
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[] reals = permutation(real.count(), random);
        int[] fakes = permutation(fake.count(), random);
        Gaussian half = Gaussian.of(new ChosenFeatures(real, reals, 0, count));
        Gaussian otherHalf = Gaussian.of(new ChosenFeatures(real, reals, count, count));
        double floor = FrechetDistance.distance(half, otherHalf);
        double distance = FrechetDistance.distance(half, Gaussian.of(new ChosenFeatures(fake, fakes, 0, count)));
        return new FrechetFloor(count, floor, distance, floor > 0 ? distance / floor : Double.NaN);
    }

    private static int[] permutation(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
