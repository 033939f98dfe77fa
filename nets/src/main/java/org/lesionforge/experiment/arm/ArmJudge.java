package org.lesionforge.experiment.arm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.image.Images;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.fidelity.FeatureExtractor;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.run.FilterRecord;

/**
 * The trained classifier of the arm {@code none}, which chooses among the images that are drawn for arms that are filtered.
 *
 * @param classifier belongs to this judge, which closes it
 * @param folder where it was read from, relative to the run's, for the record
 */
public record ArmJudge(Classifier classifier, String folder) implements AutoCloseable {
    private static final String DRAWS = "filter.csv";

    /**
     * A filter with the thresholds of one class.
     *
     * @param training images of the class as the generator would show them
     * @param validation images of the class as the generator would show them
     * @param others validation images of the other classes as the generator would show them; may be none
     * @param gate for near-copies
     * @param progress receives how many of them are done; its cancellation ends this and the filter's later work
     * @return a filter to which nothing was offered yet; it works until this judge is closed
     * @throws org.lesionforge.io.UnusableInputException when the classifier tells no images apart
     */
    public ConfidenceFilter filter(
            TrainingPart training,
            HeldOutPart validation,
            HeldOutPart others,
            MemorisationGate gate,
            Progress progress) {
        int label = validation.label(0);
        int side = classifier.card().size();
        String className = validation.classes().get(label);
        progress.message("setting the filter's thresholds by the classifier in " + folder + " on " + validation.size()
                + " validation images of class " + className);
        // Drawing reports its own progress.
        Progress quiet = Progress.SILENT.cancelledBy(progress.cancellation());
        return new ConfidenceFilter(
                new OfClass(
                        "the classifier in " + folder + ", asked for class " + className,
                        classifier,
                        classifier.features(quiet),
                        label,
                        quiet),
                training.at(side),
                validation.at(side),
                others.at(side),
                gate);
    }

    private record OfClass(String name, Classifier classifier, FeatureExtractor seen, int label, Progress progress)
            implements ConfidenceFilter.Judge {
        @Override
        public double[] confidences(Images images) {
            double[][] probabilities = classifier.probabilities(images, progress);
            return IntStream.range(0, probabilities.length)
                    .mapToDouble(i -> probabilities[i][label])
                    .toArray();
        }

        @Override
        public Features features(Images images) {
            return seen.extractOnce(images).features();
        }
    }

    /**
     * Writes {@code filter.csv}, what became of every draw, and then {@code filter.json}, how the set was chosen.
     *
     * @param set folder of the images
     * @param filter that was offered the draws
     * @param drawn how many of the images offered count, the first ones
     * @param through side of the generator's images, in pixels
     * @param training that the centroid is the mean of
     * @param validation that the thresholds are taken from
     * @throws IOException when a file cannot be written
     */
    public void write(
            Path set, ConfidenceFilter filter, int drawn, int through, TrainingPart training, HeldOutPart validation)
            throws IOException {
        filter.writeCsv(set.resolve(DRAWS), drawn);
        String className = validation.classes().get(validation.label(0));
        Json.write(
                set.resolve(FilterRecord.FILE),
                new FilterRecord(
                        FilterRecord.FORMAT_VERSION,
                        new FilterRecord.Judge(
                                folder,
                                classifier.card().architecture(),
                                classifier.card().modelSha256()),
                        through,
                        ConfidenceFilter.CONFIDENCE_QUANTILE,
                        ConfidenceFilter.DISTANCE_QUANTILE,
                        training.size(),
                        IntStream.range(0, validation.size())
                                .mapToObj(validation::id)
                                .toList(),
                        filter.result(className, drawn)));
    }

    @Override
    public void close() {
        classifier.close();
    }
}
