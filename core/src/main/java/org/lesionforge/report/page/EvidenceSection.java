package org.lesionforge.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.image.file.PngText;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunConfig;
import org.lesionforge.run.RunFiles;
import org.lesionforge.run.RunFiles.ArmFolder;
import org.lesionforge.run.RunLayout.EvidenceMaps;

/** What each arm's first classifier looks at. */
final class EvidenceSection {
    /** Of so many places on a side and fewer a map of evidence says nothing about where. */
    private static final int TOO_FEW = 2;

    private final Page page;
    private final RunFiles run;

    EvidenceSection(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
    }

    void write() throws IOException {
        page.section("evidence", "What the classifiers look at");
        Set<String> shown = new HashSet<>();
        Optional<EvidenceMaps> coarse = Optional.empty();
        for (ArmFolder arm : run.armFolders()) {
            Optional<Path> sheet =
                    Optional.of(run.layout().evidence(arm.name())).filter(Files::isRegularFile);
            Optional<EvidenceMaps> maps = sheet.flatMap(this::maps);
            if (maps.filter(map -> map.places() <= TOO_FEW).isPresent()) {
                coarse = maps;
                continue;
            }
            if (sheet.isEmpty()
                    || !shown.add(arm.entry().map(EvidenceSection::shownOnce).orElse(arm.name()))) {
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
        if (shown.isEmpty() && coarse.isPresent()) {
            page.missing("There is no Figure F: the classifiers saw images "
                    + run.config()
                            .flatMap(RunConfig::inputSize)
                            .map(size -> "of " + size + " pixels, ")
                            .orElse("")
                    + "of which " + coarse.get().network() + "'s last feature map has "
                    + coarse.get().places() + " × " + coarse.get().places()
                    + " places. A map of so few cannot tell the lesion from what lies beside it; from "
                    + (TOO_FEW + 1) + " × " + (TOO_FEW + 1) + " on it is shown.");
        } else if (shown.isEmpty()) {
            page.missing("There is no Figure F: no classifier's maps are in examples/evidence-*.png.");
        } else {
            page.closeRow();
        }
    }

    /** Of all seeds, one is shown. */
    private static String shownOnce(ArmResult arm) {
        return arm.name() + " " + arm.classifier();
    }

    /** What the sheet says of itself; those of version 0.1 say nothing, and were all made by one network. */
    private Optional<EvidenceMaps> maps(Path sheet) {
        return EvidenceMaps.of(PngText.read(sheet)).or(() -> run.config()
                .flatMap(RunConfig::inputSize)
                .map(size -> new EvidenceMaps("Inception V3", featureMap(size))));
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
