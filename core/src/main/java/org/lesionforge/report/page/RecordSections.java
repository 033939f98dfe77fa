package org.lesionforge.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.Results.DatasetSummary;
import org.lesionforge.run.RunFiles;

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
                .map(results ->
                        ", from the top: " + String.join(", ", results.dataset().classes()))
                .orElse("");
    }

    private void parts() {
        if (run.results().isEmpty()) {
            page.missing("The counts per part are not known yet: results.json is not there.");
            return;
        }
        DatasetSummary dataset = run.results().get().dataset();
        List<String> classes = dataset.classes();
        List<String> header = new ArrayList<>(List.of("part"));
        header.addAll(classes);
        header.add("synthetic");
        List<List<String>> rows = new ArrayList<>();
        if (run.results().get().folds().isEmpty()) {
            dataset.parts().forEach((part, counts) -> rows.add(counts(part, counts, classes, 0)));
        }
        for (ArmResult arm : run.results().get().arms()) {
            String fold = arm.fold().map(number -> ", fold " + number).orElse("");
            rows.add(counts(
                    "train, " + arm.title() + ", seed " + arm.seed() + fold, arm.train(), classes, arm.synthetic()));
        }
        page.table(
                "Table A",
                (run.results().get().folds().isEmpty() ? "Images per part and class, and what" : "What")
                        + " each arm was trained on (“synthetic” are among its images).",
                header,
                rows);
    }

    private void licences() {
        Map<String, Long> images = new LinkedHashMap<>();
        run.results()
                .map(results -> results.dataset().licences())
                .ifPresent(licences -> licences.forEach((licence, count) -> images.put(licence, (long) count)));
        new LicenceText(images).write(page, "Licences of the images");
    }

    private static List<String> counts(String name, Map<String, Integer> part, List<String> classes, int synthetic) {
        List<String> row = new ArrayList<>(List.of(name));
        classes.forEach(c -> row.add(Integer.toString(Objects.requireNonNull(part.get(c)))));
        row.add(Integer.toString(synthetic));
        return row;
    }

    void imageQuality() {
        List<List<String>> rows = new ArrayList<>();
        for (ArmResult arm : run.results().map(Results::arms).orElse(List.of())) {
            for (Metric metric : arm.images().map(Results.Images::metrics).orElse(List.of())) {
                Double std = metric.std();
                String spread = std == null || !Double.isFinite(std) ? "" : " ± " + NumberText.plain(std);
                rows.add(List.of(
                        metric.name(),
                        NumberText.plain(metric.value()) + spread,
                        metric.recipe() + ", arm seed " + arm.seed()
                                + arm.fold().map(number -> ", fold " + number).orElse("")));
            }
        }
        if (rows.isEmpty()) {
            page.missing("There is no Table D: no arm has synthetic images whose quality was measured.");
        } else {
            page.textTable(
                    "Table D", "Quality of the synthetic images used.", List.of("metric", "value", "recipe"), rows);
        }
    }

    void leakage() {
        page.section("leakage", "Proof that nothing leaked");
        List<List<String>> rows = new ArrayList<>();
        for (Results.Check check : run.results().map(Results::leakage).orElse(List.of())) {
            rows.add(List.of(check.check(), check.holds() ? "✓ holds" : "✗ DOES NOT HOLD", check.detail()));
        }
        if (rows.isEmpty()) {
            page.missing("The checks are not there yet: results.json has no “leakage”.");
            return;
        }
        page.textTable("Table E", "Checked on the images' identifiers.", List.of("check", "result", "detail"), rows);
    }

    void configuration() {
        page.section("provenance", "Configuration and provenance");
        settings("Table F", "The resolved options.", run.layout().config());
        settings("Table G", "Where these results come from.", run.layout().provenance());
    }

    private void settings(String label, String caption, Path file) {
        List<List<String>> rows = new ArrayList<>();
        if (Files.exists(file)) {
            flatten("", JsonObject.read(file).tree(), rows);
        }
        if (rows.isEmpty()) {
            page.missing("There is no " + file.getFileName() + " in this run.");
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
