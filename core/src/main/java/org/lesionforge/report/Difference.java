package org.lesionforge.report;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.metric.Measure;
import org.lesionforge.report.figure.NumberText;

/** One arm of an experiment against the first in one measure, as {@code results.json} has it: b minus a, in shares. */
public record Difference(JsonObject json) {
    /** Where the most probable class is the prediction: with two classes the threshold ½. */
    static final String HALF = "half";

    /** At the threshold that each arm and seed has from the validation part. */
    static final String VALIDATION = "validation";

    private static final double LEVEL = 0.05;
    private static final Set<String> RATES = Set.of("sensitivity", "specificity");

    /** In the order of {@code results.json}. */
    public static List<Difference> of(JsonObject results) {
        return results.objects("comparisons").stream().map(Difference::new).toList();
    }

    public String a() {
        return json.text("a");
    }

    public String b() {
        return json.text("b");
    }

    public String metric() {
        return json.text("metric");
    }

    /**
     * {@link #HALF} or {@link #VALIDATION}, null for a measure that no threshold enters: runs of version 0.1 compare at the first alone, and
     * do not say so.
     */
    public String point() {
        if (json.has("operating_point")) {
            return json.isNull("operating_point") ? null : json.word("operating_point", Set.of(HALF, VALIDATION));
        }
        return Stream.of(Measure.values())
                        .filter(measure -> measure.word().equals(metric()))
                        .anyMatch(Measure::dependsOnThreshold)
                ? HALF
                : null;
    }

    boolean isAtValidation() {
        return VALIDATION.equals(point());
    }

    /** @param point null for a measure that no threshold enters */
    boolean is(String metric, String point) {
        return metric().equals(metric) && Objects.equals(point(), point);
    }

    /** For people. */
    public String name() {
        String measure = MeasureNames.of(metric());
        if (!RATES.contains(metric())) {
            return measure;
        }
        return measure + (isAtValidation() ? " at the validation threshold" : " at ½");
    }

    /** Whether its test belongs to the family that was planned; in runs of version 0.1 every test does. */
    public boolean isPlanned() {
        boolean tested = !json.isNull("p_value");
        boolean planned = json.has("planned") ? json.flag("planned") : tested;
        if (planned && !tested) {
            throw json.wrong("p_value", "a value, for its test is planned");
        }
        return planned;
    }

    public boolean isTested() {
        return Double.isFinite(p());
    }

    public double value() {
        return json.number("difference");
    }

    public double low() {
        return json.numbers("ci95", 2)[0];
    }

    public double high() {
        return json.numbers("ci95", 2)[1];
    }

    /** How large a true difference must be to be found; {@code NaN} where that cannot be told. */
    double detectable() {
        return json.numberOrNull("detectable");
    }

    /** Of a planned test adjusted for all of them; {@code NaN} where nothing was tested. */
    double p() {
        requireNull("test", json.isNull("p_value"), "p_value");
        requireNull("detectable", json.isNull("p_value"), "p_value");
        requireNull("p_holm", !isPlanned(), json.has("planned") ? "of a test that is not planned" : "p_value");
        double tested = json.numberOrNull("p_value");
        double adjusted = json.numberOrNull("p_holm");
        return Double.isFinite(adjusted) ? adjusted : tested;
    }

    /** What is tested has all of these, what is not has none: null in one alone is damage. */
    private void requireNull(String key, boolean expected, String as) {
        if (json.isNull(key) != expected) {
            throw json.wrong(key, (expected ? "null, as " : "a value, unlike ") + as);
        }
    }

    /** Whether the interval leaves out 0. */
    boolean isApart() {
        return low() > 0 || high() < 0;
    }

    /** Whether it counts as more than chance: planned, with an adjusted p below 0.05 and an interval that leaves out 0. */
    boolean isShown() {
        return isPlanned() && p() < LEVEL && isApart();
    }

    /** {@code −33.3 points, 95 % CI −56.0 to −13.0}. */
    String points() {
        String interval = Double.isFinite(low()) && Double.isFinite(high())
                ? ", 95 % CI " + NumberText.signed(100 * low(), 1) + " to " + NumberText.signed(100 * high(), 1)
                : "";
        return NumberText.signed(100 * value(), 1) + " points" + interval;
    }
}
