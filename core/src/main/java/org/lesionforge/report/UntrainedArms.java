package org.lesionforge.report;

import java.util.List;
import java.util.stream.Stream;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.EqualArm;
import org.lesionforge.run.Results.UnableArm;

/** Arms that were asked for and are not compared: each came to the same training as another one, or was given up. */
public final class UntrainedArms {
    private UntrainedArms() {}

    /**
     * {@return a sentence for each: which arm, and what it equals here or why it was given up; none where every arm was trained}
     *
     * @param results of an experiment
     */
    public static List<String> of(Results results) {
        return Stream.concat(
                        results.equalArms().stream().map(UntrainedArms::sentence),
                        results.unableArms().stream().map(UntrainedArms::sentence))
                .toList();
    }

    private static String sentence(EqualArm arm) {
        return "The arm " + arm.name() + " was not trained: here it is the same as " + arm.sameAs() + ", since "
                + arm.reason() + ".";
    }

    private static String sentence(UnableArm arm) {
        return "The arm " + arm.name() + " was given up, and is in no comparison: " + arm.reason() + ".";
    }
}
