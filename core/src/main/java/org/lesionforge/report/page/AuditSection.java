package org.lesionforge.report.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.RunFiles;

/** What the audit found in the data set, in words, numbers and pictures. */
final class AuditSection {
    private static final int SHOWN_PAIRS = 24;
    private static final int AUDIT_VERSION = 1;
    private static final Set<String> LEVELS = Set.of("leak", "warning", "note");

    private final Page page;
    private final RunFiles run;
    private final Optional<JsonObject> audit;

    AuditSection(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
        audit = run.object("audit/audit.json").map(found -> found.requireVersion(AUDIT_VERSION));
    }

    void write() throws IOException {
        page.section("audit", "Audit of the data set");
        if (audit.isEmpty()) {
            page.missing("The data set was not audited in this run: there is no audit/audit.json.");
            return;
        }
        page.body().open("ul");
        for (JsonObject finding : audit.get().objects("findings")) {
            page.body()
                    .open("li")
                    .element("strong", finding.word("level", LEVELS) + ":")
                    .text(" " + finding.text("text"))
                    .close();
        }
        page.body().close();
        confounders(audit.get());
        pairs(audit.get(), "copies", "Pairs of images that show the same photograph, worst first");
        pairs(audit.get(), "look_alikes", "Pairs of images that a network finds alike, worst first");
    }

    private void confounders(JsonObject audit) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject each : audit.objects("confounders")) {
            rows.add(List.of(
                    each.text("name"),
                    NumberText.fixed(each.number("auc"), 3),
                    NumberText.fixed(each.numbers("ci95", 2)[0], 3) + " – "
                            + NumberText.fixed(each.numbers("ci95", 2)[1], 3),
                    each.text("verdict")));
        }
        page.textTable(
                "Table L",
                "How well something that is not a property of the lesion tells the class by itself (cross-validated AUC; 0.5 is "
                        + "chance).",
                List.of("seen alone", "AUC", "95 % interval", "verdict"),
                rows);
    }

    private void pairs(JsonObject audit, String key, String caption) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        List<JsonObject> pairs = audit.object(key).objects("pairs");
        for (int i = 0; i < Math.min(SHOWN_PAIRS, pairs.size()); i++) {
            JsonObject pair = pairs.get(i);
            rows.add(List.of(
                    image(pair, "a"),
                    image(pair, "b"),
                    pair.isNull("how") ? NumberText.NONE : pair.text("how"),
                    NumberText.fixed(pair.numberOrNull("similarity"), 3),
                    NumberText.fixed(pair.numberOrNull("cosine"), 3)));
        }
        if (rows.isEmpty()) {
            return;
        }
        page.textTable(
                "Table M",
                caption + " (" + rows.size() + " of " + pairs.size() + "; all are in audit.json).",
                List.of("image", "and", "transform", "similarity", "cosine"),
                rows);
        String picture = "audit/" + key.replace('_', '-') + ".png";
        if (run.file(picture).isPresent()) {
            page.image(
                    "Figure I",
                    "The same pairs, row by row.",
                    caption,
                    run.file(picture).get());
        }
    }

    private static String image(JsonObject pair, String side) {
        return pair.text(side) + " (" + pair.text("part_" + side) + ", " + pair.text("label_" + side) + ")";
    }
}
