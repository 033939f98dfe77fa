package org.lesionforge.report.page;

import java.util.List;
import org.lesionforge.metric.CurveBand;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.report.ArmRuns;
import org.lesionforge.report.ScoredArm;
import org.lesionforge.report.figure.Band;
import org.lesionforge.report.figure.LineChart;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.report.figure.Series;
import org.lesionforge.report.figure.Tone;

/** ROC and precision-recall curves with their bands, from the stored predictions. */
final class CurveSection {
    private final Page page;
    private final List<ArmRuns> all;
    private final List<ScoredArm> arms;

    /** @param all the arms of the run, of which {@code arms} have predictions */
    CurveSection(Page page, List<ArmRuns> all, List<ScoredArm> arms) {
        this.page = page;
        this.all = all;
        this.arms = arms;
    }

    void write() {
        if (arms.isEmpty()) {
            page.missing("Curves cannot be drawn: no arm has predictions-test.csv with both classes.");
            return;
        }
        for (int from = 0; from < arms.size(); from += Tone.ARMS) {
            draw(arms.subList(from, Math.min(arms.size(), from + Tone.ARMS)));
        }
        all.stream()
                .filter(arm -> arms.stream().noneMatch(scored -> scored.arm().equals(arm)))
                .forEach(arm -> page.missing("“" + arm.title()
                        + "” has no curve: its predictions-test.csv is not there, or has images of one class alone."));
    }

    private void draw(List<ScoredArm> shown) {
        LineChart roc = new LineChart(
                        "figA-roc", "ROC curves on the test part", "false positive rate", "true positive rate")
                .unitSquare();
        LineChart precision = new LineChart(
                        "figA-precision-recall", "Precision and recall on the test part", "recall", "precision")
                .unitAxes();
        for (ScoredArm arm : shown) {
            List<Outcomes> outcomes = arm.predictions().outcomes();
            List<String> groups = arm.predictions().groups();
            draw(roc, arm, Measure.ROC_AUC, CurveBand.roc(outcomes, groups, ScoredArm.SEED));
            draw(precision, arm, Measure.PR_AUC, CurveBand.precisionRecall(outcomes, groups, ScoredArm.SEED));
        }
        String seeds = shown.stream().anyMatch(ScoredArm::hasSeeds) ? " Mean of the seeds' curves." : "";
        String bands = shown.size() <= LineChart.MOST_BANDS
                ? " Shaded: pointwise 95 % band, bootstrap over groups of test images."
                : " The bands of more than " + LineChart.MOST_BANDS
                        + " arms would cover each other: they are in the figure's data, and intervals in Table H.";
        page.openRow();
        page.figure(
                "Figure A, left",
                "Receiver operating characteristic of “" + shown.get(0).positive() + "”." + seeds + bands
                        + " Dotted diagonal: guessing.",
                roc.svg());
        page.figure(
                "Figure A, right",
                "Precision against recall, likewise; AP is average precision. Guessing has a precision of "
                        + NumberText.fixed(shareOfPositives(), 3) + ", the share of positives.",
                precision.svg());
        page.closeRow();
    }

    private static void draw(LineChart chart, ScoredArm arm, Measure area, CurveBand band) {
        String name = arm.title() + (area == Measure.ROC_AUC ? " (AUC " : " (AP ")
                + NumberText.fixed(arm.predictions().mean(area), 3) + ")";
        chart.add(new Series(name, band.x(), band.y(), arm.tone(), Series.Style.LINE));
        chart.add(new Band(band.x(), band.low(), band.high(), arm.tone()));
    }

    private double shareOfPositives() {
        Outcomes outcomes = arms.get(0).predictions().outcomes().get(0);
        return (double) outcomes.positives() / outcomes.size();
    }
}
