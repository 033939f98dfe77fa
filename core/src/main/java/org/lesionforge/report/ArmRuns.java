package org.lesionforge.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.ConfusionMatrix;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.FileNames;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunFiles;

/**
 * One way of balancing the classes, with its runs, one per seed.
 *
 * @param name {@code none}, {@code dcgan}
 * @param title for people
 * @param runs the arm's entries of {@code results.json}
 */
public record ArmRuns(String name, String title, List<ArmResult> runs) {
    /** In the order of {@code results.json}. */
    public static List<ArmRuns> of(Results results) {
        Map<String, ArmRuns> arms = new LinkedHashMap<>();
        for (ArmResult run : results.arms()) {
            arms.computeIfAbsent(run.name(), name -> new ArmRuns(name, run.title(), new ArrayList<>()))
                    .runs
                    .add(run);
        }
        return List.copyOf(arms.values());
    }

    /** Those with a run that was evaluated on the test part; none before the experiment has ended. */
    public static List<ArmRuns> tested(RunFiles run) {
        return run.results().map(ArmRuns::of).orElse(List.of()).stream()
                .filter(ArmRuns::isTested)
                .toList();
    }

    /** How often each arm was trained; of arms that differ in that, the least. */
    static int seeds(Results results) {
        return of(results).stream().mapToInt(arm -> arm.runs().size()).min().orElse(0);
    }

    /** What an arm is called for people; its own name where {@code results.json} does not tell. */
    public static String title(String name, Results results) {
        return of(results).stream()
                .filter(arm -> arm.name().equals(name))
                .map(ArmRuns::title)
                .findFirst()
                .orElse(name);
    }

    public List<String> classes() {
        return runs.get(0).test().classes();
    }

    /** Its name where a colon or a space would not do. */
    public String fileName() {
        return FileNames.of(name);
    }

    /** Whether at least one run has been evaluated on the test part. */
    public boolean isTested() {
        return !classes().isEmpty();
    }

    /** A number of the test evaluation: the mean over the runs, ± their standard deviation when there are several. */
    public String test(ToDoubleFunction<ClassificationEvaluation> number, int decimals) {
        return spread(runs.stream().map(ArmResult::test).mapToDouble(number).toArray(), decimals);
    }

    /** As {@link #test}, of one class. */
    public String test(String className, ToDoubleFunction<ConfusionMatrix.PerClass> number, int decimals) {
        return test(evaluation -> number.applyAsDouble(evaluation.perClass().get(className)), decimals);
    }

    /** How many test images are of a class. */
    public int support(String className) {
        return Objects.requireNonNull(runs.get(0).test().perClass().get(className))
                .support();
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
        for (ArmResult run : runs) {
            int[][] matrix = run.test().confusion();
            for (int i = 0; i < sum.length; i++) {
                for (int j = 0; j < sum.length; j++) {
                    sum[i][j] += matrix[i][j];
                }
            }
        }
        return new ConfusionMatrix(classes, sum);
    }
}
