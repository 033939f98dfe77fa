package org.lesionforge.report;

import java.util.List;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.EqualArm;

/** Arms that were asked for and not trained, for each came to the same training as another one. */
public final class UntrainedArms {
    private UntrainedArms() {}

    /**
     * {@return a sentence for each: which arm, what it equals here and why; none where every arm was trained}
     *
     * @param results of an experiment
     */
    public static List<String> of(Results results) {
        return results.equalArms().stream().map(UntrainedArms::sentence).toList();
    }

    private static String sentence(EqualArm arm) {
        return "The arm " + arm.name() + " was not trained: here it is the same as " + arm.sameAs() + ", since "
                + arm.reason() + ".";
    }
}
