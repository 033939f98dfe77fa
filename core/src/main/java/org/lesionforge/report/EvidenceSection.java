package org.lesionforge.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.report.RunFiles.ArmFolder;

/** What each arm's first classifier looks at. */
final class EvidenceSection {
    private final Page page;
    private final RunFiles run;

    EvidenceSection(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
    }

    void write() throws IOException {
        Set<String> shown = new HashSet<>();
        for (ArmFolder arm : run.armFolders()) {
            Optional<Path> sheet = run.file("examples/evidence-" + arm.name() + ".png");
            if (sheet.isEmpty()
                    || !shown.add(arm.entry().map(entry -> entry.text("name")).orElse(arm.name()))) {
                continue;
            }
            if (shown.size() == 1) {
                page.section("evidence", "What the classifiers look at");
                page.paragraph("Test images, each beside itself with a map: orange speaks for “"
                        + run.results().map(results -> results.text("positive")).orElse(Numbers.NONE)
                        + "”, blue against it. Rows: positives found, positives missed, false alarms, others left alone;"
                        + " of each the three that the classifier was surest of. A map that lights up a ruler, a hair or the"
                        + " border of the picture is a reason for doubt; one that lights up the lesion is no proof.");
                page.openRow();
            }
            String title = arm.title();
            page.image("Figure F", title + ".", "Test images and maps of evidence, " + title, sheet.get());
        }
        if (!shown.isEmpty()) {
            page.closeRow();
        }
    }
}
