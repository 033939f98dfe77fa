package org.lesionforge.run;

import java.util.Optional;
import java.util.stream.Stream;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.metric.statistics.PairedRepeats;
import org.lesionforge.run.arm.Arm;

/**
 * One measure of arm b minus that of arm a, on the same test images, as a mean over seeds.
 *
 * @param a word of the first arm
 * @param b word of the other arm
 * @param classifier of both, as in {@link Results.ArmResult}
 * @param metric word of the {@link Measure}
 * @param operatingPoint at which images were called positive; empty for a measure that does not depend on it.
 *     Version 0.1, which does not write it, compared at {@link OperatingPoint#HALF} alone
 * @param planned whether its test belongs to the family that was named before the experiment began; any other test
 *     is a description. Where version 0.1, which does not write it, wrote the results, every test does
 * @param difference b minus a, in the measure's own unit
 * @param ci95 by bootstrap over groups of the test images; over splits where each seed has its own
 * @param pValue two-sided; empty where the measure is not tested
 * @param test its name; empty likewise
 * @param pHolm adjusted for all planned tests of the experiment; empty where the test is not planned
 * @param detectable the smallest true difference that this test would find in 80 of 100 experiments; empty where
 *     the measure is not tested
 * @param overSeeds whether training again would show it, on these test images; empty for a single seed
 */
public record Comparison(
        String a,
        String b,
        @OptionalKey String classifier,
        String metric,
        @OptionalKey Optional<OperatingPoint> operatingPoint,
        @OptionalKey Boolean planned,
        double difference,
        Interval ci95,
        Optional<Double> pValue,
        Optional<String> test,
        Optional<Double> pHolm,
        Optional<Double> detectable,
        Optional<PairedRepeats> overSeeds) {
    /**
     * Takes the arms' words of today, and fills in what version 0.1 does not write.
     *
     * @param a word of any version
     * @param b word of any version
     * @param classifier null means {@link Trial.Classifier#OLD_NAME}
     * @param metric word of a measure
     * @param operatingPoint empty means {@link OperatingPoint#HALF} for a measure that depends on a threshold
     * @param planned null means that it is, if there is a p-value
     * @param difference b minus a
     * @param ci95 of the difference
     * @param pValue in [0, 1]
     * @param test its name
     * @param pHolm at least {@code pValue}, at most 1
     * @param detectable at least 0
     * @param overSeeds empty for a single seed
     */
    public Comparison {
        a = Arm.currentWord(a);
        b = Arm.currentWord(b);
        classifier = classifier == null ? Trial.Classifier.OLD_NAME : classifier;
        operatingPoint = operatingPoint.or(() -> Stream.of(Measure.values())
                .filter(measure -> measure.word().equals(metric) && measure.dependsOnThreshold())
                .map(measure -> OperatingPoint.HALF)
                .findFirst());
        planned = planned == null ? pValue.isPresent() : planned;
    }

    /**
     * {@return the same with an adjusted p-value}
     *
     * @param adjusted by Holm's method, over all planned tests; in [0, 1]
     */
    public Comparison withHolm(double adjusted) {
        return new Comparison(
                a,
                b,
                classifier,
                metric,
                operatingPoint,
                planned,
                difference,
                ci95,
                pValue,
                test,
                Optional.of(adjusted),
                detectable,
                overSeeds);
    }
}
