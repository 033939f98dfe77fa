package org.lesionforge.report.page;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.SheetWriter;
import org.lesionforge.report.figure.Markup;

/** A link that saves the numbers of a figure or table as a CSV file, which the page itself carries. */
final class DataLink {
    private DataLink() {}

    /**
     * @param label of the figure or table: {@code Figure 5}
     * @param name of the file, without its ending
     */
    static void write(Markup body, String label, String name, List<List<String>> rows) {
        StringWriter text = new StringWriter();
        try (SheetWriter sheet = new SheetWriter(text)) {
            rows.forEach(row -> sheet.row(row.stream().map(DataLink::cell).toList()));
        }
        String data = Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
        body.element(
                "a",
                "Data of " + label,
                "class",
                "data",
                "download",
                name + ".csv",
                "href",
                "data:text/csv;charset=utf-8;base64," + data);
    }

    /** NumberText as such: the minus before one begins no formula. */
    private static Object cell(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return HomePath.shown(text);
        }
    }
}
