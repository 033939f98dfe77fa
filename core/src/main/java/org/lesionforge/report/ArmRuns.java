package org.lesionforge.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.metric.ConfusionMatrix;
import org.lesionforge.report.figure.NumberText;

/**
 * One way of balancing the classes, with its runs, one per seed.
 *
 * @param name {@code none}, {@code dcgan}
 * @param title for people
 * @param runs the arm's entries of {@code results.json}
 */
public record ArmRuns(String name, String title, List<JsonObject> runs) {
    /** In the order of {@code results.json}. */
    public static List<ArmRuns> of(JsonObject results) {
        Map<String, ArmRuns> arms = new LinkedHashMap<>();
        for (JsonObject run : results.objects("arms")) {
            String name = run.text("name");
            arms.computeIfAbsent(name, unused -> new ArmRuns(name, run.text("title"), new ArrayList<>()))
                    .runs
                    .add(run);
        }
        return List.copyOf(arms.values());
    }

    /** What an arm is called for people; its own name where {@code results.json} does not tell. */
    public static String title(String name, JsonObject results) {
        return of(results).stream()
                .filter(arm -> arm.name().equals(name))
                .map(ArmRuns::title)
                .findFirst()
                .orElse(name);
    }

    public List<String> classes() {
        return runs.get(0).object("test").texts("classes");
    }

    /** Its name where a colon or a space would not do. */
    public String fileName() {
        return FileNames.of(name);
    }

    /** Whether at least one run has been evaluated on the test part. */
    public boolean isTested() {
        return !classes().isEmpty();
    }

    /** A number of the test evaluation, such as {@code accuracy}: the mean over the runs, ± their standard deviation when there are several. */
    public String test(String key, int decimals) {
        return spread(
                runs.stream().mapToDouble(run -> run.object("test").number(key)).toArray(), decimals);
    }

    /** As {@link #test}, of one class: {@code precision}, {@code recall}, {@code f1}. */
    public String test(String className, String key, int decimals) {
        return spread(
                runs.stream()
                        .mapToDouble(run -> run.object("test")
                                .object("per_class")
                                .object(className)
                                .number(key))
                        .toArray(),
                decimals);
    }

    /** How many test images are of a class. */
    public int support(String className) {
        return runs.get(0).object("test").object("per_class").object(className).integer("support");
    }

    private static String spread(double[] values, int decimals) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        if (values.length == 1 || Double.isNaN(mean)) {
            return NumberText.fixed(mean, decimals);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return NumberText.fixed(mean, decimals) + " ± "
                + NumberText.fixed(Math.sqrt(squares / (values.length - 1)), decimals);
    }

    /** The confusion matrices of all runs added up. */
    public ConfusionMatrix confusion() {
        List<String> classes = classes();
        int[][] sum = new int[classes.size()][classes.size()];
        for (JsonObject run : runs) {
            int[][] matrix = run.object("test").counts("confusion", sum.length);
            for (int i = 0; i < sum.length; i++) {
                for (int j = 0; j < sum.length; j++) {
                    sum[i][j] += matrix[i][j];
                }
            }
        }
        return new ConfusionMatrix(classes, sum);
    }
}
