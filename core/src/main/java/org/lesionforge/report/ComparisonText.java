package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;

/** Says in plain words what a comparison of two arms shows, and what it does not. */
public final class ComparisonText {
    private ComparisonText() {}

    /**
     * {@return one sentence or two for each comparison that has a test, in the order of {@code results.json}}
     *
     * @param results of an experiment
     */
    public static List<String> of(Results results) {
        List<String> sentences = new ArrayList<>();
        for (Results each : ClassifierResults.of(results)) {
            new Answer(each).tested().forEach(difference -> sentences.add(sentence(difference, each)));
        }
        return sentences;
    }

    private static String sentence(Difference difference, Results results) {
        String change = "From “" + ArmRuns.title(difference.a(), results) + "” to “"
                + ArmRuns.title(difference.b(), results)
                + "”, " + difference.name()
                + (difference.value() == 0
                        ? " did not change"
                        : " changed by " + NumberText.signed(100 * difference.value(), 2) + " percentage points")
                + " ("
                + evidence(difference) + "). ";
        return change + verdict(difference, results);
    }

    /**
     * {@return the interval and the test: {@code 95 % CI −0.40 to +2.50 points, exact McNemar p = 0.190}}
     *
     * @param difference one that has a test
     * @throws java.util.NoSuchElementException when it has none
     */
    public static String evidence(Difference difference) {
        String chance = NumberText.probability(difference.unadjusted());
        boolean defined = Double.isFinite(difference.low()) && Double.isFinite(difference.high());
        String interval = defined
                ? NumberText.signed(100 * difference.low(), 2) + " to " + NumberText.signed(100 * difference.high(), 2)
                        + " points"
                : "undefined";
        return "95 % CI " + interval + ", "
                + difference.comparison().test().orElseThrow() + " p "
                + (chance.startsWith("<") ? chance : "= " + chance)
                + adjusted(difference);
    }

    private static String adjusted(Difference difference) {
        if (!difference.isPlanned()) {
            return ", not adjusted";
        }
        String holm = NumberText.probability(difference.adjusted());
        if (holm.equals(NumberText.NONE)) {
            return "";
        }
        return ", adjusted " + (holm.startsWith("<") ? holm : "= " + holm);
    }

    private static String verdict(Difference difference, Results results) {
        if (!difference.isPlanned()) {
            return "That describes these test images; it is none of the planned tests.";
        }
        boolean improbable = difference.p() < 0.05;
        boolean apart = difference.isApart();
        String seeds = ArmRuns.seeds(results) > 1
                ? ""
                : " Each arm was trained once, so the spread between training runs is not in these numbers.";
        if (improbable && apart) {
            return (difference.low() > 0 ? "On this test part the gain" : "On this test part the loss")
                    + " is larger than chance among its images would explain." + seeds;
        }
        if (apart && difference.unadjusted() < 0.05 && !improbable) {
            return "By itself that would be more than chance; among all planned tests of this experiment it is not shown to be."
                    + seeds;
        }
        if (improbable != apart) {
            return "The interval and the test disagree, so take it as not shown to be more than chance." + seeds;
        }
        return "This is not shown to be more than chance." + seeds;
    }
}
