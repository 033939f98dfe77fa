package org.lesionforge.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.metric.ConfusionMatrix;

/**
 * One way of balancing the classes, with its runs, one per seed.
 *
 * @param name {@code none}, {@code dcgan}
 * @param title for people
 * @param runs the arm's entries of {@code results.json}
 */
record Arm(String name, String title, List<JsonNode> runs) {
    /** In the order of {@code results.json}; none when it is not there yet. */
    static List<Arm> of(JsonNode results) {
        Map<String, Arm> arms = new LinkedHashMap<>();
        for (JsonNode run : results.path("arms")) {
            String name = run.path("name").asText();
            arms.computeIfAbsent(name, unused -> new Arm(name, run.path("title").asText(name), new ArrayList<>()))
                    .runs
                    .add(run);
        }
        return List.copyOf(arms.values());
    }

    /** What an arm is called for people; its own name where {@code results.json} does not tell. */
    static String title(String name, JsonNode results) {
        return of(results).stream()
                .filter(arm -> arm.name().equals(name))
                .map(Arm::title)
                .findFirst()
                .orElse(name);
    }

    List<String> classes() {
        List<String> classes = new ArrayList<>();
        runs.get(0).path("test").path("classes").forEach(name -> classes.add(name.asText()));
        return classes;
    }

    /** Its name where a colon or a space would not do. */
    String fileName() {
        return FileNames.of(name);
    }

    /** Whether at least one run has been evaluated on the test part. */
    boolean isTested() {
        return !classes().isEmpty();
    }

    /** A number of the test evaluation, such as {@code accuracy}: the mean over the runs, ± their standard deviation when there are several. */
    String test(String key, int decimals) {
        return spread(
                runs.stream()
                        .mapToDouble(run -> Numbers.of(run.path("test").path(key)))
                        .toArray(),
                decimals);
    }

    /** As {@link #test}, of one class: {@code precision}, {@code recall}, {@code f1}. */
    String test(String className, String key, int decimals) {
        return spread(
                runs.stream()
                        .mapToDouble(run -> Numbers.of(run.path("test")
                                .path("per_class")
                                .path(className)
                                .path(key)))
                        .toArray(),
                decimals);
    }

    private static String spread(double[] values, int decimals) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        if (values.length == 1) {
            return Numbers.fixed(mean, decimals);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Numbers.fixed(mean, decimals) + " ± "
                + Numbers.fixed(Math.sqrt(squares / (values.length - 1)), decimals);
    }

    /** The confusion matrices of all runs added up. */
    ConfusionMatrix confusion() {
        List<String> classes = classes();
        int[][] sum = new int[classes.size()][classes.size()];
        for (JsonNode run : runs) {
            JsonNode matrix = run.path("test").path("confusion");
            for (int i = 0; i < sum.length; i++) {
                for (int j = 0; j < sum.length; j++) {
                    sum[i][j] += matrix.path(i).path(j).asInt();
                }
            }
        }
        return new ConfusionMatrix(classes, sum);
    }
}
