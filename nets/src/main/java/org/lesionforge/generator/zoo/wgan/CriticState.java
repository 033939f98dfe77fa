package org.lesionforge.generator.zoo.wgan;

import java.util.Locale;
import java.util.Optional;
import org.lesionforge.generator.StepResult;
import org.lesionforge.run.Alarm;

/**
 * What a WGAN's critic tells of the training, as running means over about fifty iterations. Its losses have no level that is good by itself; what can
 * be seen is
 *
 * <ul>
 *   <li>whether its slope stays near 1, as the penalty wants it: a critic that is not 1-Lipschitz measures no distance (Gulrajani et al. 2017,
 *       section 4);
 *   <li>whether the distance E D(x) − E D(G(z)) is above 0, as a distance is: a critic that is not trained to its optimum ranks generated images
 *       above real ones (Arjovsky et al. 2017, arXiv 1701.07875, section 3);
 *   <li>whether the distance has fallen and grows again: the critic then learns the training images by heart (Gulrajani et al. 2017, section 5.3). The
 *       generator may improve all the same, so this is said, and no snapshot is left out for it.
 * </ul>
 *
 * @param slope mean length of the critic's gradient between real and generated images
 * @param distance E D(x) − E D(G(z))
 * @param most the largest distance …
 * @param least … and the smallest one since
 * @param steep since when the slope is out of its range
 * @param behind since when the distance is not above 0
 * @param rising since when the distance is well above the smallest
 */
record CriticState(double slope, double distance, double most, double least, Spell steep, Spell behind, Spell rising) {
    /** Before the first iteration. */
    static final CriticState START = new CriticState(Double.NaN, Double.NaN, 0, 0, Spell.NONE, Spell.NONE, Spell.NONE);

    /** The slope is out of its range below this … */
    static final double FLAT = 0.5;

    /** … and above this. */
    static final double STEEP = 2;

    /** The distance has fallen when it is below 1 / this of its largest, and grows when it is above this times the smallest since. */
    static final double GROWN = 1.5;

    /** Weight of an iteration in the means. */
    static final double WEIGHT = 0.02;

    /**
     * For how long something has been so without a break.
     *
     * @param since the first iteration of it; 0: it is not so
     * @param reported whether it has lasted for so long that it was worth an alarm
     */
    record Spell(long since, boolean reported) {
        static final Spell NONE = new Spell(0, false);

        /** Iterations before it is worth an alarm. */
        static final int HELD = 200;

        Spell after(boolean holds, long iteration) {
            if (!holds) {
                return NONE;
            }
            return since == 0 ? new Spell(iteration, false) : new Spell(since, iteration - since >= HELD);
        }
    }

    CriticState after(StepResult step, long iteration) {
        double nextSlope = mean(slope, step.number("slope"));
        double nextDistance = mean(distance, step.number("critic_real") - step.number("critic_fake"));
        boolean isMost = nextDistance > most && rising.since() == 0;
        double nextMost = isMost ? nextDistance : most;
        double nextLeast = isMost ? nextDistance : Math.min(least, nextDistance);
        return new CriticState(
                nextSlope,
                nextDistance,
                nextMost,
                nextLeast,
                steep.after(nextSlope < FLAT || nextSlope > STEEP, iteration),
                behind.after(nextDistance <= 0, iteration),
                rising.after(
                        nextLeast > 0 && nextLeast * GROWN < nextMost && nextDistance > nextLeast * GROWN, iteration));
    }

    private static double mean(double before, double value) {
        return Double.isNaN(before) ? value : before + WEIGHT * (value - before);
    }

    /** Whether what it measures is no distance, and has not been one for long enough. */
    boolean isUnreliable() {
        return steep.reported || behind.reported;
    }

    /** @param before the state of the iteration before */
    Optional<Alarm> alarm(CriticState before, long iteration) {
        if (steep.reported && !before.steep.reported) {
            return Optional.of(alarm(
                    steep,
                    iteration,
                    "the critic's gradient is %.2f long between real and generated images, where the penalty is to keep "
                            + "it near 1",
                    slope,
                    "a new run with a larger --gradient-penalty or a lower --lr"));
        }
        if (behind.reported && !before.behind.reported) {
            return Optional.of(alarm(
                    behind,
                    iteration,
                    "E D(x) - E D(G(z)) is %.3g, and a distance is above 0",
                    distance,
                    "a new run with more --critic-steps"));
        }
        if (rising.reported && !before.rising.reported) {
            return Optional.of(alarm(
                    rising,
                    iteration,
                    "E D(x) - E D(G(z)) is %.3g again after it had fallen: the critic learns the training images by heart",
                    distance,
                    "an earlier snapshot where it is nearer to the validation images; or a new run with more images, "
                            + "--flips both or --translation 0.125"));
        }
        return Optional.empty();
    }

    private static Alarm alarm(Spell spell, long iteration, String seen, double value, String advice) {
        return new Alarm(
                Alarm.Kind.CRITIC_UNRELIABLE,
                spell.since,
                iteration,
                String.format(
                        Locale.ROOT, seen + ", as a mean over about %d iterations", value, Math.round(1 / WEIGHT)),
                advice);
    }
}
