package org.lesionforge.report.page;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunFiles;
import org.lesionforge.run.arm.FilteredClass;

/** How many of the images that were drawn a classifier has chosen, and by which thresholds: a table. */
final class FilterSection {
    private final Page page;
    private final List<ArmResult> arms;

    FilterSection(Page page, RunFiles run) {
        this.page = page;
        arms = run.results().map(Results::arms).orElse(List.of());
    }

    /** Nothing without arms that are filtered. */
    void write() {
        // Every classifier was trained on the same images.
        String classifier = arms.isEmpty() ? "" : arms.get(0).classifier();
        List<List<String>> rows = new ArrayList<>();
        for (ArmResult arm : arms) {
            if (arm.classifier().equals(classifier)) {
                arm.images().map(Results.Images::filtered).orElse(List.of()).forEach(set -> rows.add(row(arm, set)));
            }
        }
        if (!rows.isEmpty()) {
            page.textTable(
                    "Table T",
                    "Images that the classifier of arm none chose among those drawn. Both thresholds are taken from validation"
                            + " images of the class; each image that was turned away is counted once, under its first reason.",
                    List.of(
                            "arm",
                            "seed",
                            "class",
                            "drawn",
                            "kept",
                            "near-copies",
                            "below the confidence",
                            "beyond the distance",
                            "least confidence",
                            "greatest distance"),
                    rows);
        }
    }

    private static List<String> row(ArmResult arm, FilteredClass set) {
        return List.of(
                arm.name(),
                arm.seed() + arm.fold().map(fold -> ", fold " + fold).orElse(""),
                set.className(),
                Integer.toString(set.drawn()),
                Integer.toString(set.kept()),
                Integer.toString(set.nearCopies()),
                Integer.toString(set.belowConfidence()),
                Integer.toString(set.beyondDistance()),
                NumberText.fixed(set.leastConfidence(), 3),
                NumberText.fixed(set.greatestDistance(), 3));
    }
}
