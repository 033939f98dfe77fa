package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lesionforge.io.PredictionsTable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Temperature;
import org.lesionforge.metric.Threshold;

/**
 * The stored predictions of one classifier on one part, all of known classes.
 *
 * @param positive the class that is looked for, one of {@code classes}
 * @param truth class indices
 * @param probabilities n × classes
 */
public record PredictionsFile(
        List<String> classes,
        String positive,
        List<String> ids,
        List<String> groups,
        int[] truth,
        double[][] probabilities) {
    /** @throws UnusableInputException when it is missing or cannot be read, or has no column for {@code positive} */
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

    /** As {@link #read}; empty when the file is not there. */
    public static Optional<PredictionsFile> find(Path file, String positive) {
        return Files.exists(file) ? Optional.of(read(file, positive)) : Optional.empty();
    }

    public int size() {
        return ids.size();
    }

    /** With the most probable class as the prediction: for two classes, the threshold ½. */
    public Outcomes outcomes() {
        return Outcomes.of(classes, positive, truth, probabilities);
    }

    Outcomes at(Threshold threshold) {
        return Outcomes.at(threshold.value(), classes, positive, truth, probabilities);
    }

    Outcomes with(Temperature temperature) {
        return Outcomes.of(classes, positive, truth, temperature.apply(probabilities));
    }

    /** Whether there are images of the positive class and others. */
    public boolean hasBothSides() {
        int positives = outcomes().positives();
        return positives > 0 && positives < truth.length;
    }
}
