package org.lesionforge.report.figure;

/**
 * How a line is told from its neighbours: colour, lightness and dash, by its class in {@code chart.css}. An arm has the
 * same in every chart of a page, and nothing else has an arm's.
 *
 * @param style the class in {@code chart.css}
 */
public record Tone(String style) {
    /** Arms in one chart that all differ. */
    public static final int ARMS = 12;

    /** Lines of another kind in one chart that all differ. */
    static final int PLAIN = 6;

    /**
     * {@return the tone of an arm; after {@value #ARMS} they begin again}
     *
     * @param index of the arm in the run, from 0
     */
    public static Tone ofArm(int index) {
        return new Tone("a" + (index % ARMS + 1));
    }

    /**
     * {@return the tone of what is not an arm: real and synthetic, training and validation; after six they begin again}
     *
     * @param index of the line in its chart, from 0
     */
    public static Tone plain(int index) {
        return new Tone("n" + (index % PLAIN + 1));
    }
}
