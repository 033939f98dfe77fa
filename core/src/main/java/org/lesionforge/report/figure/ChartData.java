package org.lesionforge.report.figure;

import java.util.ArrayList;
import java.util.List;

/** The values behind the lines of a chart, as a table. */
record ChartData(String xName, String yName) {
    /** Of a line of more values the table has those that are drawn: of each bin the smallest and the largest. */
    private static final int BINS = 1000;

    List<List<String>> of(List<Series> lines, List<Band> bands) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("line", xName, yName, "low", "high"));
        for (Series series : lines) {
            Series shown = series.thinned(BINS);
            Band band = bands.stream()
                    .filter(found -> found.tone().equals(series.tone()) && found.x().length == shown.x().length)
                    .findFirst()
                    .orElse(null);
            for (int i = 0; i < shown.y().length; i++) {
                rows.add(List.of(
                        series.name(),
                        Double.toString(shown.x()[i]),
                        Double.toString(shown.y()[i]),
                        band == null ? "" : Double.toString(band.low()[i]),
                        band == null ? "" : Double.toString(band.high()[i])));
            }
        }
        return rows;
    }
}
