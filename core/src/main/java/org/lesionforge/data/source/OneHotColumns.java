package org.lesionforge.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lesionforge.data.MissingValue;
import org.lesionforge.io.UnusableInputException;

/**
 * One-hot columns, of which the one with 1 names the label, as in a challenge's ground truth: {@code image,MEL,NV,…}.
 */
final class OneHotColumns {
    private final CsvTable table;
    private final List<String> columns;

    /**
     * @param classes names of the columns, ignoring case; not all need exist
     * @param others further columns that may be classes
     * @throws UnusableInputException when none exists, or when another column holds the 1 in lines where these have
     *     none
     */
    OneHotColumns(CsvTable table, List<String> classes, List<String> others) {
        this.table = table;
        this.columns = table.header().stream()
                .filter(column -> classes.stream().anyMatch(column::equalsIgnoreCase))
                .toList();
        if (columns.isEmpty()) {
            throw new UnusableInputException(
                    table.file() + " has none of the columns " + classes + "; it has " + table.header());
        }
        others.stream().filter(other -> !columns.contains(other)).forEach(this::refuseClass);
    }

    /** Finds a missing class column: one with only 0 and 1, and 1 only in lines where no class column has 1. */
    private void refuseClass(String other) {
        List<CsvTable.Line> ones = new ArrayList<>();
        for (CsvTable.Line line : table.lines()) {
            String value = table.field(line, other);
            boolean one = isOne(value);
            if (!isBinary(value) || (one && !ones(line).isEmpty())) {
                return;
            }
            if (one) {
                ones.add(line);
            }
        }
        if (!ones.isEmpty()) {
            List<String> all = new ArrayList<>(columns);
            all.add(other);
            throw new UnusableInputException(table.at(ones.get(0)) + " (and " + (ones.size() - 1)
                    + " more): the 1 is in column '" + other + "', which is none of the classes " + columns
                    + "; name them all with --one-hot " + String.join(",", all)
                    + " (--classes leaves some out)" + preset(all));
        }
    }

    private static String preset(List<String> columns) {
        return Preset.ALL.stream()
                .filter(preset -> preset.oneHot().containsAll(columns))
                .findFirst()
                .map(preset -> ", or take --preset " + preset.word() + ", which knows them")
                .orElse("");
    }

    /** Columns that look like one-hot columns where none are named; empty when there are none. */
    static List<String> suspected(CsvTable table) {
        List<String> binary = table.header().stream()
                .filter(column -> table.lines().stream()
                        .map(line -> table.field(line, column))
                        .allMatch(OneHotColumns::isBinary))
                .toList();
        boolean oneEach = table.lines().stream()
                .allMatch(line -> binary.stream()
                                .filter(column -> isOne(table.field(line, column)))
                                .count()
                        == 1);
        return binary.size() > 1 && oneEach ? binary : List.of();
    }

    /**
     * Refuses a single one-hot column as the label of more than two classes.
     *
     * @throws UnusableInputException when {@code label} is one of more than two columns of which one holds 1 in each line
     */
    static void refuseAsLabel(CsvTable table, String label) {
        List<String> columns = suspected(table);
        if (columns.size() > 2 && columns.contains(label)) {
            List<String> values = table.lines().stream()
                    .map(line -> table.field(line, label))
                    .filter(value -> !MissingValue.is(value))
                    .distinct()
                    .sorted()
                    .toList();
            String classes = values.stream()
                    .map(value -> (isOne(value) ? label : "other") + "=" + value)
                    .collect(Collectors.joining(","));
            throw new UnusableInputException("the column '" + label + "' of " + table.file() + " is one of " + columns
                    + ", of which one holds 1 in each line, so its labels would be " + values
                    + "; take all of them with"
                    + " --one-hot " + String.join(",", columns) + " in place of --label-column" + preset(columns)
                    + ", or this one against the others with --classes " + classes);
        }
    }

    List<String> names() {
        return columns;
    }

    Optional<String> label(CsvTable.Line line) {
        return oddColumn(line).isEmpty() && ones(line).size() == 1
                ? Optional.of(ones(line).get(0))
                : Optional.empty();
    }

    /** Why a line has no label. */
    String problem(CsvTable.Line line) {
        Optional<String> odd = oddColumn(line);
        if (odd.isPresent()) {
            return "column '" + odd.get() + "' holds '" + table.field(line, odd.get()) + "', neither 0 nor 1";
        }
        return ones(line).isEmpty()
                ? "none of the columns " + columns + " holds 1"
                : "of several classes: " + ones(line);
    }

    private List<String> ones(CsvTable.Line line) {
        return columns.stream()
                .filter(column -> isOne(table.field(line, column)))
                .toList();
    }

    private Optional<String> oddColumn(CsvTable.Line line) {
        return columns.stream()
                .filter(column -> !isBinary(table.field(line, column)))
                .findFirst();
    }

    /** Whether a field is 1 or 0; an empty one counts as 0. */
    static boolean isBinary(String value) {
        return isOne(value) || isZero(value);
    }

    private static boolean isOne(String value) {
        return value.matches("1([.,]0*)?|(?i:true)");
    }

    private static boolean isZero(String value) {
        return MissingValue.is(value) || value.matches("0([.,]0*)?|(?i:false)");
    }
}
