package org.lesionforge.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an experiment has shown, in plain words. A difference counts as shown when its p-value, adjusted for all tests of the experiment, is
 * below 0.05 and its interval leaves out 0.
 */
final class Answer {
    private static final double LEVEL = 0.05;

    /** More arms than this would push the chart's neighbours off the first screen. */
    private static final int MOST_LIMITS = 3;

    private final JsonNode results;
    private final List<JsonNode> tested = new ArrayList<>();

    Answer(JsonNode results) {
        this.results = results;
        for (JsonNode comparison : results.path("comparisons")) {
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
    List<JsonNode> tested() {
        return List.copyOf(tested);
    }

    /** One sentence for somebody who reads no further. */
    String headline() {
        List<String> others =
                tested.stream().map(c -> c.path("b").asText()).distinct().toList();
        List<String> shown = tested.stream()
                .filter(Answer::isShown)
                .map(c -> "“" + title(c.path("b").asText()) + "” " + (difference(c) > 0 ? "raised " : "lowered ")
                        + measure(c) + " by " + points(Math.abs(difference(c))))
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
        List<JsonNode> limited = tested.stream()
                .filter(c -> c.path("metric").asText().equals("accuracy"))
                .filter(c -> Double.isFinite(Numbers.of(c.path("detectable"))))
                .toList();
        if (limited.size() <= MOST_LIMITS) {
            return limited.stream().map(this::limit).toList();
        }
        DoubleSummaryStatistics detectable = limited.stream()
                .mapToDouble(c -> Numbers.of(c.path("detectable")))
                .summaryStatistics();
        long within = limited.stream()
                .filter(c -> Math.abs(difference(c)) < Numbers.of(c.path("detectable")))
                .count();
        return List.of(sample() + ", gains in accuracy under " + Numbers.fixed(100 * detectable.getMin(), 1) + " to "
                + points(detectable.getMax()) + ", depending on the arm, cannot be told from chance; " + within
                + " of the " + limited.size() + " observed differences are within that.");
    }

    private String limit(JsonNode comparison) {
        double detectable = Numbers.of(comparison.path("detectable"));
        double observed = difference(comparison);
        return sample() + ", a gain in accuracy under "
                + points(detectable) + " cannot be told from chance; the observed "
                + Numbers.signed(100 * observed, 1) + " (“"
                + title(comparison.path("b").asText()) + "”) is "
                + (Math.abs(observed) < detectable ? "within it." : "beyond it.");
    }

    private String sample() {
        int seeds = seeds();
        return "With " + images() + " test images" + (seeds > 1 ? " and " + seeds + " seeds" : "");
    }

    private String images() {
        return results.path("arms").path(0).path("test").path("n").asText(Numbers.NONE);
    }

    private int seeds() {
        return Arm.of(results).stream().mapToInt(arm -> arm.runs().size()).min().orElse(0);
    }

    private static boolean isShown(JsonNode comparison) {
        double low = Numbers.of(comparison.path("ci95").path(0));
        double high = Numbers.of(comparison.path("ci95").path(1));
        return p(comparison) < LEVEL && (low > 0 || high < 0);
    }

    /** Adjusted where the run has adjusted it. */
    static double p(JsonNode comparison) {
        double adjusted = Numbers.of(comparison.path("p_holm"));
        return Double.isFinite(adjusted) ? adjusted : Numbers.of(comparison.path("p_value"));
    }

    private static double difference(JsonNode comparison) {
        return Numbers.of(comparison.path("difference"));
    }

    private static String measure(JsonNode comparison) {
        return MeasureNames.of(comparison.path("metric").asText());
    }

    private static String points(double share) {
        return Numbers.fixed(100 * share, 1) + " points";
    }

    private String title(String arm) {
        return Arm.title(arm, results);
    }
}
