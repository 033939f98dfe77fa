package org.lesionforge.report;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Temperature;

/**
 * The stored predictions of one classifier on one part.
 *
 * @param truth class indices
 * @param probabilities n × classes
 */
record PredictionsFile(
        List<String> classes, List<String> ids, List<String> groups, int[] truth, double[][] probabilities) {
    private static final String PROBABILITY = "p_";

    /**
     * Empty when the file is not there.
     *
     * @throws UnusableInputException when it cannot be read, or has no column for {@code positive}
     */
    static Optional<PredictionsFile> read(Path file, String positive) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> classes = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        List<double[]> probabilities = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                if (classes.isEmpty()) {
                    row.getHeader().stream()
                            .filter(name -> name.startsWith(PROBABILITY))
                            .forEach(name -> classes.add(name.substring(PROBABILITY.length())));
                }
                ids.add(row.getField("id"));
                groups.add(row.getField("group"));
                truths.add(row.getField("truth"));
                probabilities.add(classes.stream()
                        .mapToDouble(name -> Double.parseDouble(row.getField(PROBABILITY + name)))
                        .toArray());
            }
        } catch (IOException | RuntimeException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
        int[] truth = truths.stream().mapToInt(classes::indexOf).toArray();
        if (!classes.contains(positive) || truths.stream().anyMatch(name -> !classes.contains(name))) {
            throw new UnusableInputException("cannot read " + file + ": it has probabilities of the classes " + classes
                    + ", but not of all that it or results.json names (" + positive + ")");
        }
        return Optional.of(
                new PredictionsFile(List.copyOf(classes), ids, groups, truth, probabilities.toArray(double[][]::new)));
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
