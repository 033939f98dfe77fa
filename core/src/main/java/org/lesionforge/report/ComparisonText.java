package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.io.JsonObject;

/** Says in plain words what a comparison of two arms shows, and what it does not. */
final class ComparisonText {
    private ComparisonText() {}

    /** One sentence or two for each comparison. */
    static List<String> of(JsonObject results) {
        List<String> sentences = new ArrayList<>();
        new Answer(results).tested().forEach(comparison -> sentences.add(sentence(comparison, results)));
        return sentences;
    }

    private static String sentence(JsonObject comparison, JsonObject results) {
        String a = Arm.title(comparison.text("a"), results);
        String b = Arm.title(comparison.text("b"), results);
        String metric = MeasureNames.of(comparison.text("metric"));
        double difference = comparison.number("difference");
        String change = "From “" + a + "” to “" + b + "”, " + metric
                + (difference == 0
                        ? " did not change"
                        : " changed by " + Numbers.signed(100 * difference, 2) + " percentage points")
                + " ("
                + evidence(comparison) + "). ";
        return change + verdict(comparison, results);
    }

    /** {@code 95 % CI −0.40 to +2.50 points, exact McNemar p = 0.190}. */
    static String evidence(JsonObject comparison) {
        double[] interval = comparison.numbers("ci95", 2);
        double p = comparison.numberOrNull("p_value");
        String chance = Numbers.probability(p);
        return "95 % CI " + Numbers.signed(100 * interval[0], 2) + " to "
                + Numbers.signed(100 * interval[1], 2) + " points, "
                + comparison.text("test") + " p "
                + (chance.startsWith("<") ? chance : "= " + chance)
                + adjusted(comparison);
    }

    private static String adjusted(JsonObject comparison) {
        String holm = Numbers.probability(comparison.numberOrNull("p_holm"));
        if (holm.equals(Numbers.NONE)) {
            return "";
        }
        return ", adjusted " + (holm.startsWith("<") ? holm : "= " + holm);
    }

    private static String verdict(JsonObject comparison, JsonObject results) {
        double p = Answer.p(comparison);
        double low = comparison.numbers("ci95", 2)[0];
        double high = comparison.numbers("ci95", 2)[1];
        boolean improbable = p < 0.05;
        boolean apart = low > 0 || high < 0;
        String seeds = seeds(results) > 1
                ? ""
                : " Each arm was trained once, so the spread between training runs is not in these numbers.";
        if (improbable && apart) {
            return (low > 0 ? "On this test part the gain" : "On this test part the loss")
                    + " is larger than chance among its images would explain." + seeds;
        }
        if (apart && comparison.numberOrNull("p_value") < 0.05 && !improbable) {
            return "By itself that would be more than chance; among all tests of this experiment it is not shown to be."
                    + seeds;
        }
        if (improbable != apart) {
            return "The interval and the test disagree, so take it as not shown to be more than chance." + seeds;
        }
        return "This is not shown to be more than chance." + seeds;
    }

    private static int seeds(JsonObject results) {
        return Arm.of(results).stream().mapToInt(arm -> arm.runs().size()).min().orElse(0);
    }
}
