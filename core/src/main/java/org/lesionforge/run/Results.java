package org.lesionforge.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.ConfusionMatrix;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Threshold;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.metric.statistics.PairedRepeats;

/**
 * The content of {@code results.json}; its keys are a contract (docs/contracts.md). Arms have the words of today,
 * whatever version wrote them; a word that is not an arm of this version's grammar stays as it is.
 *
 * @param formatVersion {@value #FORMAT_VERSION}
 * @param protocol how snapshots and epochs were chosen: {@code paper} or {@code strict}
 * @param budget what was equal in the training of all arms
 * @param resplit whether each seed divided the images anew
 * @param positive the class that is looked for
 * @param dataset what was learned from
 * @param folds what each image was tested in; empty without folds
 * @param arms one for each arm, classifier, seed and fold that was trained
 * @param equalArms none where version 0.1, which did not look for them, wrote it
 * @param summaries one for each arm and classifier
 * @param majorityGuess where version 0.1 wrote it, by the numbers of test images; empty where nothing was tested
 * @param comparisons of two arms with one classifier by one measure each
 * @param leakage rules, and whether the run keeps them
 * @param differencesFromPaper sentences
 * @param extractor name of the network whose features the distances of images use
 * @param seconds that the run took until this was written, over all its starts
 * @param secondsOf {@value #EVERYTHING}; empty where version 0.1 wrote it, which counted training and drawing alone
 */
public record Results(
        int formatVersion,
        String protocol,
        Budget budget,
        boolean resplit,
        String positive,
        DatasetSummary dataset,
        @OptionalKey Optional<FoldResults> folds,
        List<ArmResult> arms,
        @OptionalKey List<EqualArm> equalArms,
        List<ArmSummary> summaries,
        @OptionalKey Optional<MajorityGuess> majorityGuess,
        List<Comparison> comparisons,
        List<Check> leakage,
        List<String> differencesFromPaper,
        String extractor,
        double seconds,
        @OptionalKey Optional<String> secondsOf) {
    /** The only version of the file so far. */
    public static final int FORMAT_VERSION = 1;
    /** What {@code seconds} is of, where the whole run was counted. */
    public static final String EVERYTHING = "everything";

    /**
     * Fills in what version 0.1 does not write.
     *
     * @param formatVersion of the file
     * @param protocol {@code paper} or {@code strict}
     * @param budget of all arms
     * @param resplit false: all seeds share one split
     * @param positive a class of the data set
     * @param dataset with its classes
     * @param folds empty where version 0.1 wrote it
     * @param arms may be none
     * @param equalArms null means none
     * @param summaries may be none
     * @param majorityGuess empty means that of {@code arms}
     * @param comparisons may be none
     * @param leakage may be none
     * @param differencesFromPaper may be none
     * @param extractor for people
     * @param seconds at least 0
     * @param secondsOf empty in files of version 0.1
     */
    public Results {
        equalArms = equalArms == null ? List.of() : equalArms;
        majorityGuess = majorityGuess.or(
                () -> MajorityGuess.of(arms.stream().map(ArmResult::test).toList()));
    }

    /**
     * {@return what a file of any version holds}
     *
     * @param file a {@code results.json}
     * @throws UnusableInputException when the file is missing, or is not whole by docs/contracts.md, naming the key
     */
    public static Results read(Path file) {
        return ResultsReader.read(file);
    }

    /**
     * What was learned from.
     *
     * @param path where the images are
     * @param classes names, in the order of their labels
     * @param images in all parts
     * @param parts number of images by part and class
     * @param splitSha256 of the split, in hexadecimal digits
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
     * One arm with one seed, and in one fold where there are folds: in {@code results.json}, and alone the content of {@code result.json} in its folder.
     *
     * @param name the arm's word
     * @param classifier name of the network's architecture; old files, which know one alone, do not have it
     * @param title for people
     * @param seed that it was trained with
     * @param fold whose images it was tested on, from 1; empty without folds
     * @param synthetic how many of the training images are synthetic
     * @param train number of training images of each class, synthetic ones and copies included
     * @param steps of the optimiser, over all epochs
     * @param realEpochs how often it was shown a real image of its training part, on average; empty where nobody counted
     * @param bestEpoch whose weights were tested
     * @param test on the real test images
     * @param images quality of the synthetic images; empty without any
     * @param seconds that training took
     * @param folder of the arm, relative to the run
     */
    public record ArmResult(
            String name,
            @OptionalKey String classifier,
            String title,
            long seed,
            @OptionalKey Optional<Integer> fold,
            int synthetic,
            Map<String, Integer> train,
            int steps,
            @OptionalKey Optional<Double> realEpochs,
            int bestEpoch,
            ClassificationEvaluation test,
            Optional<Images> images,
            double seconds,
            String folder) {
        /**
         * Takes the arm's word of today, and fills in the classifier.
         *
         * @param name of any version
         * @param classifier null means {@link Trial.Classifier#OLD_NAME}
         * @param title for people
         * @param seed any
         * @param fold from 1
         * @param synthetic at least 0
         * @param train by class
         * @param steps at least 0
         * @param realEpochs at least 0
         * @param bestEpoch from 1
         * @param test of one classifier
         * @param images empty without synthetic images
         * @param seconds at least 0
         * @param folder relative to the run
         */
        public ArmResult {
            name = Arm.currentWord(name);
            classifier = classifier == null ? Trial.Classifier.OLD_NAME : classifier;
        }

        /**
         * {@return the arm of {@code name}}
         *
         * @throws IllegalArgumentException when this version knows no such arm
         */
        public Arm arm() {
            return Arm.of(name);
        }
    }

    /**
     * An arm that was asked for and not trained, because it comes to the same training as another one here.
     *
     * @param name the arm's word
     * @param sameAs word of the arm that stands for it
     * @param reason why it does, for people
     */
    public record EqualArm(String name, String sameAs, String reason) {
        /** {@return a sentence for people} */
        @Override
        public String toString() {
            return "arm " + name + " is the same as " + sameAs + " here and is not trained: " + reason;
        }
    }

    /**
     * Metrics of the snapshot that was drawn from, and what was drawn; of images of another generator, how many there
     * were.
     *
     * @param snapshot its epoch; empty for images of another generator, which are not measured
     * @param metrics none for images of another generator
     * @param gate how many were drawn and dropped
     */
    public record Images(Optional<Integer> snapshot, List<Metric> metrics, Gate gate) {}

    /**
     * How the near-copies of training images fared.
     *
     * @param drawn until there were enough; all that a folder of another generator's images has
     * @param dropped of them, for being more similar than {@code maxSimilarity} to a training image
     * @param maxSimilarity in (0, 1], of which 1 is equal detail
     */
    public record Gate(int drawn, int dropped, double maxSimilarity) {}

    /**
     * What it comes to, on the test images, to look at none of them: the baseline of accuracy.
     *
     * @param className the class that most of them are of
     * @param accuracy their share; the mean over splits where each seed has its own
     */
    public record MajorityGuess(String className, double accuracy) {
        /**
         * {@return the baseline of some tests; empty where nothing was tested}
         *
         * @param tests with the numbers of their images
         */
        public static Optional<MajorityGuess> of(List<ClassificationEvaluation> tests) {
            Map<String, Double> shares = new LinkedHashMap<>();
            for (ClassificationEvaluation test : tests) {
                Map<String, ConfusionMatrix.PerClass> classes = test.perClass();
                int images = classes.values().stream()
                        .mapToInt(ConfusionMatrix.PerClass::support)
                        .sum();
                classes.forEach((name, found) ->
                        shares.merge(name, (double) found.support() / images / tests.size(), Double::sum));
            }
            return shares.entrySet().stream()
                    .filter(share -> Double.isFinite(share.getValue()))
                    .max(Map.Entry.comparingByValue())
                    .map(largest -> new MajorityGuess(largest.getKey(), largest.getValue()));
        }
    }

    /**
     * One arm with one classifier over all its seeds.
     *
     * @param name the arm's word
     * @param classifier as in {@link ArmResult}
     * @param title for people
     * @param seeds that it was trained with
     * @param measures every {@link Measure} by its word, with the most probable class as the prediction
     * @param onValidation what was fitted on the validation part and what it gives on the test part; empty without one
     */
    public record ArmSummary(
            String name,
            @OptionalKey String classifier,
            String title,
            List<Long> seeds,
            Map<String, Figure> measures,
            Optional<OnValidation> onValidation) {
        /**
         * Takes the arm's word of today, and fills in the classifier.
         *
         * @param name of any version
         * @param classifier null means {@link Trial.Classifier#OLD_NAME}
         * @param title for people
         * @param seeds at least one
         * @param measures by their words
         * @param onValidation empty without a validation part
         */
        public ArmSummary {
            name = Arm.currentWord(name);
            classifier = classifier == null ? Trial.Classifier.OLD_NAME : classifier;
        }
    }

    /**
     * One measure on the test images, those of all folds together where there are folds.
     *
     * @param value the mean over seeds
     * @param ci95 by bootstrap over groups of the test images, with the classifiers as they are; by Student's t over seeds where each has its
     *     own split
     * @param std over seeds; empty for a single one
     */
    public record Figure(double value, Interval ci95, Optional<Double> std) {}

    /**
     * What was fitted on the validation images, and the measures on the test images with it.
     *
     * @param thresholds one per seed, or per seed and fold: of the positive class's probability, largest Youden index
     * @param atThreshold measures that depend on it, by their words
     * @param temperatures likewise
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
     * @param a word of the first arm
     * @param b word of the other arm
     * @param classifier of both, as in {@link ArmResult}
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

    /**
     * One rule against leakage, and whether the files of this run keep it.
     *
     * @param check the rule, for people
     * @param holds whether the files keep it
     * @param detail with counts
     */
    public record Check(String check, boolean holds, String detail) {}
}
