package org.lesionforge.generator.adversarial;

import java.util.Optional;
import org.lesionforge.generator.RememberingRule;
import org.lesionforge.generator.StepResult;
import org.lesionforge.run.Alarm;

/** Watches for a discriminator that has won: {@link Contest}. */
public final class ContestRule extends RememberingRule<Contest> {
    private final double largestGap;
    private final String newRun;

    /**
     * Begins to watch.
     *
     * @param largestGap what D(x) − D(G(z)) can be at most: 1, or less with label smoothing
     * @param newRun options of the family that a new run could try, for people
     */
    public ContestRule(double largestGap, String newRun) {
        super(Contest.class, Contest.START);
        this.largestGap = largestGap;
        this.newRun = newRun;
    }

    @Override
    public String name() {
        return "contest";
    }

    @Override
    public Optional<Alarm> afterStep(StepResult step, long iteration) {
        remember(state().after(step, iteration, largestGap));
        return state().alarm(iteration, largestGap, newRun);
    }

    @Override
    public Optional<Alarm.Kind> holding(long iteration) {
        return state().isReported(iteration) ? Optional.of(Alarm.Kind.DISCRIMINATOR_WINS) : Optional.empty();
    }
}
