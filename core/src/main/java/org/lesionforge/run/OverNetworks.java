package org.lesionforge.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.run.arm.Arm;

/**
 * What arm b changes against arm a in one measure, over all networks that both were trained with. More of the measure is better.
 *
 * @param a word of the first arm
 * @param b word of the other arm
 * @param metric word of the measure
 * @param operatingPoint at which images were called positive; empty for a measure that does not depend on it
 * @param networks names of their architectures, two or more
 * @param gains those of them where the interval of the difference is above 0
 * @param losses those of them where it is below 0
 * @param difference b minus a, the mean over the networks
 * @param ci95 of that mean, at these networks: over test images, the same drawn for all networks; over splits where each seed has its own
 */
public record OverNetworks(
        String a,
        String b,
        String metric,
        @OptionalKey Optional<OperatingPoint> operatingPoint,
        List<String> networks,
        List<String> gains,
        List<String> losses,
        double difference,
        Interval ci95) {
    /**
     * Takes the arms' words of today.
     *
     * @param a word of any version
     * @param b word of any version
     * @param metric word of a measure
     * @param operatingPoint may be empty
     * @param networks two or more
     * @param gains some of them
     * @param losses others of them
     * @param difference in the measure's own unit
     * @param ci95 of it
     */
    public OverNetworks {
        a = Arm.currentWord(a);
        b = Arm.currentWord(b);
    }

    /**
     * Counts networks by their intervals.
     *
     * @param comparisons of the same two arms in the same measure, each with another network; at least one
     * @param mean of their differences
     * @return what they come to together
     */
    public static OverNetworks of(List<Comparison> comparisons, Estimate mean) {
        Comparison first = comparisons.get(0);
        return new OverNetworks(
                first.a(),
                first.b(),
                first.metric(),
                first.operatingPoint(),
                names(comparisons, each -> true),
                names(comparisons, each -> each.ci95().low() > 0),
                names(comparisons, each -> each.ci95().high() < 0),
                mean.value(),
                mean.ci95());
    }

    private static List<String> names(List<Comparison> comparisons, Predicate<Comparison> wanted) {
        return comparisons.stream().filter(wanted).map(Comparison::classifier).toList();
    }

    /**
     * {@return whether a comparison is of these arms in this measure, with any network}
     *
     * @param comparison of {@code results.json}
     */
    public boolean isOf(Comparison comparison) {
        return comparison.a().equals(a)
                && comparison.b().equals(b)
                && comparison.metric().equals(metric)
                && comparison.operatingPoint().equals(operatingPoint);
    }
}
