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
import org.lesionforge.run.FoldResults;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunFiles;
import org.lesionforge.run.RunLayout;

/**
 * One way of balancing the classes, with its tests, one per seed.
 *
 * @param name {@code none}, {@code dcgan}
 * @param classifier name of the network's architecture
 * @param title for people
 * @param tests what each seed's classifier came to on the test images; where there are folds, on the images of all of them
 */
public record ArmRuns(String name, String classifier, String title, List<ClassificationEvaluation> tests) {
    /**
     * {@return every arm with every classifier, in the order of {@code results.json}}
     *
     * @param results of an experiment
     */
    public static List<ArmRuns> of(Results results) {
        Map<List<String>, ArmRuns> arms = new LinkedHashMap<>();
        for (ArmResult run : results.arms()) {
            ArmRuns arm = arms.computeIfAbsent(
                    List.of(run.name(), run.classifier()),
                    key -> new ArmRuns(run.name(), run.classifier(), run.title(), new ArrayList<>()));
            if (results.folds().isEmpty()) {
                arm.tests.add(run.test());
            }
        }
        for (FoldResults.Pooled pooled :
                results.folds().map(FoldResults::pooled).orElse(List.of())) {
            ArmRuns arm = arms.get(List.of(pooled.name(), pooled.classifier()));
            if (arm != null) {
                arm.tests.add(pooled.test());
            }
        }
        return List.copyOf(arms.values());
    }

    /**
     * {@return the arms with a run that was evaluated on the test part; none before the experiment has ended}
     *
     * @param run files of an experiment, ended or not
     */
    public static List<ArmRuns> tested(RunFiles run) {
        return run.results().map(ArmRuns::of).orElse(List.of()).stream()
                .filter(ArmRuns::isTested)
                .toList();
    }

    /** How often each arm was trained; of arms that differ in that, the least. */
    static int seeds(Results results) {
        return of(results).stream().mapToInt(arm -> arm.tests().size()).min().orElse(0);
    }

    /** How many images each arm was tested on with one seed; that of the first. */
    static int testImages(Results results) {
        return of(results).stream()
                .flatMap(arm -> arm.tests().stream())
                .findFirst()
                .map(ClassificationEvaluation::n)
                .orElse(0);
    }

    /**
     * {@return what an arm is called for people; its own name where {@code results.json} does not tell}
     *
     * @param name of the arm
     * @param results of an experiment
     */
    public static String title(String name, Results results) {
        return of(results).stream()
                .filter(arm -> arm.name().equals(name))
                .map(ArmRuns::title)
                .findFirst()
                .orElse(name);
    }

    /** {@return the names of the classes in the order of the confusion matrix; none where nothing was tested} */
    public List<String> classes() {
        return tests.isEmpty() ? List.of() : tests.get(0).classes();
    }

    /** {@return its name where a colon or a space would not do} */
    public String fileName() {
        return RunLayout.fileName(name);
    }

    /** {@return whether at least one seed has been evaluated on the test part} */
    public boolean isTested() {
        return !classes().isEmpty();
    }

    /**
     * {@return a number of the test evaluation: the mean over the seeds, ± their standard deviation when there are
     * several}
     *
     * @param number which one
     * @param decimals how many are shown
     */
    public String test(ToDoubleFunction<ClassificationEvaluation> number, int decimals) {
        return spread(tests.stream().mapToDouble(number).toArray(), decimals);
    }

    /**
     * {@return a number of one class, as {@link #test(ToDoubleFunction, int)} shows it}
     *
     * @param className one of {@link #classes}
     * @param number which one
     * @param decimals how many are shown
     */
    public String test(String className, ToDoubleFunction<ConfusionMatrix.PerClass> number, int decimals) {
        return test(evaluation -> number.applyAsDouble(evaluation.perClass().get(className)), decimals);
    }

    /**
     * {@return how many test images are of a class}
     *
     * @param className one of {@link #classes}
     * @throws NullPointerException for any other name
     */
    public int support(String className) {
        return Objects.requireNonNull(tests.get(0).perClass().get(className)).support();
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

    /** {@return the confusion matrices of all seeds added up} */
    public ConfusionMatrix confusion() {
        List<String> classes = classes();
        int[][] sum = new int[classes.size()][classes.size()];
        for (ClassificationEvaluation test : tests) {
            int[][] matrix = test.confusion();
            for (int i = 0; i < sum.length; i++) {
                for (int j = 0; j < sum.length; j++) {
                    sum[i][j] += matrix[i][j];
                }
            }
        }
        return new ConfusionMatrix(classes, sum);
    }
}
