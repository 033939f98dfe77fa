package org.lesionforge.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The checked content of {@code predictions-*.csv}: {@code id,group,truth,prediction,p_<class>…}.
 *
 * @param classes names in the order of the probabilities
 * @param ids one per image, no two the same
 * @param truth one class index per image; {@value #UNKNOWN} where the cell is empty
 * @param probabilities n × classes, each in [0, 1]; each row adds up to 1
 */
public record PredictionsTable(
        List<String> classes, List<String> ids, List<String> groups, int[] truth, double[][] probabilities) {
    /** In place of a class index, where the truth is not known. */
    public static final int UNKNOWN = -1;

    private static final String PROBABILITY = "p_";
    /** Softmax in float32 may end a rounding error outside of [0, 1]. */
    private static final double ROUNDING = 1e-6;

    private static final double SUM_ROUNDING = 1e-4;
    private static final double LAST_DECIMAL = 1e-8;

    /**
     * {@return the columns, in the order in which they are written}
     *
     * @param classes names in the order of the probabilities
     */
    public static List<String> header(List<String> classes) {
        return Stream.concat(
                        Stream.of("id", "group", "truth", "prediction"),
                        classes.stream().map(name -> PROBABILITY + name))
                .toList();
    }

    /**
     * Reads and checks the whole table.
     *
     * @param file a predictions table of this program, or one like it
     * @return its columns, classes in the order of the file
     * @throws UnusableInputException naming the first invalid line, and when there is no prediction
     */
    public static PredictionsTable read(Path file) {
        Reading reading = new Reading();
        CsvTable.forEach(file, reading::add);
        if (reading.ids.isEmpty()) {
            throw new UnusableInputException(file + " has no predictions; make it anew with the command that wrote it");
        }
        return new PredictionsTable(
                List.copyOf(reading.classes),
                List.copyOf(reading.ids),
                List.copyOf(reading.groups),
                reading.truths.stream().mapToInt(Integer::intValue).toArray(),
                reading.probabilities.toArray(double[][]::new));
    }

    private static final class Reading {
        private final List<String> classes = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private final List<String> groups = new ArrayList<>();
        private final List<Integer> truths = new ArrayList<>();
        private final List<double[]> probabilities = new ArrayList<>();

        private void add(CsvTable.Row row) {
            if (ids.isEmpty()) {
                row.header().stream()
                        .filter(name -> name.startsWith(PROBABILITY))
                        .forEach(name -> classes.add(name.substring(PROBABILITY.length())));
            }
            String id = row.text("id");
            if (id.isEmpty() || !seen.add(id)) {
                throw row.wrong("id", "the name of an image that no line before has");
            }
            double[] ofClasses = new double[classes.size()];
            for (int c = 0; c < ofClasses.length; c++) {
                ofClasses[c] = probability(row, PROBABILITY + classes.get(c));
            }
            requireSum(row, ofClasses);
            requirePrediction(row, ofClasses);
            ids.add(id);
            groups.add(row.text("group"));
            truths.add(row.text("truth").isEmpty() ? UNKNOWN : label(row, "truth"));
            probabilities.add(ofClasses);
        }

        private static double probability(CsvTable.Row row, String column) {
            double value = row.number(column);
            if (value < -ROUNDING || value > 1 + ROUNDING) {
                throw row.wrong(column, "a probability, 0 to 1");
            }
            return value;
        }

        private static void requireSum(CsvTable.Row row, double[] probabilities) {
            double sum = 0;
            for (double probability : probabilities) {
                sum += probability;
            }
            if (Math.abs(sum - 1) > SUM_ROUNDING) {
                throw row.unusable("the probabilities add up to " + sum + ", expected 1");
            }
        }

        private void requirePrediction(CsvTable.Row row, double[] probabilities) {
            double predicted = probabilities[label(row, "prediction")];
            for (double probability : probabilities) {
                if (probability > predicted + LAST_DECIMAL) {
                    throw row.wrong("prediction", "the most probable class");
                }
            }
        }

        private int label(CsvTable.Row row, String column) {
            int label = classes.indexOf(row.text(column));
            if (label < 0) {
                throw row.wrong(column, "one of " + String.join(", ", classes));
            }
            return label;
        }
    }
}
