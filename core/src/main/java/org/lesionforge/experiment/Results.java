package org.lesionforge.experiment;

import java.util.List;
import java.util.Map;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.Interval;
import org.lesionforge.metric.Metric;

/** The content of {@code results.json}; its keys are a contract (docs/design.md). */
public record Results(
        int formatVersion,
        Protocol protocol,
        String positive,
        DatasetSummary dataset,
        List<ArmResult> arms,
        List<Comparison> comparisons,
        List<Check> leakage,
        List<String> differencesFromPaper,
        String extractor,
        double seconds) {
    static final int FORMAT_VERSION = 1;

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
     * @param train number of training images of each class, synthetic ones included
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
            int bestEpoch,
            ClassificationEvaluation test,
            Images images,
            double seconds,
            String folder) {}

    /** Metrics of the snapshot that was drawn from. */
    public record Images(int snapshot, List<Metric> metrics) {}

    /** One metric of arm b minus that of arm a, on the same test images. */
    public record Comparison(
            String a, String b, String metric, double difference, Interval ci95, double pValue, String test) {}

    /** One rule against leakage, and whether the files of this run keep it. */
    public record Check(String check, boolean holds, String detail) {}
}
