package org.lesionforge.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lesionforge.report.figure.Markup;
import org.lesionforge.report.figure.Resources;
import org.lesionforge.report.figure.Svg;

/**
 * The page under construction: a header, then sections with tables, figures, images, and remarks on what is not there. Every figure and table
 * has a number of its own, and an address by it.
 */
final class Page {
    private final Markup header = new Markup();
    private final Markup sections = new Markup();
    private final Markup contents = new Markup();
    private final List<Svg> figures = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final Path run;
    private Markup body = header;

    /** @param run whose files it shows */
    Page(Path run) {
        this.run = run;
    }

    /** Raw access for what only one section needs. */
    Markup body() {
        return body;
    }

    /** Every drawing so far, in order. */
    List<Svg> figures() {
        return List.copyOf(figures);
    }

    /** Begins a section that is folded until the reader opens it or follows a link into it; prints unfolded. */
    void section(String id, String title) {
        section(id, title, new String[] {});
    }

    /** Begins a section that everybody should see. Together they are to stay within ten screens, whatever the run. */
    void openSection(String id, String title) {
        section(id, title, new String[] {"open", "open"});
    }

    private void section(String id, String title, String[] state) {
        endSection();
        body = sections;
        contents.open("li").element("a", title, "href", "#" + unique(id)).close();
        // A link to something inside of what is folded unfolds it, one to the fold itself would not.
        body.line().open("section").open("details", state).open("summary").element("h2", title);
        body.close().line().open("div", "id", id, "class", "content").line();
    }

    private void endSection() {
        if (body == sections) {
            body.close().close().close().line();
        }
    }

    void paragraph(String text) {
        body.element("p", text).line();
    }

    /** Says what cannot be shown, and why. */
    void missing(String text) {
        body.element("p", text, "class", "missing").line();
    }

    /** Starts a row of figures that stand side by side where there is room. */
    void openRow() {
        body.open("div", "class", "row").line();
    }

    void closeRow() {
        body.close().line();
    }

    /** Keeps what follows in one column of a row, under a heading unless that is empty. */
    void openGroup(String heading) {
        body.open("div");
        if (!heading.isEmpty()) {
            body.element("h3", heading);
        }
    }

    void closeGroup() {
        body.close().line();
    }

    /** @param label of its kind, such as {@code Figure E}; the second of a label is Figure E.2 */
    void figure(String label, String caption, Svg drawing) {
        Svg named = drawing.withId(unique(drawing.id()));
        figures.add(named);
        String number = numbered(label);
        body.open("figure", "id", address(number)).raw(named.inline());
        body.open("figcaption");
        caption(number, caption);
        body.text(" ");
        DataLink.write(body, number, address(number), named.data());
        body.close().close().line();
    }

    /** A PNG of the run, carried in the page itself. */
    void image(String label, String caption, String alternative, Path png) throws IOException {
        String number = numbered(label);
        String data = Base64.getEncoder().encodeToString(Files.readAllBytes(png));
        body.open("figure", "id", address(number))
                .empty("img", "alt", alternative, "src", "data:image/png;base64," + data);
        body.open("figcaption");
        caption(number, caption);
        body.text(" File " + run.relativize(png).toString().replace('\\', '/') + ".");
        body.close().close().line();
    }

    private void caption(String number, String caption) {
        body.element("strong", number + ".").text(" " + caption);
    }

    /** The first column names the row; the others are numbers. */
    void table(String label, String caption, List<String> header, List<List<String>> rows) {
        table(label, caption, "numbers", header, rows);
    }

    /** All columns are text. */
    void textTable(String label, String caption, List<String> header, List<List<String>> rows) {
        table(label, caption, "words", header, rows);
    }

    private void table(String label, String caption, String style, List<String> header, List<List<String>> rows) {
        String number = numbered(label);
        String id = address(number);
        // Above what scrolls, not in it: a caption as wide as the table could not be read without scrolling.
        body.open("p", "class", "caption", "id", id);
        caption(number, caption);
        body.close();
        // What scrolls must be reached by the keyboard, and then it needs a name.
        body.open("div", "class", "table", "role", "region", "aria-label", number, "tabindex", "0");
        body.open("table", "class", style, "aria-labelledby", id).open("thead").open("tr");
        header.forEach(cell -> body.element("th", cell, "scope", "col"));
        body.close().close().open("tbody");
        for (List<String> row : rows) {
            body.open("tr").element("th", row.get(0), "scope", "row");
            row.subList(1, row.size()).forEach(cell -> body.element("td", cell));
            body.close();
        }
        body.close().close().close();
        List<List<String>> data = new ArrayList<>(List.of(header));
        data.addAll(rows);
        body.open("p", "class", "soft");
        DataLink.write(body, number, id, data);
        body.close().line();
    }

    private String numbered(String label) {
        String number = label;
        for (int i = 2; !taken.add(address(number)); i++) {
            number = label + "." + i;
        }
        return number;
    }

    private String unique(String id) {
        String other = id;
        for (int i = 2; !taken.add(other); i++) {
            other = id + "-" + i;
        }
        return other;
    }

    /** {@code figure-7-left}. */
    private static String address(String number) {
        return number.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** The finished document. */
    String html(String title) {
        endSection();
        Markup page = new Markup();
        page.raw("<!DOCTYPE html>\n")
                .open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml")
                .open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.element("title", title);
        page.open("style")
                .raw(Resources.text("chart.css"))
                .raw(Resources.text("page.css"))
                .close();
        page.close().line().open("body");
        page.open("nav", "aria-label", "Contents")
                .open("ol")
                .raw(contents.toString())
                .close()
                .close();
        page.open("header").raw(header.toString()).close();
        page.open("main").raw(sections.toString()).close();
        return page.close().close().toString() + "\n";
    }
}
