package org.lesionforge.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.report.RunFiles;
import org.lesionforge.report.figure.NumberText;

/** What went in and how it can be checked: data, leakage proof, configuration, provenance. */
final class RecordSections {
    private static final int LONGEST_LIST = 12;

    private final Page page;
    private final RunFiles run;

    RecordSections(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
    }

    void data() throws IOException {
        page.section("data", "Data");
        if (run.file("examples/examples.png").isPresent()) {
            String rows = "one class a row" + classesFromTheTop();
            page.image(
                    "Figure 1",
                    "Examples of the data set, " + rows + ".",
                    "Example images, " + rows,
                    run.file("examples/examples.png").get());
        } else {
            page.missing("Figure 1 cannot be shown yet: examples/examples.png is not there.");
        }
        parts();
        licences();
    }

    private String classesFromTheTop() {
        return run.results()
                .map(results -> ", from the top: "
                        + String.join(", ", results.object("dataset").texts("classes")))
                .orElse("");
    }

    private void parts() {
        if (run.results().isEmpty()) {
            page.missing("The counts per part are not known yet: results.json is not there.");
            return;
        }
        JsonObject dataset = run.results().get().object("dataset");
        List<String> classes = dataset.texts("classes");
        List<String> header = new ArrayList<>(List.of("part"));
        header.addAll(classes);
        header.add("synthetic");
        List<List<String>> rows = new ArrayList<>();
        JsonObject parts = dataset.object("parts");
        parts.keys().forEach(part -> rows.add(counts(part, parts.object(part), classes, 0)));
        for (JsonObject arm : run.listed("arms")) {
            rows.add(counts(
                    "train, " + arm.text("title") + ", seed " + arm.wholeNumber("seed"),
                    arm.object("train"),
                    classes,
                    arm.integer("synthetic")));
        }
        page.table(
                "Table A",
                "Images per part and class, and what each arm was trained on (“synthetic” are among its images).",
                header,
                rows);
    }

    private void licences() {
        Map<String, Long> images = new LinkedHashMap<>();
        run.results()
                .map(results -> results.object("dataset").object("licences"))
                .ifPresent(licences ->
                        licences.keys().forEach(licence -> images.put(licence, licences.wholeNumber(licence))));
        new LicenceText(images).write(page, "Licences of the images");
    }

    private static List<String> counts(String name, JsonObject part, List<String> classes, int synthetic) {
        List<String> row = new ArrayList<>(List.of(name));
        classes.forEach(c -> row.add(Integer.toString(part.integer(c))));
        row.add(Integer.toString(synthetic));
        return row;
    }

    void imageQuality() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject arm : run.listed("arms")) {
            for (JsonObject metric : metrics(arm)) {
                double std = metric.numberOrNull("std");
                rows.add(List.of(
                        metric.text("name"),
                        NumberText.plain(metric.number("value"))
                                + (Double.isFinite(std) ? " ± " + NumberText.plain(std) : ""),
                        metric.text("recipe") + ", arm seed " + arm.wholeNumber("seed")));
            }
        }
        if (rows.isEmpty()) {
            page.missing("There is no Table D: no arm has synthetic images whose quality was measured.");
        } else {
            page.textTable(
                    "Table D", "Quality of the synthetic images used.", List.of("metric", "value", "recipe"), rows);
        }
    }

    /** Of the images that an arm was given; null stands for an arm without synthetic images. */
    private static List<JsonObject> metrics(JsonObject arm) {
        return arm.isNull("images") ? List.of() : arm.object("images").objects("metrics");
    }

    void leakage() {
        page.section("leakage", "Proof that nothing leaked");
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject check : run.listed("leakage")) {
            rows.add(List.of(
                    check.text("check"), check.flag("holds") ? "✓ holds" : "✗ DOES NOT HOLD", check.text("detail")));
        }
        if (rows.isEmpty()) {
            page.missing("The checks are not there yet: results.json has no “leakage”.");
            return;
        }
        page.textTable("Table E", "Checked on the images' identifiers.", List.of("check", "result", "detail"), rows);
    }

    void configuration() {
        page.section("provenance", "Configuration and provenance");
        settings("Table F", "The resolved options.", "config.json");
        settings("Table G", "Where these results come from.", "provenance.json");
    }

    private void settings(String label, String caption, String file) {
        List<List<String>> rows = new ArrayList<>();
        run.object(file).ifPresent(settings -> flatten("", settings.tree(), rows));
        if (rows.isEmpty()) {
            page.missing("There is no " + file + " in this run.");
            return;
        }
        page.textTable(label, caption, List.of("key", "value"), rows);
    }

    private static void flatten(String prefix, JsonNode node, List<List<String>> rows) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(), field.getValue(), rows));
        } else if (node.isArray() && containsObjects(node)) {
            for (int i = 0; i < node.size(); i++) {
                flatten(prefix + "[" + i + "]", node.get(i), rows);
            }
        } else if (node.isArray()) {
            rows.add(List.of(prefix, joined(node)));
        } else {
            rows.add(List.of(prefix, node.isNull() ? NumberText.NONE : node.asText()));
        }
    }

    private static boolean containsObjects(JsonNode array) {
        for (JsonNode element : array) {
            if (element.isContainerNode()) {
                return true;
            }
        }
        return false;
    }

    private static String joined(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(element -> values.add(element.asText()));
        return values.size() <= LONGEST_LIST
                ? String.join(", ", values)
                : String.join(", ", values.subList(0, LONGEST_LIST)) + ", … (" + values.size() + " in all)";
    }
}
