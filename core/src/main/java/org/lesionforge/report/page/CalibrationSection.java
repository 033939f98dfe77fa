package org.lesionforge.report.page;

import java.util.Arrays;
import java.util.List;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Reliability;
import org.lesionforge.metric.Temperature;
import org.lesionforge.report.ScoredArm;
import org.lesionforge.report.figure.LineChart;
import org.lesionforge.report.figure.Series;
import org.lesionforge.report.figure.Tone;

/** Whether probabilities are to be believed, as trained and with a temperature fitted on the validation part. */
final class CalibrationSection {
    private final Page page;
    private final List<ScoredArm> arms;
    private final SummaryTables tables;

    CalibrationSection(Page page, List<ScoredArm> arms, SummaryTables tables) {
        this.page = page;
        this.arms = arms;
        this.tables = tables;
    }

    void write() {
        page.section("calibration", "Are the probabilities to be believed?");
        if (arms.isEmpty()) {
            page.missing("Figure E and Table J cannot be drawn: no arm has predictions-test.csv with both classes.");
            return;
        }
        page.openRow();
        arms.forEach(this::diagram);
        page.closeRow();
        tables.calibration();
    }

    private void diagram(ScoredArm arm) {
        LineChart chart = new LineChart(
                        "figE-reliability-" + arm.arm().fileName(),
                        arm.title(),
                        "probability of “" + arm.positive() + "”",
                        "share that is")
                .unitSquare();
        chart.add(series("as trained", Tone.plain(0), arm.predictions().outcomes()));
        List<Temperature> temperatures = arm.predictions().temperatures();
        if (!temperatures.isEmpty()) {
            chart.add(
                    series("with temperature", Tone.plain(1), arm.predictions().with(temperatures)));
        }
        page.figure(
                "Figure E",
                "Reliability on the test part, " + Reliability.BINS + " bins. " + arm.title()
                        + (arm.hasSeeds() ? ", all seeds together" : "")
                        + ". On the dotted line, of the images called 70 % positive, 70 % are; below it fewer, above"
                        + " it more. Bins of few images scatter.",
                chart.svg());
    }

    private static Series series(String name, Tone tone, List<Outcomes> seeds) {
        boolean[] positive = new boolean[seeds.stream().mapToInt(Outcomes::size).sum()];
        int next = 0;
        for (Outcomes seed : seeds) {
            System.arraycopy(seed.isPositive(), 0, positive, next, seed.size());
            next += seed.size();
        }
        double[] score = seeds.stream()
                .flatMapToDouble(seed -> Arrays.stream(seed.score()))
                .toArray();
        List<Reliability.Bin> bins =
                Reliability.of(positive, score, Reliability.BINS).bins();
        return new Series(
                name,
                bins.stream().mapToDouble(Reliability.Bin::meanProbability).toArray(),
                bins.stream().mapToDouble(Reliability.Bin::shareOfPositives).toArray(),
                tone,
                Series.Style.POINTS);
    }
}
