package org.lesionforge.report;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Comparison;
import org.lesionforge.run.Results;

/**
 * One arm of an experiment against the first in one measure, as {@code results.json} has it: b minus a, in shares.
 *
 * @param comparison the entry of {@code results.json}
 */
public record Difference(Comparison comparison) {
    private static final double LEVEL = 0.05;
    private static final Set<String> RATES = Set.of(Measure.SENSITIVITY.word(), Measure.SPECIFICITY.word());

    /**
     * {@return every comparison of an experiment, in the order of {@code results.json}}
     *
     * @param results of the experiment
     */
    public static List<Difference> of(Results results) {
        return results.comparisons().stream().map(Difference::new).toList();
    }

    /** {@return the name of the first arm, which the other is compared with} */
    public String a() {
        return comparison.a();
    }

    /** {@return the name of the arm that is compared} */
    public String b() {
        return comparison.b();
    }

    /** {@return the measure's word in files} */
    public String metric() {
        return comparison.metric();
    }

    /** {@return the threshold that the measure was taken at; empty for a measure that no threshold enters} */
    public Optional<OperatingPoint> point() {
        return comparison.operatingPoint();
    }

    boolean isAtValidation() {
        return point().equals(Optional.of(OperatingPoint.VALIDATION));
    }

    /** @param point empty for a measure that no threshold enters */
    boolean is(String metric, Optional<OperatingPoint> point) {
        return metric().equals(metric) && point().equals(point);
    }

    /** {@return the measure for people; of sensitivity and specificity with the threshold} */
    public String name() {
        String measure = MeasureNames.of(metric());
        if (!RATES.contains(metric())) {
            return measure;
        }
        return measure + (isAtValidation() ? " at the validation threshold" : " at ½");
    }

    /** {@return whether its test belongs to the family that was planned} */
    public boolean isPlanned() {
        return comparison.planned();
    }

    /** {@return whether it has a p-value, adjusted or not} */
    public boolean isTested() {
        return Double.isFinite(p());
    }

    /** Whether it is one of the tests that p-values are adjusted for. */
    boolean isPlannedTest() {
        return isPlanned() && isTested();
    }

    /** {@return the difference b minus a, a share from −1 to 1; {@code NaN} where it is undefined} */
    public double value() {
        return comparison.difference();
    }

    /** {@return the lower end of its 95 % interval, a share; {@code NaN} where it is undefined} */
    public double low() {
        return comparison.ci95().low();
    }

    /** {@return the upper end of its 95 % interval, a share; {@code NaN} where it is undefined} */
    public double high() {
        return comparison.ci95().high();
    }

    /** How large a true difference must be to be found; {@code NaN} where that cannot be told. */
    double detectable() {
        return comparison.detectable().orElse(Double.NaN);
    }

    /** {@return the p-value of its test by itself; {@code NaN} where nothing was tested} */
    public double unadjusted() {
        return comparison.pValue().orElse(Double.NaN);
    }

    /** {@return the p-value of its test adjusted for all planned ones; {@code NaN} where it is none of them} */
    public double adjusted() {
        return comparison.pHolm().orElse(Double.NaN);
    }

    /** Of a planned test adjusted for all of them; {@code NaN} where nothing was tested. */
    double p() {
        return Double.isFinite(adjusted()) ? adjusted() : unadjusted();
    }

    /** {@return the adjusted p-value for people; {@code descriptive} for a test that was not planned} */
    public String adjustedText() {
        return isTested() && !isPlanned() ? "descriptive" : NumberText.probability(adjusted());
    }

    /** Whether the interval leaves out 0. */
    boolean isApart() {
        return low() > 0 || high() < 0;
    }

    /** Whether it counts as more than chance: planned, with an adjusted p below 0.05 and an interval that leaves out 0. */
    boolean isShown() {
        return isPlanned() && p() < LEVEL && isApart();
    }

    /** {@return its 95 % interval for people: {@code −0.0040 to +0.0250}; {@link NumberText#NONE} where it is undefined} */
    public String interval() {
        return Double.isFinite(low()) && Double.isFinite(high())
                ? NumberText.signed(low(), 4) + " to " + NumberText.signed(high(), 4)
                : NumberText.NONE;
    }

    /** {@code −33.3 points, 95 % CI −56.0 to −13.0}. */
    String points() {
        return points(value(), comparison.ci95());
    }

    /** A change and its interval, both shares, as {@link #points()}; without the interval where that is undefined. */
    static String points(double change, Interval ci95) {
        String interval = Double.isFinite(ci95.low()) && Double.isFinite(ci95.high())
                ? ", 95 % CI " + NumberText.signed(100 * ci95.low(), 1) + " to "
                        + NumberText.signed(100 * ci95.high(), 1)
                : "";
        return NumberText.signed(100 * change, 1) + " points" + interval;
    }
}
