package org.lesionforge.report.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.CsvTable;
import org.lesionforge.report.figure.LineChart;
import org.lesionforge.report.figure.Series;
import org.lesionforge.report.figure.Tone;
import org.lesionforge.run.RunFiles;

/** How near synthetic images are to those that the GAN was shown, beside real images that it was not shown. */
final class MemorisationSection {
    private final Page page;
    private final RunFiles run;

    MemorisationSection(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
    }

    /** What the tables of similarities say together. */
    private static final class Similarities {
        private final List<Double> values = new ArrayList<>();
        private int dropped;

        void read(Path table) {
            CsvTable.forEach(table, row -> {
                values.add(row.number("similarity"));
                dropped += row.optional("kept").filter("false"::equals).isPresent() ? 1 : 0;
            });
        }

        double[] sorted() {
            double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            return sorted;
        }
    }

    void write() {
        // Of several splits, each has a generator of every family.
        Map<String, String> families = new LinkedHashMap<>();
        run.allGenerators().forEach(gan -> families.putIfAbsent(gan.family(), gan.title()));
        boolean drawn = false;
        for (Map.Entry<String, String> family : families.entrySet()) {
            drawn |= write(family.getKey(), families.size() == 1 ? "the generator" : "the " + family.getValue());
        }
        if (!drawn) {
            page.missing(
                    "Figure G cannot be drawn: no synthetic images have been compared with training images, so that"
                            + " there is no similarity.csv.");
        }
    }

    /** Whether there is anything to draw. */
    private boolean write(String family, String generator) {
        Similarities synthetic = new Similarities();
        Similarities heldOut = new Similarities();
        run.similarities(family).forEach(synthetic::read);
        run.heldOutSimilarities(family).forEach(heldOut::read);
        if (synthetic.values.isEmpty()) {
            return false;
        }
        LineChart chart = new LineChart(
                        "figG-memorisation",
                        "Similarity to the nearest training image",
                        "correlation of 32×32 thumbnails, best of eight positions",
                        "share of images at most this similar")
                .unitHeight()
                .add(cumulative("synthetic images", synthetic, Tone.plain(1)));
        if (!heldOut.values.isEmpty()) {
            chart.add(cumulative("held-out real images", heldOut, Tone.plain(0)));
        }
        page.figure(
                "Figure G",
                "Does " + generator + " copy? " + synthetic.values.size() + " images were drawn and "
                        + synthetic.dropped
                        + " dropped as near-copies of training images, before any classifier saw them. A curve of synthetic"
                        + " images to the right of that of real ones, which the GAN was not shown, is a sign of copying;"
                        + " blurred images move to the right, too.",
                chart.svg());
        return true;
    }

    private static Series cumulative(String name, Similarities similarities, Tone tone) {
        double[] x = similarities.sorted();
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (i + 1.0) / x.length;
        }
        return new Series(name, x, y, tone, Series.Style.LINE);
    }
}
