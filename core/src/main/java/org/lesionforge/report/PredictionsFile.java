package org.lesionforge.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lesionforge.io.PredictionsTable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Temperature;

/**
 * The stored predictions of one classifier on one part.
 *
 * @param truth class indices
 * @param probabilities n × classes
 */
public record PredictionsFile(
        List<String> classes, List<String> ids, List<String> groups, int[] truth, double[][] probabilities) {
    /**
     * Empty when the file is not there.
     *
     * @throws UnusableInputException when it cannot be read, or has no column for {@code positive}
     */
    static Optional<PredictionsFile> read(Path file, String positive) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        PredictionsTable table = PredictionsTable.read(file);
        if (!table.classes().contains(positive)
                || IntStream.of(table.truth()).anyMatch(label -> label == PredictionsTable.UNKNOWN)) {
            throw new UnusableInputException(file + " cannot be drawn: it has probabilities of the classes "
                    + table.classes() + " for images whose class is "
                    + (table.classes().contains(positive)
                            ? "not always known"
                            : "to be compared with '" + positive + "'")
                    + "; bring the file back from a copy, or make it anew with the command that wrote it");
        }
        return Optional.of(new PredictionsFile(
                table.classes(), table.ids(), table.groups(), table.truth(), table.probabilities()));
    }

    Outcomes outcomes(String positive) {
        return Outcomes.of(classes, positive, truth, probabilities);
    }

    PredictionsFile with(Temperature temperature) {
        return new PredictionsFile(classes, ids, groups, truth, temperature.apply(probabilities));
    }

    boolean hasBothSides(String positive) {
        int positives = outcomes(positive).positives();
        return positives > 0 && positives < truth.length;
    }
}
