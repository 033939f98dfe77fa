package org.lesionforge.experiment.statistics;

import java.util.List;
import java.util.Optional;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.PairedAnswers;
import org.lesionforge.metric.Threshold;
import org.lesionforge.metric.statistics.DeLong;
import org.lesionforge.metric.statistics.DetectableDifference;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.McNemar;
import org.lesionforge.metric.statistics.PairedRepeats;
import org.lesionforge.metric.statistics.SignFlip;
import org.lesionforge.run.OperatingPoint;
import org.lesionforge.run.Results.Comparison;

/**
 * Two arms on the same test images with the same seeds. What is asked first is whether other test images would show the difference too; the
 * tests over seeds beside it ask whether other training would.
 *
 * <p>With one seed, shares of right answers (accuracy, sensitivity, specificity) are tested by the exact test of McNemar on the images that
 * they count, and ROC AUC by that of DeLong. With several, the mean over seeds is: shares by flipping the signs of whole groups' gains, ROC
 * AUC by the spread of the bootstrap over groups. Where each seed has its own split there are no common images, and Student's paired t over
 * the splits is all there is; their training parts overlap, so its p is too small (Nadeau and Bengio 2003).
 */
final class ArmComparison {
    /** What is asked of a difference beside its interval. */
    enum Role {
        /** Named before the experiment began: its test counts, adjusted for all such tests. */
        PLANNED,
        /** Tested by itself, to be read as a description. */
        DESCRIPTIVE,
        /** Not tested. */
        UNTESTED
    }

    private final ArmOutcomes a;
    private final ArmOutcomes b;
    private final OperatingPoint point;
    private final boolean resplit;
    private final long seed;
    private final List<Outcomes> ofA;
    private final List<Outcomes> ofB;

    private ArmComparison(
            ArmOutcomes a,
            ArmOutcomes b,
            OperatingPoint point,
            List<Outcomes> ofA,
            List<Outcomes> ofB,
            boolean resplit,
            long seed) {
        this.a = a;
        this.b = b;
        this.point = point;
        this.ofA = ofA;
        this.ofB = ofB;
        this.resplit = resplit;
        this.seed = seed;
    }

    /** With the most probable class as the prediction. */
    static ArmComparison atHalf(ArmOutcomes a, ArmOutcomes b, boolean resplit, long seed) {
        return new ArmComparison(a, b, OperatingPoint.HALF, a.outcomes(), b.outcomes(), resplit, seed);
    }

    /** Each arm and seed with its own threshold; empty where one has no validation images. */
    static Optional<ArmComparison> atValidation(ArmOutcomes a, ArmOutcomes b, boolean resplit, long seed) {
        List<Threshold> ofA = a.thresholds();
        List<Threshold> ofB = b.thresholds();
        return ofA.isEmpty() || ofB.isEmpty()
                ? Optional.empty()
                : Optional.of(new ArmComparison(a, b, OperatingPoint.VALIDATION, a.at(ofA), b.at(ofB), resplit, seed));
    }

    /** A test and its outcome. */
    private record Test(String name, double pValue) {}

    Comparison of(Measure measure, Role role) {
        PairedRepeats overSeeds = PairedRepeats.of(values(measure, ofA), values(measure, ofB));
        Estimate difference = resplit
                ? new Estimate(
                        overSeeds.difference().mean(), overSeeds.difference().ci95())
                : Estimate.ofDifference(measure, ofA, ofB, new GroupBootstrap(a.groups(), seed));
        boolean tested = role != Role.UNTESTED;
        Test test = tested ? test(measure, difference, overSeeds) : null;
        return new Comparison(
                a.arm().word(),
                b.arm().word(),
                measure.word(),
                measure.dependsOnThreshold() ? point : null,
                role == Role.PLANNED,
                difference.value(),
                difference.ci95(),
                test == null ? null : test.pValue(),
                test == null ? null : test.name(),
                null,
                tested ? detectable(measure, difference) : null,
                ofA.size() == 1 ? null : overSeeds);
    }

    private static double[] values(Measure measure, List<Outcomes> outcomes) {
        return outcomes.stream().mapToDouble(measure::of).toArray();
    }

    private Test test(Measure measure, Estimate difference, PairedRepeats overSeeds) {
        if (resplit) {
            return new Test("paired t over splits", overSeeds.pStudent());
        }
        if (PairedAnswers.isShare(measure)) {
            PairedAnswers answers = new PairedAnswers(measure, ofA, ofB);
            if (answers.images() == 0) {
                return new Test("none: no such image", Double.NaN);
            }
            return ofA.size() == 1
                    ? new Test("exact McNemar", McNemar.exact(answers.discordant()[0], answers.discordant()[1]))
                    : new Test("sign flips over groups", SignFlip.pValue(answers.gainsOfGroups(a.groups()), seed));
        }
        if (ofA.size() == 1) {
            DeLong delong = DeLong.of(
                    ofA.get(0).isPositive(), ofA.get(0).score(), ofB.get(0).score());
            return new Test("DeLong", delong.pValue());
        }
        return new Test("bootstrap over groups, normal", difference.pValue());
    }

    /** How large a true difference must be to be found here; NaN when it cannot be told. */
    private double detectable(Measure measure, Estimate difference) {
        if (PairedAnswers.isShare(measure) && ofA.size() == 1 && !resplit) {
            PairedAnswers answers = new PairedAnswers(measure, ofA, ofB);
            int[] discordant = answers.discordant();
            int n = answers.images();
            return n == 0
                    ? Double.NaN
                    : DetectableDifference.ofAccuracy(n, (double) (discordant[0] + discordant[1]) / n);
        }
        return DetectableDifference.ofStandardError(difference.standardError());
    }
}
