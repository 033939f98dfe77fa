package org.lesionforge.generator.zoo.wgan;

import java.util.Optional;
import org.lesionforge.generator.RememberingRule;
import org.lesionforge.generator.StepResult;
import org.lesionforge.run.Alarm;

/** Watches whether the critic measures a distance: {@link CriticState}. */
final class CriticRule extends RememberingRule<CriticState> {
    CriticRule() {
        super(CriticState.class, CriticState.START);
    }

    @Override
    public String name() {
        return "critic";
    }

    @Override
    public Optional<Alarm> afterStep(StepResult step, long iteration) {
        CriticState before = state();
        remember(before.after(step, iteration));
        return state().alarm(before, iteration);
    }

    @Override
    public Optional<Alarm.Kind> holding(long iteration) {
        return state().isUnreliable() ? Optional.of(Alarm.Kind.CRITIC_UNRELIABLE) : Optional.empty();
    }
}
