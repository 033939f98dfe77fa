package org.lesionforge.generator.adversarial;

import java.util.Locale;
import java.util.Optional;
import org.lesionforge.generator.StepResult;
import org.lesionforge.run.Alarm;

/**
 * Whether the discriminator has won: running means over about fifty iterations.
 *
 * @param lossD of the discriminator
 * @param gap D(x) − D(G(z))
 * @param won the iteration from which on it has won; 0 when it has not
 */
record Contest(double lossD, double gap, long won) {
    /** Before the first iteration. */
    static final Contest START = new Contest(Double.NaN, Double.NaN, 0);

    /** Share of the largest gap there can be above which it has won … */
    static final double WON = 0.95;

    /** … and below which it has not any more. */
    static final double OPEN = 0.9;

    /** Iterations that it must have won, one after another, before that is worth an alarm. */
    static final int HELD = 200;

    /** Weight of an iteration in the means. */
    static final double WEIGHT = 0.02;

    /** @param largestGap 1, or less with label smoothing */
    Contest after(StepResult step, long iteration, double largestGap) {
        double nextGap = mean(gap, step.number("d_real") - step.number("d_fake"));
        long since = won;
        if (nextGap < OPEN * largestGap) {
            since = 0;
        } else if (since == 0 && nextGap > WON * largestGap) {
            since = iteration;
        }
        return new Contest(mean(lossD, step.number("loss_d")), nextGap, since);
    }

    private static double mean(double before, double value) {
        return Double.isNaN(before) ? value : before + WEIGHT * (value - before);
    }

    /** Whether it has been won for long enough. */
    boolean isReported(long iteration) {
        return won != 0 && iteration >= won + HELD;
    }

    /**
     * When it has just been won for long enough.
     *
     * @param newRun options to try
     */
    Optional<Alarm> alarm(long iteration, double largestGap, String newRun) {
        if (won == 0 || iteration != won + HELD) {
            return Optional.empty();
        }
        return Optional.of(new Alarm(
                Alarm.Kind.DISCRIMINATOR_WINS,
                won,
                iteration,
                String.format(
                        Locale.ROOT,
                        "D(x) - D(G(z)) is %.3f of at most %.3g, and loss D %.3f, as means over about %d iterations",
                        gap,
                        largestGap,
                        lossD,
                        Math.round(1 / WEIGHT)),
                "an earlier snapshot, for the generator learns little from here on; or a new run with " + newRun));
    }
}
