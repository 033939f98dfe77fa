package org.lesionforge.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.JsonObject;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.Arm;

/**
 * What several experiments found, side by side: on other data, with other options. Each difference is the one that its own run has computed,
 * against that run's first arm; figures of different runs are not mixed, for their test images differ.
 */
public final class RunsTable {
    private static final List<String> MEASURES = List.of("accuracy", "roc_auc");

    private final Map<Path, JsonObject> results = new LinkedHashMap<>();

    /** @throws UnusableInputException when one of them has no results, or one that cannot be read */
    public RunsTable(List<Path> runs) {
        for (Path run : runs) {
            Path file = run.resolve("results.json");
            if (!Files.isRegularFile(file)) {
                throw new UnusableInputException(run + " is no finished experiment (no results.json); finish it with:"
                        + " lesionforge experiment DATASET --out " + run + " --resume");
            }
            results.put(run, JsonObject.read(file).requireVersion(RunFiles.FORMAT_VERSION));
        }
    }

    /** One arm of one run against the first, in one measure; arms have the words of today, whatever version ran them. */
    private record Row(Path run, JsonObject results, JsonObject comparison) {
        /** Of the first arm; all have the same test images. */
        int testImages() {
            List<JsonObject> arms = results.objects("arms");
            if (arms.isEmpty()) {
                throw results.wrong("arms", "the arms that were compared");
            }
            return arms.get(0).object("test").integer("n");
        }

        String a() {
            return Arm.currentWord(comparison.text("a"));
        }

        String b() {
            return Arm.currentWord(comparison.text("b"));
        }

        int seeds() {
            return comparison.isNull("over_seeds")
                    ? 1
                    : comparison.object("over_seeds").object("difference").integer("n");
        }

        double difference() {
            return comparison.number("difference");
        }

        double[] ci95() {
            return comparison.numbers("ci95", 2);
        }

        double p() {
            return Answer.p(comparison);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("run", run.toString());
            json.put("dataset", HomePath.shown(results.object("dataset").text("path")));
            json.put("test_images", testImages());
            json.put("seeds", seeds());
            json.put("metric", comparison.text("metric"));
            json.put("a", a());
            json.put("b", b());
            json.put("difference", difference());
            json.put("ci95", ci95());
            for (String key : List.of("p_value", "p_holm", "detectable")) {
                json.put(key, comparison.isNull(key) ? null : comparison.number(key));
            }
            return json;
        }
    }

    private List<Row> rows(String measure) {
        List<Row> rows = new ArrayList<>();
        results.forEach((run, found) -> found.objects("comparisons").stream()
                .filter(comparison -> comparison.text("metric").equals(measure))
                .forEach(comparison -> rows.add(new Row(run, found, comparison))));
        return rows;
    }

    /** The content of {@code compare --json}: {@code runs[]}, {@code differences[]}, {@code agreement[]}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("runs", results.keySet().stream().map(Path::toString).toList());
        List<Map<String, Object>> all = new ArrayList<>();
        List<Agreement> agreements = new ArrayList<>();
        for (String measure : MEASURES) {
            rows(measure).forEach(row -> all.add(row.json()));
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
        private static List<Agreement> of(List<Row> rows, String measure) {
            Map<List<String>, int[]> counts = new LinkedHashMap<>();
            for (Row row : rows) {
                double difference = row.difference();
                boolean shown = row.p() < 0.05 && (row.ci95()[0] > 0 || row.ci95()[1] < 0);
                int[] count = counts.computeIfAbsent(List.of(row.b(), row.a()), unused -> new int[4]);
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
            for (Row row : rows(measure)) {
                table.add(List.of(
                        row.run().toString(),
                        row.b(),
                        row.a(),
                        Integer.toString(row.testImages()),
                        Integer.toString(row.seeds()),
                        points(row.difference()),
                        points(row.ci95()[0]) + " to " + points(row.ci95()[1]),
                        Numbers.probability(row.comparison().numberOrNull("p_value")),
                        Numbers.probability(row.comparison().numberOrNull("p_holm"))));
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
