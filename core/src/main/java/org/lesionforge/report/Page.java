package org.lesionforge.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The page under construction: sections, tables, figures, images, and remarks on what is not there. */
final class Page {
    private final Markup body = new Markup();
    private final Markup contents = new Markup();
    private final List<Svg> figures = new ArrayList<>();
    private boolean inSection;

    /** Raw access for what only one section needs. */
    Markup body() {
        return body;
    }

    /** Every drawing so far, in order. */
    List<Svg> figures() {
        return List.copyOf(figures);
    }

    void section(String id, String title) {
        endSection();
        contents.open("li").element("a", title, "href", "#" + id).close();
        body.line().open("section", "id", id).element("h2", title).line();
        inSection = true;
    }

    private void endSection() {
        if (inSection) {
            body.close().line();
            inSection = false;
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

    void figure(String label, String caption, Svg drawing) {
        figures.add(drawing);
        body.open("figure").raw(drawing.inline());
        caption(label, caption);
        body.close().line();
    }

    /** A stored PNG, carried in the page itself. */
    void image(String label, String caption, String alternative, Path png) throws IOException {
        String data = Base64.getEncoder().encodeToString(Files.readAllBytes(png));
        body.open("figure").empty("img", "alt", alternative, "src", "data:image/png;base64," + data);
        caption(label, caption);
        body.close().line();
    }

    private void caption(String label, String caption) {
        body.open("figcaption");
        if (!label.isEmpty()) {
            body.element("strong", label + ".").text(" ");
        }
        body.text(caption).close();
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
        body.open("div", "class", "table").open("table", "class", style).open("caption");
        if (!label.isEmpty()) {
            body.element("strong", label + ".").text(" ");
        }
        body.text(caption).close().open("thead").open("tr");
        header.forEach(cell -> body.element("th", cell, "scope", "col"));
        body.close().close().open("tbody");
        for (List<String> row : rows) {
            body.open("tr").element("th", row.get(0), "scope", "row");
            row.subList(1, row.size()).forEach(cell -> body.element("td", cell));
            body.close();
        }
        body.close().close().close().line();
    }

    /** The finished document. */
    String html(String title, String header) {
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
        page.close().line().open("body").raw(header);
        page.open("nav", "aria-label", "Contents")
                .open("ol")
                .raw(contents.toString())
                .close()
                .close();
        page.open("main").raw(body.toString()).close();
        return page.close().close().toString() + "\n";
    }
}
