package org.lesionforge.run;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.metric.Measure;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.Results.ArmSummary;

/** Reads {@code results.json}, and refuses one whose parts do not fit each other, naming the key. */
final class ResultsReader {
    private final Path run;
    private final JsonObject document;
    private final Results results;

    private ResultsReader(Path file) {
        run = FileTree.parent(file.toAbsolutePath().normalize());
        document = JsonObject.read(file).requireVersion(Results.FORMAT_VERSION);
        results = document.as(Results.class);
    }

    /** @throws UnusableInputException naming what cannot be */
    static Results read(Path file) {
        ResultsReader reader = new ResultsReader(file);
        reader.requireClasses();
        reader.requireFolders();
        reader.requireFolds();
        reader.requireMeasures(reader.document.objects("summaries"));
        reader.requireMeasures(reader.optional("ensembles"));
        reader.requireTests(
                reader.document.objects("comparisons"), reader.results.comparisons(), reader.results.summaries());
        reader.requireTests(
                reader.optional("ensemble_comparisons"),
                reader.results.ensembleComparisons(),
                reader.results.ensembles());
        reader.requireNetworks();
        return reader.results;
    }

    /** Counts and figures by class are there for every class. */
    private void requireClasses() {
        JsonObject dataset = document.object("dataset");
        JsonObject parts = dataset.object("parts");
        parts.keys().forEach(part -> requireCounts(parts.object(part)));
        for (JsonObject arm : document.objects("arms")) {
            requireCounts(arm.object("train"));
            requireClasses(arm.object("test"));
        }
    }

    private static void requireClasses(JsonObject test) {
        List<String> tested = test.texts("classes");
        test.counts("confusion", tested.size());
        tested.forEach(test.object("per_class")::object);
    }

    private void requireCounts(JsonObject counts) {
        results.dataset().classes().forEach(counts::integer);
    }

    private void requireFolders() {
        for (JsonObject arm : document.objects("arms")) {
            String name = arm.text("folder");
            if (name.isEmpty() || !run.resolve(name).normalize().startsWith(run)) {
                throw arm.wrong("folder", "a folder inside the run");
            }
        }
    }

    /** Every arm and seed has each fold once, and the folds' results together. */
    private void requireFolds() {
        if (results.folds().isEmpty()) {
            return;
        }
        FoldResults folds = results.folds().get();
        JsonObject json = document.object("folds");
        if (folds.count() < 2 || folds.divisions().size() != folds.count()) {
            throw json.wrong("count", "the number of divisions, at least 2");
        }
        for (JsonObject division : json.objects("divisions")) {
            for (String part : List.of("train", "validation", "test")) {
                requireCounts(division.object("parts").object(part));
            }
        }
        List<JsonObject> pooled = json.objects("pooled");
        for (int i = 0; i < pooled.size(); i++) {
            requireClasses(pooled.get(i).object("test"));
            if (folds.pooled().get(i).foldRocAuc().size() != folds.count()) {
                throw pooled.get(i).wrong("fold_roc_auc", "one number for each fold");
            }
        }
        List<JsonObject> arms = document.objects("arms");
        for (int i = 0; i < arms.size(); i++) {
            ArmResult arm = results.arms().get(i);
            if (arm.fold().filter(fold -> fold >= 1 && fold <= folds.count()).isEmpty()) {
                throw arms.get(i).wrong("fold", "a number from 1 to " + folds.count());
            }
            if (folds.of(arm).isEmpty()) {
                throw json.wrong("pooled", "an entry for " + arm.name() + " with seed " + arm.seed());
            }
        }
    }

    private List<JsonObject> optional(String key) {
        return document.has(key) ? document.objects(key) : List.of();
    }

    private void requireMeasures(List<JsonObject> summaries) {
        for (JsonObject summary : summaries) {
            requireFigures(summary.object("measures"), Stream.of(Measure.values()));
            if (!summary.isNull("on_validation")) {
                JsonObject fitted = summary.object("on_validation");
                requireFigures(
                        fitted.object("at_threshold"),
                        Stream.of(Measure.values()).filter(Measure::dependsOnThreshold));
                requireFigures(fitted.object("calibrated"), Stream.of(Measure.BRIER, Measure.ECE));
            }
        }
    }

    private static void requireFigures(JsonObject figures, Stream<Measure> measures) {
        measures.map(Measure::word).forEach(figures::object);
    }

    /** What is tested has a test with its numbers, what is not has none of them: null in one alone is damage. */
    private void requireTests(List<JsonObject> documents, List<Comparison> comparisons, List<ArmSummary> summaries) {
        if (!documents.isEmpty() && results.arms().isEmpty()) {
            throw document.wrong("arms", "the arms that were compared");
        }
        for (int i = 0; i < documents.size(); i++) {
            Comparison comparison = comparisons.get(i);
            JsonObject json = documents.get(i);
            requireMeasure(comparison, json, summaries);
            boolean untested = comparison.pValue().isEmpty();
            if (untested && comparison.planned()) {
                throw json.wrong("p_value", "a value, for its test is planned");
            }
            requireNull(json, "test", untested, "p_value");
            requireNull(json, "detectable", untested, "p_value");
            requireNull(
                    json,
                    "p_holm",
                    !comparison.planned(),
                    json.has("planned") ? "of a test that is not planned" : "p_value");
        }
    }

    private void requireMeasure(Comparison comparison, JsonObject json, List<ArmSummary> summaries) {
        for (ArmSummary arm : summaries) {
            boolean compared = List.of(comparison.a(), comparison.b()).contains(arm.name());
            if (compared && !arm.measures().containsKey(comparison.metric())) {
                throw json.wrong(
                        "metric", "one of " + String.join(", ", arm.measures().keySet()));
            }
        }
    }

    /** What is said over networks is of comparisons that are there. */
    private void requireNetworks() {
        List<JsonObject> documents = optional("over_networks");
        for (int i = 0; i < documents.size(); i++) {
            OverNetworks over = results.overNetworks().get(i);
            List<String> compared = results.comparisons().stream()
                    .filter(over::isOf)
                    .map(Comparison::classifier)
                    .toList();
            if (over.networks().size() < 2 || !compared.containsAll(over.networks())) {
                throw documents
                        .get(i)
                        .wrong("networks", "two or more of those compared, " + String.join(", ", compared));
            }
            requireAmong(over.networks(), over.gains(), documents.get(i), "gains");
            requireAmong(over.networks(), over.losses(), documents.get(i), "losses");
        }
    }

    private static void requireAmong(List<String> all, List<String> some, JsonObject json, String key) {
        if (!all.containsAll(some)) {
            throw json.wrong(key, "some of the networks, " + String.join(", ", all));
        }
    }

    private static void requireNull(JsonObject json, String key, boolean expected, String as) {
        if (json.isNull(key) != expected) {
            throw json.wrong(key, (expected ? "null, as " : "a value, unlike ") + as);
        }
    }
}
