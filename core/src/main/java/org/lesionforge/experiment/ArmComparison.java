package org.lesionforge.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.experiment.Results.Comparison;
import org.lesionforge.metric.DeLong;
import org.lesionforge.metric.DetectableDifference;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.GroupBootstrap;
import org.lesionforge.metric.McNemar;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.PairedRepeats;
import org.lesionforge.metric.SignFlip;

/**
 * Two arms on the same test images with the same seeds. What is asked first is whether other test images would show the difference too; the
 * tests over seeds beside it ask whether other training would.
 *
 * <p>With one seed, accuracy is tested by the exact test of McNemar and ROC AUC by that of DeLong. With several, the mean over seeds is: accuracy
 * by flipping the signs of whole groups' gains, ROC AUC by the spread of the bootstrap over groups. Where each seed has its own split there
 * are no common images, and Student's paired t over the splits is all there is; their training parts overlap, so its p is too small
 * (Nadeau and Bengio 2003).
 */
final class ArmComparison {
    private final ArmOutcomes a;
    private final ArmOutcomes b;
    private final boolean resplit;
    private final long seed;
    private final List<Outcomes> ofA;
    private final List<Outcomes> ofB;

    ArmComparison(ArmOutcomes a, ArmOutcomes b, boolean resplit, long seed) {
        this.a = a;
        this.b = b;
        this.resplit = resplit;
        this.seed = seed;
        ofA = a.outcomes();
        ofB = b.outcomes();
    }

    /** A test and its outcome. */
    private record Test(String name, double pValue) {}

    Comparison of(Measure measure, boolean tested) {
        PairedRepeats overSeeds = PairedRepeats.of(values(measure, ofA), values(measure, ofB));
        Estimate difference = resplit
                ? new Estimate(
                        overSeeds.difference().mean(), overSeeds.difference().ci95())
                : Estimate.ofDifference(measure, ofA, ofB, new GroupBootstrap(a.groups(), seed));
        Test test = tested ? test(measure, difference, overSeeds) : null;
        return new Comparison(
                a.arm().word(),
                b.arm().word(),
                measure.word(),
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
        if (measure == Measure.ACCURACY) {
            return ofA.size() == 1
                    ? new Test("exact McNemar", McNemar.exact(discordant()[0], discordant()[1]))
                    : new Test("sign flips over groups", SignFlip.pValue(gainsOfGroups(), seed));
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
        if (measure == Measure.ACCURACY && ofA.size() == 1) {
            int[] discordant = discordant();
            int n = ofA.get(0).size();
            return DetectableDifference.ofAccuracy(n, (double) (discordant[0] + discordant[1]) / n);
        }
        return DetectableDifference.ofStandardError(difference.standardError());
    }

    /** Images that only a and only b got right, of the first seed. */
    private int[] discordant() {
        int[] discordant = new int[2];
        int[] truth = ofA.get(0).truth();
        int[] predictedByA = ofA.get(0).predicted();
        int[] predictedByB = ofB.get(0).predicted();
        for (int i = 0; i < truth.length; i++) {
            boolean rightA = predictedByA[i] == truth[i];
            boolean rightB = predictedByB[i] == truth[i];
            discordant[0] += rightA && !rightB ? 1 : 0;
            discordant[1] += rightB && !rightA ? 1 : 0;
        }
        return discordant;
    }

    /** How many more right answers b has in each group, over all seeds; groups without a difference decide nothing. */
    private double[] gainsOfGroups() {
        Map<String, Double> gains = new LinkedHashMap<>();
        for (int s = 0; s < ofA.size(); s++) {
            int[] truth = ofA.get(s).truth();
            int[] predictedByA = ofA.get(s).predicted();
            int[] predictedByB = ofB.get(s).predicted();
            for (int i = 0; i < truth.length; i++) {
                double gain = (predictedByB[i] == truth[i] ? 1 : 0) - (predictedByA[i] == truth[i] ? 1 : 0);
                gains.merge(a.groups().get(i), gain, Double::sum);
            }
        }
        double[] differing = gains.values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(gain -> gain != 0)
                .toArray();
        return differing.length == 0 ? new double[] {0} : differing;
    }
}
