package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesionforge.io.PredictionsTable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Temperature;
import org.lesionforge.metric.Threshold;

/**
 * The stored predictions of one classifier on one part, all of known classes.
 *
 * @param classes names, in the order of the probabilities
 * @param positive the class that is looked for, one of {@code classes}
 * @param ids of the images, n
 * @param groups of the images, n: patients or lesions; an image's own id where none is known
 * @param truth n class indices
 * @param probabilities n × classes, each in [0, 1], a row adding up to 1
 */
public record PredictionsFile(
        List<String> classes,
        String positive,
        List<String> ids,
        List<String> groups,
        int[] truth,
        double[][] probabilities) {
    /**
     * {@return what a file holds}
     *
     * @param file a {@code predictions-test.csv} or {@code predictions-validation.csv}
     * @param positive the class that is looked for
     * @throws UnusableInputException when it is missing or cannot be read, when it has no column for {@code positive},
     *     or an image whose class is not known
     */
    public static PredictionsFile read(Path file, String positive) {
        PredictionsTable table = PredictionsTable.read(file);
        if (!table.classes().contains(positive)
                || IntStream.of(table.truth()).anyMatch(label -> label == PredictionsTable.UNKNOWN)) {
            throw new UnusableInputException(file + " cannot be evaluated: it has probabilities of the classes "
                    + table.classes() + " for images whose class is "
                    + (table.classes().contains(positive)
                            ? "not always known"
                            : "to be compared with '" + positive + "'")
                    + "; bring the file back from a copy, or make it anew with the command that wrote it");
        }
        return new PredictionsFile(
                table.classes(), positive, table.ids(), table.groups(), table.truth(), table.probabilities());
    }

    /**
     * {@return as {@link #read}; empty when the file is not there}
     *
     * @param file a table of predictions, or none
     * @param positive the class that is looked for
     * @throws UnusableInputException when it is there and cannot be read, or has no column for {@code positive}
     */
    public static Optional<PredictionsFile> find(Path file, String positive) {
        return Files.exists(file) ? Optional.of(read(file, positive)) : Optional.empty();
    }

    /**
     * Puts predictions of different images together.
     *
     * @param parts of the same classes; at least one
     * @return one after the other
     */
    public static PredictionsFile pooled(List<PredictionsFile> parts) {
        PredictionsFile first = parts.get(0);
        return new PredictionsFile(
                first.classes,
                first.positive,
                parts.stream().flatMap(part -> part.ids.stream()).toList(),
                parts.stream().flatMap(part -> part.groups.stream()).toList(),
                parts.stream().flatMapToInt(part -> IntStream.of(part.truth)).toArray(),
                parts.stream().flatMap(part -> Stream.of(part.probabilities)).toArray(double[][]::new));
    }

    /**
     * Takes what several classifiers said of the same images as one prediction: their ensemble's.
     *
     * @param each at least one, of the same images in the same order
     * @return the mean of the probabilities, image by image
     * @throws UnusableInputException when they are of different images or classes
     */
    static PredictionsFile mean(List<PredictionsFile> each) {
        PredictionsFile first = each.get(0);
        double[][] mean = new double[first.size()][first.classes.size()];
        for (PredictionsFile file : each) {
            if (!file.ids.equals(first.ids)
                    || !file.classes.equals(first.classes)
                    || !Arrays.equals(file.truth, first.truth)) {
                throw new UnusableInputException("the seeds of an arm have predictions of different images or classes, "
                        + first.size() + " and " + file.size() + " images of " + first.classes + " and " + file.classes
                        + ", which have no mean; bring the arm's predictions-*.csv back from a copy, or delete its"
                        + " folders to have it trained again");
            }
            for (int i = 0; i < mean.length; i++) {
                for (int c = 0; c < mean[i].length; c++) {
                    mean[i][c] += file.probabilities[i][c] / each.size();
                }
            }
        }
        return new PredictionsFile(first.classes, first.positive, first.ids, first.groups, first.truth, mean);
    }

    /** {@return the number of images} */
    public int size() {
        return ids.size();
    }

    /** {@return the outcomes with the most probable class as the prediction: for two classes, the threshold ½} */
    public Outcomes outcomes() {
        return Outcomes.of(classes, positive, truth, probabilities);
    }

    Outcomes at(Threshold threshold) {
        return Outcomes.at(threshold.value(), classes, positive, truth, probabilities);
    }

    Outcomes with(Temperature temperature) {
        return Outcomes.of(classes, positive, truth, temperature.apply(probabilities));
    }

    /** {@return whether there are images of the positive class and others} */
    public boolean hasBothSides() {
        int positives = outcomes().positives();
        return positives > 0 && positives < truth.length;
    }
}
