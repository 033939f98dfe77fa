package org.lesionforge.experiment.arm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lesionforge.generator.run.NotAdmittedException;
import org.lesionforge.run.Results;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.DrawnSet;

/**
 * The arms that an experiment gives up, since it cannot have the images that they add. All others are trained and compared as if these had not
 * been named.
 */
public final class UnableArms {
    private final List<Arm> arms;
    private final Map<DrawnSet, String> reasons = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param arms of the experiment
     */
    public UnableArms(List<Arm> arms) {
        this.arms = arms;
    }

    /**
     * Gives up the arms that add images of a set, with every seed and in every fold.
     *
     * @param set that lacks some
     * @param reason why it does
     * @throws NotAdmittedException {@code reason}, when no other arm is left
     */
    public void giveUp(DrawnSet set, NotAdmittedException reason) {
        reasons.putIfAbsent(set, reason.getMessage());
        if (arms.stream().allMatch(this::contains)) {
            throw reason;
        }
    }

    /**
     * {@return whether an arm was given up}
     *
     * @param arm of the experiment
     */
    public boolean contains(Arm arm) {
        return arm.drawn().filter(reasons::containsKey).isPresent();
    }

    /** {@return the sets of drawn images that the other arms add} */
    public List<DrawnSet> otherSets() {
        return DrawnSet.of(arms.stream().filter(arm -> !contains(arm)).toList());
    }

    /** {@return each with the reason, in the order of the experiment's arms} */
    public List<Results.UnableArm> inResults() {
        return arms.stream()
                .filter(this::contains)
                .map(arm -> new Results.UnableArm(
                        arm.word(),
                        Objects.requireNonNull(reasons.get(arm.drawn().orElseThrow()))))
                .toList();
    }
}
