package org.lesionforge.generator.zoo.ddpm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Alarm;

/**
 * Watches for a net that does not tell noise from image: who always answers 0 has a loss of 1, the variance of the noise, and a net that learns
 * is far below that after some dozens of steps.
 */
final class DenoisingRule implements AlarmRule {
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

    private State state = State.START;

    @Override
    public String name() {
        return "denoising";
    }

    @Override
    public Optional<Alarm> afterStep(StepResult step, long iteration) {
        state = state.after(step.number(DdpmModel.LOSS), iteration);
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
        return state.since != 0 && iteration >= state.since + HELD
                ? Optional.of(Alarm.Kind.LEARNS_NOTHING)
                : Optional.empty();
    }

    @Override
    public Object state() {
        return state;
    }

    @Override
    public void restore(JsonNode earlier) {
        state = Json.convert(earlier, State.class);
    }
}
