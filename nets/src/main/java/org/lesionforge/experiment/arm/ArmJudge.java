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
     * The real images that a filter is set by, as the generator would show them, so that its resolution alone turns none away.
     *
     * @param through side of the generator's images, in pixels
     * @param training of the class, for the centroid
     * @param validation of the class, for the thresholds
     * @param others validation images of the other classes; may be none
     */
    public record Reals(int through, TrainingPart training, HeldOutPart validation, HeldOutPart others) {
        String className() {
            return validation.classes().get(validation.label(0));
        }
    }

    /**
     * A filter with the thresholds of one class.
     *
     * @param reals with at least one training and one validation image of the class
     * @param gate for near-copies
     * @param progress receives how many of them are done; its cancellation ends this and the filter's later work
     * @return a filter to which nothing was offered yet; it works until this judge is closed
     * @throws org.lesionforge.generator.run.NotAdmittedException when the classifier tells no images apart
     */
    public ConfidenceFilter filter(Reals reals, MemorisationGate gate, Progress progress) {
        int side = classifier.card().size();
        progress.message("setting the filter's thresholds by the classifier in " + folder + " on "
                + reals.validation().size() + " validation images of class " + reals.className());
        // Drawing reports its own progress.
        Progress quiet = Progress.SILENT.cancelledBy(progress.cancellation());
        return new ConfidenceFilter(
                new OfClass(
                        "the classifier in " + folder + ", asked for class " + reals.className(),
                        classifier,
                        classifier.features(quiet),
                        reals.validation().label(0),
                        quiet),
                reals.training().at(side),
                reals.validation().at(side),
                reals.others().at(side),
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
     * @param reals that it was set by
     * @throws IOException when a file cannot be written
     */
    public void write(Path set, ConfidenceFilter filter, int drawn, Reals reals) throws IOException {
        filter.writeCsv(set.resolve(DRAWS), drawn);
        Json.write(
                set.resolve(FilterRecord.FILE),
                new FilterRecord(
                        FilterRecord.FORMAT_VERSION,
                        new FilterRecord.Judge(
                                folder,
                                classifier.card().architecture(),
                                classifier.card().modelSha256()),
                        reals.through(),
                        ConfidenceFilter.CONFIDENCE_QUANTILE,
                        ConfidenceFilter.DISTANCE_QUANTILE,
                        reals.training().size(),
                        IntStream.range(0, reals.validation().size())
                                .mapToObj(reals.validation()::id)
                                .toList(),
                        filter.result(reals.className(), drawn)));
    }

    @Override
    public void close() {
        classifier.close();
    }
}
