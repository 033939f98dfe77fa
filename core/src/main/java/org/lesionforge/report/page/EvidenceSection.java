package org.lesionforge.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunConfig;
import org.lesionforge.run.RunFiles;
import org.lesionforge.run.RunFiles.ArmFolder;

/** What each arm's first classifier looks at. */
final class EvidenceSection {
    /** Below it the net's last feature map has so few places that a map of evidence says nothing about where. */
    private static final int SMALLEST = 140;

    private final Page page;
    private final RunFiles run;

    EvidenceSection(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
    }

    void write() throws IOException {
        page.section("evidence", "What the classifiers look at");
        Optional<Integer> size = run.config().flatMap(RunConfig::inputSize);
        if (size.isPresent() && size.get() < SMALLEST) {
            int places = featureMap(size.get());
            page.missing("There is no Figure F: the classifiers saw images of " + size.get()
                    + " pixels, of which Inception V3's last feature map has " + places + " × " + places
                    + " places (8 × 8 of 299 pixels). A map of so few cannot tell the lesion from what lies beside it; from "
                    + SMALLEST + " pixels on it is shown.");
            return;
        }
        Set<String> shown = new HashSet<>();
        for (ArmFolder arm : run.armFolders()) {
            Optional<Path> sheet =
                    Optional.of(run.layout().evidence(arm.name())).filter(Files::isRegularFile);
            if (sheet.isEmpty() || !shown.add(arm.entry().map(ArmResult::name).orElse(arm.name()))) {
                continue;
            }
            if (shown.size() == 1) {
                page.paragraph("Test images, each beside itself with a map: orange speaks for “"
                        + run.results().map(Results::positive).orElse(NumberText.NONE)
                        + "”, blue against it. Rows: positives found, positives missed, false alarms, others left alone;"
                        + " of each the three that the classifier was surest of. A map that lights up a ruler, a hair or the"
                        + " border of the picture is a reason for doubt; one that lights up the lesion is not proof.");
                page.openRow();
            }
            String title = arm.title();
            page.image("Figure F", title + ".", "Test images and maps of evidence, " + title, sheet.get());
        }
        if (shown.isEmpty()) {
            page.missing("There is no Figure F: no classifier's maps are in examples/evidence-*.png.");
        } else {
            page.closeRow();
        }
    }

    /** The side of what Inception V3's convolutions and poolings leave of an image (torchvision's {@code inception.py}). */
    static int featureMap(int side) {
        int stem = halved(halved(side) - 2);
        return halved(halved(halved(stem - 2)));
    }

    /** A window of three by three, every second place, no padding. */
    private static int halved(int side) {
        return (side - 3) / 2 + 1;
    }
}
