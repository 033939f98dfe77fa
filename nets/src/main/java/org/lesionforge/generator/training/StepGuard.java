package org.lesionforge.generator.training;

import java.util.Locale;
import java.util.Optional;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.StepResult;
import org.lesionforge.run.Alarm;

/**
 * Counts steps that fail because a loss or gradient is not finite or the gradient explodes; the model skips
 * them. When several are skipped the learning rate is halved, once; when that does not help, training ends.
 */
final class StepGuard {
    /** Skipped steps that are too many. */
    static final int PATIENCE = 5;

    /** After so many iterations a skipped step is forgiven. */
    static final int MEMORY = 1000;

    /**
     * Its state.
     *
     * @param skipped steps since the start
     * @param recent skipped steps that are not forgiven
     * @param since the iteration of the first of those; 0 for none
     * @param last the iteration of the last of those; 0 for none
     * @param halved whether the learning rate was halved
     */
    record State(long skipped, int recent, long since, long last, boolean halved) {
        static final State NONE = new State(0, 0, 0, 0, false);
    }

    private final GenerativeModel model;
    private State state = State.NONE;

    /** @param model whose learning rate is halved */
    StepGuard(GenerativeModel model) {
        this.model = model;
    }

    State state() {
        return state;
    }

    /** @param earlier of a training that began with the learning rate that this one began with */
    void restore(State earlier) {
        state = earlier;
        if (earlier.halved) {
            halve();
        }
    }

    private void halve() {
        model.scaleLearningRate(0.5);
    }

    /**
     * Sees every iteration.
     *
     * @return an alarm for the first of several skipped steps, when the learning rate is halved, and when that has not helped
     */
    Optional<Alarm> see(StepResult outcome, long iteration) {
        if (!outcome.skipped()) {
            return Optional.empty();
        }
        boolean fresh = state.recent == 0 || iteration - state.last > MEMORY;
        int recent = fresh ? 1 : state.recent + 1;
        long since = fresh ? iteration : state.since;
        state = new State(state.skipped + 1, recent, since, iteration, state.halved);
        if (recent < PATIENCE) {
            return fresh
                    ? Optional.of(alarm(outcome, "nothing yet: the step was skipped and training continues"))
                    : Optional.empty();
        }
        if (state.halved) {
            return Optional.of(
                    alarm(outcome, "a new run with a lower learning rate, or with weaker penalties if there are any"));
        }
        halve();
        Alarm alarm = alarm(
                outcome,
                String.format(
                        Locale.ROOT,
                        "nothing yet: the learning rate was halved to %g; if it happens again training ends",
                        model.learningRate()));
        state = new State(state.skipped, 0, 0, 0, true);
        return Optional.of(alarm);
    }

    /** Whether skipped steps that were reported are neither forgiven at an iteration nor met by a lower learning rate. */
    boolean isReported(long iteration) {
        return state.recent > 0 && iteration - state.last <= MEMORY;
    }

    /** Whether steps are skipped again although the learning rate was halved. */
    boolean hasFailed() {
        return state.halved && state.recent >= PATIENCE;
    }

    private Alarm alarm(StepResult outcome, String advice) {
        return new Alarm(
                Alarm.Kind.GRADIENTS,
                state.since,
                state.last,
                String.format(
                        Locale.ROOT,
                        "%d of the last %d steps skipped; %s",
                        state.recent,
                        state.last - state.since + 1,
                        outcome.describe()),
                advice);
    }
}
