package org.lesionforge.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.json.NullableKey;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.Threshold;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.metric.statistics.PairedRepeats;

/**
 * The content of {@code results.json}; its keys are a contract (docs/contracts.md).
 *
 * @param protocol how snapshots and epochs were chosen: {@code paper} or {@code strict}
 * @param seconds that the run took until this was written, over all its starts
 * @param secondsOf {@value #EVERYTHING}; version 0.1, which does not write it, counted training and drawing alone
 */
public record Results(
        int formatVersion,
        String protocol,
        Budget budget,
        boolean resplit,
        String positive,
        DatasetSummary dataset,
        List<ArmResult> arms,
        List<EqualArm> equalArms,
        List<ArmSummary> summaries,
        MajorityGuess majorityGuess,
        List<Comparison> comparisons,
        List<Check> leakage,
        List<String> differencesFromPaper,
        String extractor,
        double seconds,
        String secondsOf) {
    public static final int FORMAT_VERSION = 1;
    public static final String EVERYTHING = "everything";

    /**
     * What was learned from.
     *
     * @param licences number of images by licence; empty when the source said nothing
     */
    public record DatasetSummary(
            String path,
            List<String> classes,
            int images,
            Map<String, Map<String, Integer>> parts,
            String splitSha256,
            Map<String, Integer> licences) {}

    /**
     * One arm with one seed.
     *
     * @param synthetic how many of the training images are synthetic
     * @param train number of training images of each class, synthetic ones and copies included
     * @param steps of the optimiser, over all epochs
     * @param bestEpoch whose weights were tested
     * @param test on the real test images
     * @param images quality of the synthetic images; null without any
     * @param folder of the arm, relative to the run
     */
    public record ArmResult(
            Arm name,
            String title,
            long seed,
            int synthetic,
            Map<String, Integer> train,
            int steps,
            int bestEpoch,
            ClassificationEvaluation test,
            @NullableKey Images images,
            double seconds,
            String folder) {}

    /**
     * An arm that was asked for and not trained, because it comes to the same training as another one here.
     *
     * @param reason why it does, for people
     */
    public record EqualArm(Arm name, Arm sameAs, String reason) {
        @Override
        public String toString() {
            return "arm " + name.word() + " is the same as " + sameAs.word() + " here and is not trained: " + reason;
        }
    }

    /**
     * Metrics of the snapshot that was drawn from, and what was drawn; of images of another generator, how many there were.
     *
     * @param snapshot null for images of another generator, which are not measured
     */
    public record Images(Integer snapshot, List<Metric> metrics, Gate gate) {}

    /**
     * How the near-copies of training images fared.
     *
     * @param drawn until there were enough; all that a folder of another generator's images has
     * @param dropped of them, for being more similar than {@code maxSimilarity} to a training image
     */
    public record Gate(int drawn, int dropped, double maxSimilarity) {}

    /**
     * What it comes to, on the test images, to look at none of them: the baseline of accuracy.
     *
     * @param className the class that most of them are of
     * @param accuracy their share; the mean over splits where each seed has its own
     */
    public record MajorityGuess(String className, double accuracy) {
        public static MajorityGuess of(List<ArmResult> arms) {
            Map<String, Double> shares = new LinkedHashMap<>();
            for (ArmResult arm : arms) {
                arm.test()
                        .perClass()
                        .forEach((name, found) -> shares.merge(
                                name, (double) found.support() / arm.test().n() / arms.size(), Double::sum));
            }
            return shares.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(largest -> new MajorityGuess(largest.getKey(), largest.getValue()))
                    .orElseThrow();
        }
    }

    /**
     * One arm over all its seeds.
     *
     * @param measures by name, with the most probable class as the prediction
     * @param onValidation what was fitted on the validation part and what it gives on the test part; null without one
     */
    public record ArmSummary(
            Arm name,
            String title,
            List<Long> seeds,
            Map<String, Figure> measures,
            @NullableKey OnValidation onValidation) {}

    /**
     * One measure on the test images.
     *
     * @param value the mean over seeds
     * @param ci95 by bootstrap over groups of the test images, with the classifiers as they are; by Student's t over seeds where each has its
     *     own split
     * @param std over seeds; null for a single one
     */
    public record Figure(double value, Interval ci95, Double std) {}

    /**
     * @param thresholds one per seed: of the positive class's probability, largest Youden index
     * @param atThreshold measures that depend on it
     * @param temperatures one per seed
     * @param calibrated Brier score and calibration error with them
     */
    public record OnValidation(
            List<Threshold> thresholds,
            Map<String, Figure> atThreshold,
            List<Double> temperatures,
            Map<String, Figure> calibrated) {}

    /**
     * One measure of arm b minus that of arm a, on the same test images, as a mean over seeds.
     *
     * @param operatingPoint at which images were called positive; null for a measure that does not depend on it
     * @param planned whether its test belongs to the family that was named before the experiment began; any other test is a description
     * @param ci95 by bootstrap over groups of the test images; over splits where each seed has its own
     * @param pValue two-sided; null where the measure is not tested
     * @param test its name; null likewise
     * @param pHolm adjusted for all planned tests of the experiment; null where the test is not planned
     * @param detectable the smallest true difference that this test would find in 80 of 100 experiments; null likewise
     * @param overSeeds whether training again would show it, on these test images; null for a single seed
     */
    public record Comparison(
            String a,
            String b,
            String metric,
            @NullableKey OperatingPoint operatingPoint,
            boolean planned,
            double difference,
            Interval ci95,
            Double pValue,
            @NullableKey String test,
            Double pHolm,
            Double detectable,
            @NullableKey PairedRepeats overSeeds) {
        public Comparison withHolm(double adjusted) {
            return new Comparison(
                    a,
                    b,
                    metric,
                    operatingPoint,
                    planned,
                    difference,
                    ci95,
                    pValue,
                    test,
                    adjusted,
                    detectable,
                    overSeeds);
        }
    }

    /** One rule against leakage, and whether the files of this run keep it. */
    public record Check(String check, boolean holds, String detail) {}
}
