package org.lesionforge.generator.zoo.wgan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Alarm;

/** Watches whether the critic measures a distance: {@link CriticState}. */
final class CriticRule implements AlarmRule {
    private CriticState state = CriticState.START;

    @Override
    public String name() {
        return "critic";
    }

    @Override
    public Optional<Alarm> afterStep(StepResult step, long iteration) {
        CriticState before = state;
        state = before.after(step, iteration);
        return state.alarm(before, iteration);
    }

    @Override
    public Optional<Alarm.Kind> holding(long iteration) {
        return state.isUnreliable() ? Optional.of(Alarm.Kind.CRITIC_UNRELIABLE) : Optional.empty();
    }

    @Override
    public Object state() {
        return state;
    }

    @Override
    public void restore(JsonNode earlier) {
        state = Json.convert(earlier, CriticState.class);
    }
}
