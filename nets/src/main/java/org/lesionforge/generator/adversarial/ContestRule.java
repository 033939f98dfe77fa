package org.lesionforge.generator.adversarial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Alarm;

/** Watches for a discriminator that has won: {@link Contest}. */
public final class ContestRule implements AlarmRule {
    private final double largestGap;
    private final String newRun;

    private Contest state = Contest.START;

    /**
     * Begins to watch.
     *
     * @param largestGap what D(x) − D(G(z)) can be at most: 1, or less with label smoothing
     * @param newRun options of the family that a new run could try, for people
     */
    public ContestRule(double largestGap, String newRun) {
        this.largestGap = largestGap;
        this.newRun = newRun;
    }

    @Override
    public String name() {
        return "contest";
    }

    @Override
    public Optional<Alarm> afterStep(StepResult step, long iteration) {
        state = state.after(step, iteration, largestGap);
        return state.alarm(iteration, largestGap, newRun);
    }

    @Override
    public Optional<Alarm.Kind> holding(long iteration) {
        return state.isReported(iteration) ? Optional.of(Alarm.Kind.DISCRIMINATOR_WINS) : Optional.empty();
    }

    @Override
    public Object state() {
        return state;
    }

    @Override
    public void restore(JsonNode earlier) {
        state = Json.convert(earlier, Contest.class);
    }
}
