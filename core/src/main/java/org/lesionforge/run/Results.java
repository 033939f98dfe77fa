package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.ConfusionMatrix;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Threshold;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.FilteredClass;

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
 * @param unableArms none where all could be trained, and in earlier files
 * @param summaries one for each arm and classifier
 * @param majorityGuess where version 0.1 wrote it, by the numbers of test images; empty where nothing was tested
 * @param comparisons of two arms with one classifier by one measure each
 * @param ensembles the same as {@code summaries} of the mean prediction over the seeds; none where it was not asked for
 * @param ensembleComparisons the same as {@code comparisons} of two arms' mean predictions, none of them planned
 * @param controls what the controls among the arms show; none where there are none, and in files from before there were any
 * @param overNetworks of each arm and measure that is tested, what several networks come to together; none of a single one, and in earlier files
 * @param leakage rules, and whether the run keeps them
 * @param differencesFromPaper sentences
 * @param extractor name of the network whose features the distances of images use
 * @param seconds that the run took until this was written, over all its starts
 * @param secondsOf {@value #EVERYTHING}; empty where version 0.1 wrote it, which counted training and drawing alone
 * @param generated one for each generator of the first split; none where earlier versions wrote it
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
        @OptionalKey @JsonInclude(Include.NON_EMPTY) List<UnableArm> unableArms,
        List<ArmSummary> summaries,
        @OptionalKey Optional<MajorityGuess> majorityGuess,
        List<Comparison> comparisons,
        @OptionalKey List<ArmSummary> ensembles,
        @OptionalKey List<Comparison> ensembleComparisons,
        @OptionalKey List<ControlFinding> controls,
        @OptionalKey @JsonInclude(Include.NON_EMPTY) List<OverNetworks> overNetworks,
        List<Check> leakage,
        List<String> differencesFromPaper,
        String extractor,
        double seconds,
        @OptionalKey Optional<String> secondsOf,
        @OptionalKey List<GeneratedImages> generated) {
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
     * @param unableArms null means none
     * @param summaries may be none
     * @param majorityGuess empty means that of {@code arms}
     * @param comparisons may be none
     * @param ensembles null means none
     * @param ensembleComparisons null means none
     * @param controls null means none
     * @param overNetworks null means none
     * @param leakage may be none
     * @param differencesFromPaper may be none
     * @param extractor for people
     * @param seconds at least 0
     * @param secondsOf empty in files of version 0.1
     * @param generated null means none
     */
    public Results {
        generated = generated == null ? List.of() : generated;
        equalArms = equalArms == null ? List.of() : equalArms;
        unableArms = unableArms == null ? List.of() : unableArms;
        ensembles = ensembles == null ? List.of() : ensembles;
        ensembleComparisons = ensembleComparisons == null ? List.of() : ensembleComparisons;
        controls = controls == null ? List.of() : controls;
        overNetworks = overNetworks == null ? List.of() : overNetworks;
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
     * @param tta over how many altered copies of an image its predictions are the mean; 1 for the image as it is
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
            String folder,
            @OptionalKey Integer tta) {
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
         * @param tta null means 1
         */
        public ArmResult {
            name = Arm.currentWord(name);
            classifier = classifier == null ? Trial.Classifier.OLD_NAME : classifier;
            tta = tta == null ? 1 : tta;
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
     * An arm that was asked for and given up, because the images that it adds could not be had.
     *
     * @param name the arm's word
     * @param reason why not, and what to do, for people
     */
    public record UnableArm(String name, String reason) {
        /** {@return a clause for people} */
        @Override
        public String toString() {
            return "the arm " + name + " was given up: " + reason;
        }
    }

    /**
     * Metrics of the snapshot that was drawn from, and what was drawn; of images of another generator, how many there
     * were.
     *
     * @param snapshot its epoch; empty for images of another generator, which are not measured
     * @param metrics none for images of another generator
     * @param gate how many were drawn and dropped
     * @param filtered how a classifier chose among them, one for each class; none where it did not
     */
    public record Images(
            Optional<Integer> snapshot,
            List<Metric> metrics,
            Gate gate,
            @OptionalKey @JsonInclude(Include.NON_EMPTY) List<FilteredClass> filtered) {
        /**
         * Fills in what files without such arms do not have.
         *
         * @param snapshot may be empty
         * @param metrics may be none
         * @param gate not null
         * @param filtered null means none
         */
        public Images {
            filtered = filtered == null ? List.of() : filtered;
        }
    }

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
     * One rule against leakage, and whether the files of this run keep it.
     *
     * @param check the rule, for people
     * @param holds whether the files keep it
     * @param detail with counts
     */
    public record Check(String check, boolean holds, String detail) {}
}
