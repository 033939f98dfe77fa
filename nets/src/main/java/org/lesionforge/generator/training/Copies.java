package org.lesionforge.generator.training;

import java.util.Locale;
import java.util.Optional;
import org.lesionforge.run.Alarm;

/**
 * How many generated images lie nearer to a training image than that lies to any other.
 *
 * @param share at the last snapshot
 * @param since the iteration from which on there have been too many; 0 when there are not
 * @param reported whether that was reported
 */
record Copies(double share, long since, boolean reported) {
    /** Before the first snapshot, for which there is no earlier one to exceed. */
    static final Copies START = new Copies(1, 0, false);

    /**
     * The share that an ideal generator comes to, where there are no held-out images to tell: two images are each other's nearest with
     * probability 2/3 on a line, and less in more dimensions.
     */
    static final double BY_CHANCE = 2.0 / 3;

    /** @param many whether the share is above that of held-out images by more than chance explains */
    Copies after(double next, boolean many, long iteration) {
        return new Copies(next, many ? first(iteration) : 0, many && (reported || next > share));
    }

    private long first(long iteration) {
        return since == 0 ? iteration : since;
    }

    /** When there are too many by more than chance explains, and more than at the snapshot before. */
    Optional<Alarm> alarm(double next, double limit, boolean many, long iteration, String advice) {
        if (reported || !many || next <= share) {
            return Optional.empty();
        }
        return Optional.of(new Alarm(
                Alarm.Kind.MEMORISATION,
                first(iteration),
                iteration,
                String.format(
                        Locale.ROOT,
                        "%.0f %% of the generated images lie nearer to a training image than that lies to any other, and "
                                + "%.0f %% did; of real images that were not trained on it is %.0f %%",
                        100 * next,
                        100 * share,
                        100 * limit),
                advice));
    }
}
