package org.lesionforge.report.figure;

import java.util.List;

/**
 * One drawing.
 *
 * @param id unique on the page and the name of the file
 * @param width in the drawing's unit
 * @param height in the drawing's unit
 * @param title what it shows, in a few words
 * @param description what a person who cannot see it needs to know
 * @param data what is drawn: the lines of a table, header first
 * @param body the content of the {@code <svg>} element
 */
public record Svg(
        String id, int width, int height, String title, String description, List<List<String>> data, String body) {
    /**
     * {@return the same drawing under another id}
     *
     * @param other unique on the page
     */
    public Svg withId(String other) {
        return new Svg(other, width, height, title, description, data, body);
    }

    /** {@return the {@code <svg>} element for an HTML page that holds the style sheet {@code chart.css}} */
    public String inline() {
        return markup("");
    }

    /** {@return the content of a file of its own, with its style sheet} */
    public String standalone() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + markup(Resources.text("chart.css")) + "\n";
    }

    private String markup(String style) {
        Markup svg = new Markup();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                "chart",
                "viewBox",
                "0 0 " + width + " " + height,
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-desc");
        svg.element("title", title, "id", id + "-title").element("desc", description, "id", id + "-desc");
        if (!style.isEmpty()) {
            svg.open("style").raw(style).close();
        }
        svg.empty("rect", "class", "paper", "x", "0", "y", "0", "width", "" + width, "height", "" + height);
        return svg.raw(body).close().toString();
    }
}
