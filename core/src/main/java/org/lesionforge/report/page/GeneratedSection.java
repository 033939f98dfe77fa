package org.lesionforge.report.page;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.report.figure.SpectrumChart;
import org.lesionforge.run.GeneratedImages;
import org.lesionforge.run.Results;
import org.lesionforge.run.RunFiles;
import org.lesionforge.run.RunLayout;

/** What tells the images of each generator from real ones: a table of measures and their spectra. */
final class GeneratedSection {
    private final Page page;
    private final List<GeneratedImages> generated;

    GeneratedSection(Page page, RunFiles run) {
        this.page = page;
        generated = run.results().map(Results::generated).orElse(List.of());
    }

    /** Nothing for runs of earlier versions, which did not measure it, and without a generator. */
    void write() {
        List<List<String>> rows = new ArrayList<>();
        for (GeneratedImages images : generated) {
            images.metrics()
                    .forEach(metric -> rows.add(List.of(
                            images.family(),
                            metric.name(),
                            NumberText.plain(metric.value())
                                    + metric.ci95()
                                            .map(GeneratedSection::interval)
                                            .orElse(""),
                            metric.recipe())));
            images.missing()
                    .forEach(missing ->
                            rows.add(List.of(images.family(), missing.key(), "not measured", missing.reason())));
        }
        if (!rows.isEmpty()) {
            page.textTable(
                    "Table S",
                    "What tells the images that were drawn from real ones; equally many of both.",
                    List.of("generator", "measure", "value", "recipe or reason"),
                    rows);
        }
        for (GeneratedImages images : generated) {
            images.findings().forEach(finding -> page.paragraph(images.family() + ": " + finding + "."));
            images.spectrum()
                    .ifPresent(spectrum -> page.figure(
                            "Figure K",
                            "Detail of the images of “" + images.family() + "” and of real ones at " + spectrum.side()
                                    + "×"
                                    + spectrum.side()
                                    + ": mean power by frequency. Lines apart at the right end are a shortage"
                                    + " or a surplus of fine detail; the gap is " + NumberText.plain(spectrum.gap())
                                    + " dB.",
                            SpectrumChart.of(
                                    "figK-spectrum-" + RunLayout.fileName(images.family()),
                                    spectrum.real(),
                                    spectrum.fake())));
        }
    }

    private static String interval(Interval interval) {
        return " (95 % " + NumberText.plain(interval.low()) + " to " + NumberText.plain(interval.high()) + ")";
    }
}
