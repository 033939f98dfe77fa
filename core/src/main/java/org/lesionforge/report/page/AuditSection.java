package org.lesionforge.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.AuditRecord;
import org.lesionforge.run.AuditRecord.Confounder;
import org.lesionforge.run.AuditRecord.Pair;
import org.lesionforge.run.RunFiles;

/** What the audit found in the data set, in words, numbers and pictures. */
final class AuditSection {
    private static final int SHOWN_PAIRS = 24;

    private final Page page;
    private final RunFiles run;
    private final Optional<AuditRecord> audit;

    AuditSection(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
        audit = run.audit();
    }

    void write() throws IOException {
        page.section("audit", "Audit of the data set");
        if (audit.isEmpty()) {
            page.missing("The data set was not audited in this run: there is no audit/audit.json.");
            return;
        }
        page.body().open("ul");
        for (AuditRecord.Finding finding : audit.get().findings()) {
            page.body()
                    .open("li")
                    .element("strong", finding.level().word() + ":")
                    .text(" " + finding.text())
                    .close();
        }
        page.body().close();
        confounders(audit.get().confounders());
        pairs(audit.get().copies().pairs(), "copies.png", "Pairs of images that show the same photograph, worst first");
        pairs(
                audit.get().lookAlikes().pairs(),
                "look-alikes.png",
                "Pairs of images that a network finds alike, worst first");
    }

    private void confounders(List<Confounder> confounders) {
        List<List<String>> rows = new ArrayList<>();
        for (Confounder each : confounders) {
            rows.add(List.of(
                    each.name(),
                    NumberText.fixed(each.auc(), 3),
                    NumberText.fixed(each.ci95().low(), 3) + " – "
                            + NumberText.fixed(each.ci95().high(), 3),
                    each.verdict()));
        }
        page.textTable(
                "Table L",
                "How well something that is not a property of the lesion tells the class by itself (cross-validated AUC; 0.5 is "
                        + "chance).",
                List.of("seen alone", "AUC", "95 % interval", "verdict"),
                rows);
    }

    private void pairs(List<Pair> pairs, String picture, String caption) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Pair pair : pairs.subList(0, Math.min(SHOWN_PAIRS, pairs.size()))) {
            rows.add(List.of(
                    image(pair.a(), pair.partA(), pair.labelA()),
                    image(pair.b(), pair.partB(), pair.labelB()),
                    pair.how().orElse(NumberText.NONE),
                    NumberText.fixed(pair.similarity().orElse(Double.NaN), 3),
                    NumberText.fixed(pair.cosine().orElse(Double.NaN), 3)));
        }
        if (rows.isEmpty()) {
            return;
        }
        page.textTable(
                "Table M",
                caption + " (" + rows.size() + " of " + pairs.size() + "; all are in audit.json).",
                List.of("image", "and", "transform", "similarity", "cosine"),
                rows);
        Path sheet = run.layout().audit().resolve(picture);
        if (Files.isRegularFile(sheet)) {
            page.image("Figure I", "The same pairs, row by row.", caption, sheet);
        }
    }

    private static String image(String id, String part, String label) {
        return id + " (" + part + ", " + label + ")";
    }
}
