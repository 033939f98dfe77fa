package org.lesionforge.generator.zoo.ddpm;

import java.util.Locale;
import java.util.Optional;
import org.lesionforge.generator.RememberingRule;
import org.lesionforge.generator.StepResult;
import org.lesionforge.run.Alarm;

/**
 * Watches for a net that does not tell noise from image: one that always answers 0 has a loss of 1, the variance of the noise, and one that learns
 * is far below that after some dozens of steps.
 */
final class DenoisingRule extends RememberingRule<DenoisingRule.State> {
    /** A mean loss above this is no better than no answer. */
    static final double NOTHING = 0.9;

    /** Steps that it must be so, one after another, before that is worth an alarm. */
    static final int HELD = 300;

    /** Weight of a step in the mean. */
    private static final double WEIGHT = 0.02;

    /**
     * What it remembers.
     *
     * @param loss its running mean over about fifty steps
     * @param since the iteration from which on it has been too high; 0 when it is not
     */
    record State(double loss, long since) {
        static final State START = new State(Double.NaN, 0);

        State after(double next, long iteration) {
            double mean = Double.isNaN(loss) ? next : loss + WEIGHT * (next - loss);
            // Not a comparison that NaN passes.
            boolean low = mean <= NOTHING;
            return new State(mean, low ? 0 : since == 0 ? iteration : since);
        }
    }

    DenoisingRule() {
        super(State.class, State.START);
    }

    @Override
    public String name() {
        return "denoising";
    }

    @Override
    public Optional<Alarm> afterStep(StepResult step, long iteration) {
        State state = state().after(step.number(DdpmModel.LOSS), iteration);
        remember(state);
        if (state.since == 0 || iteration != state.since + HELD) {
            return Optional.empty();
        }
        return Optional.of(new Alarm(
                Alarm.Kind.LEARNS_NOTHING,
                state.since,
                iteration,
                String.format(
                        Locale.ROOT,
                        "the loss is %.3f as a mean over about %d iterations; who predicts no noise at all comes to 1",
                        state.loss,
                        Math.round(1 / WEIGHT)),
                "a new run with a lower --lr if the loss was lower before, or with a higher --lr or a shorter --warmup if "
                        + "it never was"));
    }

    @Override
    public Optional<Alarm.Kind> holding(long iteration) {
        long since = state().since;
        return since != 0 && iteration >= since + HELD ? Optional.of(Alarm.Kind.LEARNS_NOTHING) : Optional.empty();
    }
}
