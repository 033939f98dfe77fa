package org.lesionforge.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.Json;
import org.lesionforge.io.UnusableInputException;

/**
 * What several experiments found, side by side: on other data, with other options. Each difference is the one that its own run has computed,
 * against that run's first arm; figures of different runs are not mixed, for their test images differ.
 */
public final class RunsTable {
    private static final List<String> MEASURES = List.of("accuracy", "roc_auc");

    private final Map<Path, JsonNode> results = new LinkedHashMap<>();

    /** @throws UnusableInputException when one of them has no results, or one that cannot be read */
    public RunsTable(List<Path> runs) {
        for (Path run : runs) {
            Path file = run.resolve("results.json");
            if (!Files.isRegularFile(file)) {
                throw new UnusableInputException(run + " is no finished experiment (no results.json); finish it with:"
                        + " lesionforge experiment DATASET --out " + run + " --resume");
            }
            results.put(run, Json.readTree(file));
        }
    }

    /** One row per run and arm that was compared. */
    private List<Map<String, Object>> rows(String measure) {
        List<Map<String, Object>> rows = new ArrayList<>();
        results.forEach((run, tree) -> {
            for (JsonNode comparison : tree.path("comparisons")) {
                if (comparison.path("metric").asText().equals(measure)) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("run", run.toString());
                    row.put("dataset", tree.path("dataset").path("path").asText());
                    row.put(
                            "test_images",
                            tree.path("arms").path(0).path("test").path("n").asInt());
                    row.put(
                            "seeds",
                            comparison
                                    .path("over_seeds")
                                    .path("difference")
                                    .path("n")
                                    .asInt(1));
                    row.put("metric", measure);
                    for (String key : List.of("a", "b", "difference", "ci95", "p_value", "p_holm", "detectable")) {
                        row.put(key, comparison.get(key));
                    }
                    rows.add(row);
                }
            }
        });
        return rows;
    }

    /** The content of {@code compare --json}: {@code runs[]}, {@code differences[]}, {@code agreement[]}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("runs", results.keySet().stream().map(Path::toString).toList());
        List<Map<String, Object>> all = new ArrayList<>();
        List<Agreement> agreements = new ArrayList<>();
        for (String measure : MEASURES) {
            all.addAll(rows(measure));
            agreements.addAll(Agreement.of(rows(measure), measure));
        }
        json.put("differences", all);
        json.put("agreement", agreements);
        return json;
    }

    /**
     * In how many runs an arm did better than the first.
     *
     * @param better runs with a difference above 0
     * @param shownBetter of them, those where it is more than chance
     * @param shownWorse runs where a difference below 0 is more than chance
     */
    public record Agreement(
            String arm, String against, String metric, int runs, int better, int shownBetter, int shownWorse) {
        private static List<Agreement> of(List<Map<String, Object>> rows, String measure) {
            Map<List<String>, int[]> counts = new LinkedHashMap<>();
            for (Map<String, Object> row : rows) {
                double difference = number(row, "difference");
                JsonNode interval = (JsonNode) row.get("ci95");
                double adjusted = number(row, "p_holm");
                double p = Double.isFinite(adjusted) ? adjusted : number(row, "p_value");
                boolean shown = p < 0.05 && (Numbers.of(interval.path(0)) > 0 || Numbers.of(interval.path(1)) < 0);
                int[] count = counts.computeIfAbsent(
                        List.of(((JsonNode) row.get("b")).asText(), ((JsonNode) row.get("a")).asText()),
                        unused -> new int[4]);
                count[0]++;
                count[1] += difference > 0 ? 1 : 0;
                count[2] += shown && difference > 0 ? 1 : 0;
                count[3] += shown && difference < 0 ? 1 : 0;
            }
            List<Agreement> agreements = new ArrayList<>();
            counts.forEach((arms, count) -> agreements.add(
                    new Agreement(arms.get(0), arms.get(1), measure, count[0], count[1], count[2], count[3])));
            return agreements;
        }

        private static double number(Map<String, Object> row, String key) {
            return row.get(key) == null ? Double.NaN : Numbers.of((JsonNode) row.get(key));
        }

        private String sentence() {
            return "“" + arm + "” against “" + against + "”, " + MeasureNames.of(metric) + ": higher in " + better
                    + " of "
                    + runs + " runs; more than chance explains in " + shownBetter + ", lower than chance explains in "
                    + shownWorse + ".";
        }
    }

    /** Tables and sentences for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (String measure : MEASURES) {
            List<List<String>> table = new ArrayList<>();
            table.add(List.of("Run", "arm", "against", "images", "seeds", "difference", "95 % CI", "p", "adjusted"));
            for (Map<String, Object> row : rows(measure)) {
                JsonNode interval = (JsonNode) row.get("ci95");
                table.add(List.of(
                        row.get("run").toString(),
                        ((JsonNode) row.get("b")).asText(),
                        ((JsonNode) row.get("a")).asText(),
                        row.get("test_images").toString(),
                        row.get("seeds").toString(),
                        points(Agreement.number(row, "difference")),
                        points(Numbers.of(interval.path(0))) + " to " + points(Numbers.of(interval.path(1))),
                        Numbers.probability(Agreement.number(row, "p_value")),
                        Numbers.probability(Agreement.number(row, "p_holm"))));
            }
            text.append("Differences in ").append(MeasureNames.of(measure)).append(", percentage points:\n\n");
            text.append(ExperimentTables.aligned(table)).append('\n');
            Agreement.of(rows(measure), measure)
                    .forEach(agreement -> text.append(agreement.sentence()).append('\n'));
            text.append('\n');
        }
        return text.toString();
    }

    private static String points(double share) {
        return Numbers.signed(100 * share, 2);
    }
}
