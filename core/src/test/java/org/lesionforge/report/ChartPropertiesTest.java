package org.lesionforge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.report.figure.ChartColours;
import org.lesionforge.report.figure.DrawnChart;
import org.lesionforge.report.figure.DrawnChart.Box;
import org.lesionforge.report.figure.DrawnChart.Text;
import org.lesionforge.report.figure.LineChart;
import org.lesionforge.report.page.Report;

/** What must hold of every drawing, whatever the run: the drawings of generated runs are read back and measured. */
final class ChartPropertiesTest {
    private static final double READABLE = 4.5;

    /** Least difference in CIE lightness, of 100, between two lines of one chart. */
    private static final double LIGHTNESS = 4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void drawingsOfAnyRunCanBeRead(int seed) throws Exception {
        Path run = GeneratedRun.write(folder, new Random(seed), seed + 1);
        Report.write(run);
        List<Path> drawings = drawings(run.resolve("figures"));
        assertTrue(drawings.size() > 3, drawings.toString());
        for (Path drawing : drawings) {
            DrawnChart chart = DrawnChart.read(drawing);
            nothingIsOutside(chart);
            textsAreApart(chart);
            textsCanBeRead(chart);
            axesHaveNumbers(chart);
            linesDiffer(chart);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void confusionMatricesOfAnySizeCanBeRead(int seed) throws Exception {
        Random random = new Random(seed);
        for (int classes = 2; classes <= 7; classes++) {
            DrawnChart chart = DrawnChart.of(GeneratedRun.confusion(random, classes));
            nothingIsOutside(chart);
            textsAreApart(chart);
            textsCanBeRead(chart);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void linesThroughAnyValuesCanBeRead(int seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            LineChart lines = GeneratedRun.lines(random);
            if (!lines.isEmpty()) {
                DrawnChart chart = DrawnChart.of(lines.svg());
                nothingIsOutside(chart);
                textsAreApart(chart);
                axesHaveNumbers(chart);
                linesDiffer(chart);
            }
        }
    }

    private static List<Path> drawings(Path figures) throws Exception {
        try (Stream<Path> files = Files.list(figures)) {
            return files.sorted().toList();
        }
    }

    private static void nothingIsOutside(DrawnChart chart) {
        Box paper = chart.viewBox();
        chart.marks().forEach(mark -> assertTrue(paper.contains(mark), chart.name() + ": " + mark + " in " + paper));
        chart.texts()
                .forEach(text -> assertTrue(paper.contains(text.box()), chart.name() + ": " + text + " in " + paper));
    }

    private static void textsAreApart(DrawnChart chart) {
        List<Text> texts = chart.texts();
        for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertFalse(
                        texts.get(i).box().overlaps(texts.get(j).box()),
                        chart.name() + ": " + texts.get(i) + " on " + texts.get(j));
            }
        }
    }

    private static void textsCanBeRead(DrawnChart chart) {
        for (ChartColours theme : List.of(ChartColours.light(), ChartColours.dark())) {
            for (Text text : chart.texts()) {
                double contrast = theme.contrast(text.style(), chart.opacityBelow(text));
                assertTrue(contrast >= READABLE, chart.name() + ": " + text + " has a contrast of " + contrast);
            }
        }
    }

    private static void axesHaveNumbers(DrawnChart chart) {
        if (chart.name().contains("confusion")) {
            return;
        }
        List<Text> numbers = chart.texts().stream()
                .filter(text -> text.style().equals("tick"))
                .filter(text -> text.text().matches("−?[0-9.,]+(e−?[0-9]+)?"))
                .toList();
        Set<String> across = new HashSet<>();
        Set<String> up = new HashSet<>();
        for (Text text : numbers) {
            boolean sameRow = numbers.stream()
                    .anyMatch(other -> other.y() == text.y() && !other.text().equals(text.text()));
            (sameRow ? across : up).add(text.text());
        }
        assertTrue(across.size() >= 2, chart.name() + ": across " + across);
        if (!chart.name().startsWith("fig0")) {
            assertTrue(up.size() >= 2, chart.name() + ": up " + up);
        }
    }

    private static void linesDiffer(DrawnChart chart) {
        List<String> lines = chart.lineStyles();
        assertEquals(lines.size(), new HashSet<>(lines).size(), chart.name() + ": " + lines);
        for (ChartColours theme : List.of(ChartColours.light(), ChartColours.dark())) {
            List<String> dashes = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                dashes.add(theme.dash(lines.get(i)));
                for (int j = 0; j < i; j++) {
                    double apart = Math.abs(theme.lightness(lines.get(i)) - theme.lightness(lines.get(j)));
                    assertTrue(apart >= LIGHTNESS, chart.name() + ": " + lines.get(i) + ", " + lines.get(j));
                }
            }
            assertEquals(dashes.size(), new HashSet<>(dashes).size(), chart.name() + ": " + dashes);
        }
    }
}
