package org.lesionforge.experiment.statistics;

import java.util.List;
import java.util.Optional;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.PairedAnswers;
import org.lesionforge.metric.Threshold;
import org.lesionforge.metric.statistics.DeLong;
import org.lesionforge.metric.statistics.DetectableDifference;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.McNemar;
import org.lesionforge.metric.statistics.PairedRepeats;
import org.lesionforge.metric.statistics.SignFlip;
import org.lesionforge.run.ArmPredictions;
import org.lesionforge.run.Comparison;

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

    private final Tested a;
    private final Tested b;
    private final OperatingPoint point;
    private final boolean resplit;
    private final long seed;
    private final List<Outcomes> ofA;
    private final List<Outcomes> ofB;

    private ArmComparison(
            Tested a,
            Tested b,
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
    static ArmComparison atHalf(Tested a, Tested b, boolean resplit, long seed) {
        return new ArmComparison(
                a,
                b,
                OperatingPoint.HALF,
                a.predictions().outcomes(),
                b.predictions().outcomes(),
                resplit,
                seed);
    }

    /** Each arm and seed with its own threshold; empty where one has no validation images. */
    static Optional<ArmComparison> atValidation(Tested a, Tested b, boolean resplit, long seed) {
        ArmPredictions saidByA = a.predictions();
        ArmPredictions saidByB = b.predictions();
        List<Threshold> ofA = saidByA.thresholds();
        List<Threshold> ofB = saidByB.thresholds();
        return ofA.isEmpty() || ofB.isEmpty()
                ? Optional.empty()
                : Optional.of(new ArmComparison(
                        a, b, OperatingPoint.VALIDATION, saidByA.at(ofA), saidByB.at(ofB), resplit, seed));
    }

    /** Of both arms' test images. */
    private List<String> groups() {
        return a.predictions().groups();
    }

    /** A test and its outcome. */
    private record Test(String name, double pValue) {}

    /** A planned test's p is adjusted for itself alone, which leaves it as it is. */
    Comparison of(Measure measure, Role role) {
        PairedRepeats overSeeds = PairedRepeats.of(values(measure, ofA), values(measure, ofB));
        Estimate difference = resplit
                ? new Estimate(
                        overSeeds.difference().mean(), overSeeds.difference().ci95())
                : Estimate.ofDifference(measure, ofA, ofB, new GroupBootstrap(groups(), seed));
        Optional<Test> test =
                role == Role.UNTESTED ? Optional.empty() : Optional.of(test(measure, difference, overSeeds));
        return new Comparison(
                a.name(),
                b.name(),
                b.classifier(),
                measure.word(),
                measure.dependsOnThreshold() ? Optional.of(point) : Optional.empty(),
                role == Role.PLANNED,
                difference.value(),
                difference.ci95(),
                test.map(Test::pValue),
                test.map(Test::name),
                role == Role.PLANNED ? test.map(Test::pValue) : Optional.empty(),
                test.map(unused -> detectable(measure, difference)),
                ofA.size() == 1 ? Optional.empty() : Optional.of(overSeeds));
    }

    private static double[] values(Measure measure, List<Outcomes> outcomes) {
        return outcomes.stream().mapToDouble(measure::of).toArray();
    }

    private Test test(Measure measure, Estimate difference, PairedRepeats overSeeds) {
        if (resplit) {
            boolean equal = Double.isFinite(overSeeds.difference().std()) && Double.isNaN(overSeeds.t());
            return new Test(
                    equal ? "none: the same difference in every split" : "paired t over splits", overSeeds.pStudent());
        }
        if (PairedAnswers.isShare(measure)) {
            PairedAnswers answers = new PairedAnswers(measure, ofA, ofB);
            if (answers.images() == 0) {
                return new Test("none: no such image", Double.NaN);
            }
            return ofA.size() == 1
                    ? new Test("exact McNemar", McNemar.exact(answers.discordant()[0], answers.discordant()[1]))
                    : new Test("sign flips over groups", SignFlip.pValue(answers.gainsOfGroups(groups()), seed));
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
