package org.lesionforge.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.lesionforge.io.UnusableInputException;

/** Tables whose first line is an image already, like the ground truth of ISIC 2016: taken for a header it would be lost. */
final class MissingHeader {
    private static final Pattern FILE = Pattern.compile("(?i).+\\.(jpe?g|jpe|jfif|png|bmp|gif|tiff?|webp)");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private MissingHeader() {}

    /**
     * @param isImage whether there is an image of this name
     * @throws UnusableInputException when the first line looks like the others; the message says what to write above it
     */
    static void refuse(CsvTable table, Predicate<String> isImage) {
        List<String> first = table.header();
        if (first.stream().anyMatch(CsvHeader::namesImageOrLabel)) {
            return;
        }
        for (int i = 0; i < first.size(); i++) {
            String name = first.get(i);
            boolean image = FILE.matcher(name).matches() || isImage.test(name);
            if (image || isLikeOthers(table, name)) {
                String separator = String.valueOf(table.separator());
                throw new UnusableInputException(table.file() + " has no header: its first line, "
                        + String.join(separator, first) + ", "
                        + (image ? "names the image '" + name + "'" : "has '" + name + "' as the lines below it have")
                        + "; write a line above it that names the columns, for instance: "
                        + String.join(separator, names(table, image ? i : 0)));
            }
        }
    }

    /** One of the column's values, or of their form: {@code IMG_000} above {@code IMG_001}. */
    private static boolean isLikeOthers(CsvTable table, String name) {
        if (MissingValue.is(name) || name.startsWith("column_")) {
            return false;
        }
        String form = form(name);
        boolean numbered = !form.equals(name) && !form.equals("#");
        int alike = 0;
        for (CsvTable.Line line : table.lines()) {
            String value = table.field(line, name);
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

    private static List<String> names(CsvTable table, int id) {
        List<String> names = new ArrayList<>();
        boolean labelled = false;
        for (int i = 0; i < table.header().size(); i++) {
            if (i == id) {
                names.add(table.header().get(i).indexOf('/') >= 0 ? "path" : "image_id");
            } else if (!labelled) {
                names.add("label");
                labelled = true;
            } else {
                names.add("column_" + (i + 1));
            }
        }
        return names;
    }
}
