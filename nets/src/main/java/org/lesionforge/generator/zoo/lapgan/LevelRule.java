package org.lesionforge.generator.zoo.lapgan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.ContestRule;
import org.lesionforge.run.Alarm;

/**
 * Watches each level for a discriminator that has won, beginning anew with every level. What was so at an earlier level does not count against
 * snapshots of a later one: its generator does not change any more, and its images are measured.
 */
final class LevelRule implements AlarmRule {
    private static final double LARGEST_GAP = 1;
    private static final String NEW_RUN = "--preset small-data, a lower --lr or --translation 0.125";

    private int level;
    private ContestRule contest = new ContestRule(LARGEST_GAP, NEW_RUN);

    @Override
    public String name() {
        return "contest";
    }

    @Override
    public Optional<Alarm> afterStep(StepResult step, long iteration) {
        int now = (int) step.number(LapganModel.LEVEL);
        if (now != level) {
            level = now;
            contest = new ContestRule(LARGEST_GAP, NEW_RUN);
        }
        return contest.afterStep(step, iteration).map(this::ofLevel);
    }

    private Alarm ofLevel(Alarm alarm) {
        return new Alarm(
                alarm.kind(),
                alarm.since(),
                alarm.iteration(),
                "level " + level + ": " + alarm.seen(),
                "an earlier snapshot of this level, for its generator learns little from here on; or a new run with "
                        + NEW_RUN);
    }

    @Override
    public Optional<Alarm.Kind> holding(long iteration) {
        return contest.holding(iteration);
    }

    @Override
    public Object state() {
        return Map.of("level", level, "contest", contest.state());
    }

    @Override
    public void restore(JsonNode earlier) {
        JsonNode known = earlier.get("level");
        JsonNode inner = earlier.get("contest");
        if (known == null || !known.isInt() || inner == null) {
            throw new IllegalArgumentException("expected a level and the state of its contest");
        }
        contest = new ContestRule(LARGEST_GAP, NEW_RUN);
        contest.restore(inner);
        level = known.intValue();
    }
}
