package org.lesionforge.report.figure;

/**
 * How a text of a chart is set.
 *
 * @param style its class in {@code chart.css}: colour and weight
 * @param size of the font, in the drawing's unit
 */
record Type(String style, double size, boolean bold) {
    static final Type TITLE = new Type("chart-title", 15, true);
    static final Type HEADING = new Type("heading", 13.5, true);
    static final Type TICK = new Type("tick", 13.5, false);
    static final Type MARK = new Type("tick halo", 13.5, false);
    static final Type LABEL = new Type("axis-label", 13.5, false);
    static final Type CELL = new Type("cell", 13.5, false);
    static final Type COUNT = new Type("count", 22, true);

    /** Not larger than fits into {@code width}. */
    Type fitting(String text, double width) {
        double wide = TextWidth.of(text, this);
        return wide <= width ? this : new Type(style, Math.floor(size * width / wide * 10) / 10, bold);
    }
}
