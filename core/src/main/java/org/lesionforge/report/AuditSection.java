package org.lesionforge.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the audit found in the data set, in words, numbers and pictures. */
final class AuditSection {
    private static final int SHOWN_PAIRS = 24;

    private final Page page;
    private final RunFiles run;
    private final JsonNode audit;

    AuditSection(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
        audit = run.tree("audit/audit.json");
    }

    void write() throws IOException {
        page.section("audit", "Audit of the data set");
        if (audit.isMissingNode()) {
            page.missing("The data set was not audited in this run: there is no audit/audit.json.");
            return;
        }
        page.body().open("ul");
        for (JsonNode finding : audit.path("findings")) {
            page.body()
                    .open("li")
                    .element("strong", finding.path("level").asText() + ":")
                    .text(" " + finding.path("text").asText())
                    .close();
        }
        page.body().close();
        confounders();
        pairs("copies", "Pairs of images that show the same photograph, worst first");
        pairs("look_alikes", "Pairs of images that a network finds alike, worst first");
    }

    private void confounders() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode each : audit.path("confounders")) {
            rows.add(List.of(
                    each.path("name").asText(),
                    Numbers.fixed(Numbers.of(each.path("auc")), 3),
                    Numbers.fixed(Numbers.of(each.path("ci95").path(0)), 3) + " – "
                            + Numbers.fixed(Numbers.of(each.path("ci95").path(1)), 3),
                    each.path("verdict").asText()));
        }
        page.textTable(
                "",
                "How well something that is no property of the lesion tells the class by itself (cross-validated AUC; 0.5 is "
                        + "chance).",
                List.of("seen alone", "AUC", "95 % interval", "verdict"),
                rows);
    }

    private void pairs(String key, String caption) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        JsonNode pairs = audit.path(key).path("pairs");
        for (int i = 0; i < Math.min(SHOWN_PAIRS, pairs.size()); i++) {
            JsonNode pair = pairs.get(i);
            rows.add(List.of(
                    image(pair, "a"),
                    image(pair, "b"),
                    pair.path("how").asText(Numbers.NONE),
                    Numbers.fixed(Numbers.of(pair.path("similarity")), 3),
                    Numbers.fixed(Numbers.of(pair.path("cosine")), 3)));
        }
        if (rows.isEmpty()) {
            return;
        }
        page.textTable(
                "",
                caption + " (" + rows.size() + " of " + pairs.size() + "; all are in audit.json).",
                List.of("image", "and", "the one lies in the other", "similarity", "cosine"),
                rows);
        String picture = "audit/" + key.replace('_', '-') + ".png";
        if (run.file(picture).isPresent()) {
            page.image(
                    "",
                    "The same pairs, row by row.",
                    caption,
                    run.file(picture).get());
        }
    }

    private static String image(JsonNode pair, String side) {
        return pair.path(side).asText() + " (" + pair.path("part_" + side).asText() + ", "
                + pair.path("label_" + side).asText() + ")";
    }
}
