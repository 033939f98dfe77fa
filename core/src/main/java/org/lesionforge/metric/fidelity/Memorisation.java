package org.lesionforge.metric.fidelity;

import java.util.Optional;
import org.lesionforge.metric.statistics.MannWhitney;

/**
 * Tests whether a generator repeats its training images.
 *
 * <p>Authenticity after Alaa et al. (2022): a fake counts as copied when it is nearer to its nearest training image than that image is to its
 * own nearest neighbour among the training images.
 *
 * @param nearest the nearest training image of each fake
 * @param copied for each fake, whether it counts as copied
 * @param authenticity share of the fakes that do not, in 0…1
 * @param againstHeldOut distances fake → training against held-out real → training; {@code probabilityAbove} well under ½ and a small {@code
 *     pLess} say that fakes lie nearer to the training images than other real images do. Empty without held-out images
 */
public record Memorisation(
        NearestNeighbours nearest, boolean[] copied, double authenticity, Optional<MannWhitney> againstHeldOut) {
    /**
     * Compares distances to the training images.
     *
     * @param fake n × d, at least 1 image
     * @param training at least 2 images: those the generator learned from
     * @param heldOut real images that it did not learn from
     * @return the figures, images in the order of {@code fake}
     * @throws IllegalArgumentException when a set is too small or the vectors are not of one length
     */
    public static Memorisation of(Features fake, Features training, Optional<Features> heldOut) {
        if (fake.count() == 0) {
            throw new IllegalArgumentException("expected at least one fake image, got none");
        }
        NearestNeighbours own = NearestNeighbours.within(training);
        NearestNeighbours nearest = NearestNeighbours.of(fake, training);
        boolean[] copied = new boolean[fake.count()];
        int copies = 0;
        for (int i = 0; i < copied.length; i++) {
            copied[i] = nearest.distance()[i] < own.distance()[nearest.index()[i]];
            copies += copied[i] ? 1 : 0;
        }
        Optional<MannWhitney> test = heldOut.map(real -> MannWhitney.of(
                nearest.distance(), NearestNeighbours.of(real, training).distance()));
        return new Memorisation(nearest, copied, 1 - (double) copies / fake.count(), test);
    }
}
