package org.lesionforge.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lesionforge.data.MissingValue;
import org.lesionforge.io.UnusableInputException;

/** Detects tables without a header, like the ground truth of ISIC 2016, whose first image would be lost. */
final class MissingHeader {
    private static final Pattern FILE = Pattern.compile("(?i).+\\.(jpe?g|jpe|jfif|png|bmp|gif|tiff?|webp)");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private MissingHeader() {}

    /**
     * @param isImage whether there is an image of this name
     * @param other likely name of the first column besides the image's
     * @throws UnusableInputException when the first line looks like the others; the message gives a header to add
     */
    static void refuse(CsvTable table, Predicate<String> isImage, String other) {
        List<String> first = table.header();
        if (first.stream().anyMatch(CsvHeader::namesImageOrLabel)) {
            return;
        }
        for (int i = 0; i < first.size(); i++) {
            if (FILE.matcher(first.get(i)).matches() || isImage.test(first.get(i))) {
                throw missing(table, i, other, "names the image '" + first.get(i) + "'");
            }
        }
        for (int i = 0; i < first.size(); i++) {
            if (isLikeOthers(table, i)) {
                throw missing(
                        table,
                        columnOfImages(table, isImage),
                        other,
                        "has '" + first.get(i) + "' where the lines below it have the same or the like");
            }
        }
    }

    /** Whether a text is one of the column's values, or has their form: {@code IMG_000} above {@code IMG_001}. */
    private static boolean isLikeOthers(CsvTable table, int column) {
        String name = table.header().get(column);
        if (MissingValue.is(name) || name.startsWith(CsvTable.UNNAMED)) {
            return false;
        }
        String form = form(name);
        boolean numbered = !form.equals(name) && !form.equals("#");
        int alike = 0;
        for (CsvTable.Line line : table.lines()) {
            String value = line.fields().get(column).strip();
            if (value.equals(name)) {
                return true;
            }
            alike += numbered && form(value).equals(form) ? 1 : 0;
        }
        return alike > 0 && 2 * alike >= table.lines().size();
    }

    private static String form(String text) {
        return DIGITS.matcher(text).replaceAll("#");
    }

    private static int columnOfImages(CsvTable table, Predicate<String> isImage) {
        for (int column = 0; column < table.header().size(); column++) {
            for (CsvTable.Line line : table.lines()) {
                if (isImage.test(line.fields().get(column).strip())) {
                    return column;
                }
            }
        }
        return 0;
    }

    private static UnusableInputException missing(CsvTable table, int idColumn, String other, String why) {
        List<Integer> others = IntStream.range(0, table.header().size())
                .filter(column -> column != idColumn)
                .boxed()
                .toList();
        boolean oneHot = others.size() > 1 && others.stream().allMatch(column -> isBinary(table, column));
        List<String> names = new ArrayList<>();
        for (int column = 0; column < table.header().size(); column++) {
            names.add(
                    column == idColumn
                            ? (table.header().get(column).indexOf('/') >= 0 ? "path" : "image_id")
                            : oneHot ? "class_" + column : column == others.get(0) ? other : "column_" + (column + 1));
        }
        String separator = String.valueOf(table.separator());
        return new UnusableInputException(table.file() + " has no header: its first line, "
                + String.join(separator, table.header()) + ", " + why
                + "; write a line above it that names the columns, for instance: " + String.join(separator, names)
                + (oneHot
                        ? " (and give --one-hot "
                                + others.stream().map(names::get).collect(Collectors.joining(",")) + ")"
                        : ""));
    }

    private static boolean isBinary(CsvTable table, int column) {
        return table.lines().stream()
                .map(line -> line.fields().get(column).strip())
                .allMatch(OneHotColumns::isBinary);
    }
}
