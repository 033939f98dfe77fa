package org.lesionforge.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import org.lesionforge.io.JsonObject;

/**
 * What an experiment has shown, in plain words. A difference counts as shown when its p-value, adjusted for all tests of the experiment, is
 * below 0.05 and its interval leaves out 0.
 */
final class Answer {
    private static final double LEVEL = 0.05;

    /** More arms than this would push the chart's neighbours off the first screen. */
    private static final int MOST_LIMITS = 3;

    private final JsonObject results;
    private final List<JsonObject> tested = new ArrayList<>();

    Answer(JsonObject results) {
        this.results = results;
        for (JsonObject comparison : results.objects("comparisons")) {
            if (Double.isFinite(p(comparison))) {
                tested.add(comparison);
            }
        }
    }

    /** Whether there was anything to compare. */
    boolean isThere() {
        return !tested.isEmpty();
    }

    /** Comparisons with a test, in the order of {@code results.json}. */
    List<JsonObject> tested() {
        return List.copyOf(tested);
    }

    /** One sentence for somebody who reads no further. */
    String headline() {
        List<String> others = tested.stream().map(c -> c.text("b")).distinct().toList();
        List<String> shown = tested.stream()
                .filter(Answer::isShown)
                .map(c -> "“" + title(c.text("b")) + "” " + (difference(c) > 0 ? "raised " : "lowered ") + measure(c)
                        + " by " + points(Math.abs(difference(c))))
                .toList();
        if (!shown.isEmpty()) {
            return "Larger than chance among these test images: " + String.join("; ", shown) + "."
                    + (shown.size() < tested.size() ? " No other difference is." : "");
        }
        String measures = tested.stream().map(Answer::measure).distinct().collect(Collectors.joining(" or "));
        return others.size() == 1
                ? "“" + title(others.get(0)) + "” is not shown to change " + measures + " by more than chance."
                : "None of " + others.size() + " ways of treating the imbalance is shown to change " + measures
                        + " by more than chance.";
    }

    /** What the test part can tell at all, for accuracy: arm by arm where they are few. */
    List<String> limits() {
        List<JsonObject> limited = tested.stream()
                .filter(c -> c.text("metric").equals("accuracy"))
                .filter(c -> Double.isFinite(c.numberOrNull("detectable")))
                .toList();
        if (limited.size() <= MOST_LIMITS) {
            return limited.stream().map(this::limit).toList();
        }
        DoubleSummaryStatistics detectable =
                limited.stream().mapToDouble(c -> c.numberOrNull("detectable")).summaryStatistics();
        long within = limited.stream()
                .filter(c -> Math.abs(difference(c)) < c.numberOrNull("detectable"))
                .count();
        return List.of(sample() + ", gains in accuracy under " + Numbers.fixed(100 * detectable.getMin(), 1) + " to "
                + points(detectable.getMax()) + ", depending on the arm, cannot be told from chance; " + within
                + " of the " + limited.size() + " observed differences are within that.");
    }

    private String limit(JsonObject comparison) {
        double detectable = comparison.numberOrNull("detectable");
        double observed = difference(comparison);
        return sample() + ", a gain in accuracy under "
                + points(detectable) + " cannot be told from chance; the observed "
                + Numbers.signed(100 * observed, 1) + " (“"
                + title(comparison.text("b")) + "”) is "
                + (Math.abs(observed) < detectable ? "within it." : "beyond it.");
    }

    private String sample() {
        int seeds = seeds();
        return "With " + images() + " test images" + (seeds > 1 ? " and " + seeds + " seeds" : "");
    }

    private String images() {
        return Integer.toString(results.objects("arms").get(0).object("test").integer("n"));
    }

    private int seeds() {
        return Arm.of(results).stream().mapToInt(arm -> arm.runs().size()).min().orElse(0);
    }

    private static boolean isShown(JsonObject comparison) {
        double[] ci95 = comparison.numbers("ci95", 2);
        return p(comparison) < LEVEL && (ci95[0] > 0 || ci95[1] < 0);
    }

    /** Adjusted where the run has adjusted it. */
    static double p(JsonObject comparison) {
        // What is tested has all of these, what is not has none: null in one alone is damage.
        for (String key : List.of("test", "p_holm", "detectable")) {
            if (comparison.isNull(key) != comparison.isNull("p_value")) {
                throw comparison.wrong(
                        key, comparison.isNull("p_value") ? "null, as p_value is" : "a value, as p_value has one");
            }
        }
        double tested = comparison.numberOrNull("p_value");
        double adjusted = comparison.numberOrNull("p_holm");
        return Double.isFinite(adjusted) ? adjusted : tested;
    }

    private static double difference(JsonObject comparison) {
        return comparison.number("difference");
    }

    private static String measure(JsonObject comparison) {
        return MeasureNames.of(comparison.text("metric"));
    }

    private static String points(double share) {
        return Numbers.fixed(100 * share, 1) + " points";
    }

    private String title(String arm) {
        return Arm.title(arm, results);
    }
}
