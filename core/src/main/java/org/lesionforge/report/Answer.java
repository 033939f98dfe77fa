package org.lesionforge.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;

/**
 * What an experiment has shown, in plain words. A difference counts as shown when it was planned to be tested, its p-value, adjusted for all
 * planned tests, is below 0.05, and its interval leaves out 0.
 */
public final class Answer {
    /** More arms than this would push the chart's neighbours off the first screen. */
    private static final int MOST_ARMS = 3;

    private final Results results;
    private final List<Difference> differences;
    private final List<Difference> tested;

    /**
     * Looks at every comparison of an experiment.
     *
     * @param results of the experiment
     */
    public Answer(Results results) {
        this.results = results;
        differences = Difference.of(results);
        tested = differences.stream().filter(Difference::isTested).toList();
    }

    /** {@return whether any difference has a test} */
    public boolean isThere() {
        return !tested.isEmpty();
    }

    /** {@return the differences with a test, in the order of {@code results.json}} */
    public List<Difference> tested() {
        return tested;
    }

    /** {@return whether there are few enough arms to go into each: at most 3 besides the first} */
    public boolean isShort() {
        return others().size() <= MOST_ARMS;
    }

    /** {@return the names of the arms that are compared with the first} */
    public List<String> others() {
        return differences.stream().map(Difference::b).distinct().toList();
    }

    /** What an arm differs by in one measure at one operating point; empty where that was not compared or is undefined. */
    Optional<Difference> find(String arm, String metric, Optional<OperatingPoint> point) {
        return differences.stream()
                .filter(difference -> difference.b().equals(arm) && difference.is(metric, point))
                .filter(difference -> Double.isFinite(difference.value()))
                .findFirst();
    }

    /** {@return what was shown, in one sentence or two, for somebody who reads no further} */
    public String headline() {
        List<Difference> planned = tested.stream().filter(Difference::isPlanned).toList();
        List<String> shown = planned.stream()
                .filter(Difference::isShown)
                .map(d -> "“" + title(d.b()) + "” " + (d.value() > 0 ? "raised " : "lowered ") + d.name() + " by "
                        + points(Math.abs(d.value())))
                .toList();
        if (!shown.isEmpty()) {
            return "Larger than chance among these test images: " + String.join("; ", shown) + "."
                    + (shown.size() < planned.size() ? " No other planned difference is." : "");
        }
        List<String> others = planned.stream().map(Difference::b).distinct().toList();
        if (others.isEmpty()) {
            return "What was planned to be tested is undefined on these test images.";
        }
        String measures = planned.stream().map(Difference::name).distinct().collect(Collectors.joining(" or "));
        return others.size() == 1
                ? "“" + title(others.get(0)) + "” is not shown to change " + measures + " by more than chance."
                : "None of " + others.size() + " ways of treating the imbalance is shown to change " + measures
                        + " by more than chance.";
    }

    /**
     * What became of sensitivity and specificity, arm by arm where they are few, else of those alone where one of both
     * has moved at ½; and what could not be looked at.
     *
     * @return sentences; none where there is nothing to say
     */
    public List<String> operatingPoints() {
        List<String> sentences = new ArrayList<>();
        for (String arm : others()) {
            new OperatingPointText(this, results, arm).sentence(isShort()).ifPresent(sentences::add);
        }
        if (differences.stream().noneMatch(Difference::isAtValidation)) {
            sentences.add(
                    results.protocol().equals("paper")
                            ? "Protocol “paper” has no validation part, so there is no threshold chosen on one:"
                                    + " sensitivity and specificity are known at ½ alone, and ROC AUC alone is tested as planned."
                            : "This run does not compare the arms at the threshold chosen on validation; a run of this"
                                    + " version does, with the same command and --resume.");
        }
        if (results.dataset().classes().size() > 2) {
            sentences.add("Sensitivity and specificity take “" + results.positive()
                    + "” against all other classes, ½ being where it is the most probable one.");
        }
        return sentences;
    }

    /**
     * {@return a sentence on the accuracy of the arms and of always naming the most frequent class; empty where nothing
     * was tested}
     */
    public Optional<String> baseline() {
        List<ArmRuns> arms =
                ArmRuns.of(results).stream().filter(ArmRuns::isTested).toList();
        return results.majorityGuess().filter(guess -> !arms.isEmpty()).map(guess -> {
            String accuracies = arms.stream()
                    .limit(isShort() ? arms.size() : 1)
                    .map(arm -> arm.test(ClassificationEvaluation::accuracy, 3) + " (“" + arm.title() + "”)")
                    .collect(Collectors.joining(", "));
            return "Accuracy is " + accuracies + "; always “" + guess.className() + "”: "
                    + NumberText.fixed(guess.accuracy(), 3) + ".";
        });
    }

    /**
     * {@return the smallest difference that the test part can tell from chance, as sentences} It is for ROC AUC, or for
     * accuracy where that was planned: arm by arm where they are few, else over all of them.
     */
    public List<String> limits() {
        List<Difference> planned = tested.stream()
                .filter(Difference::isPlanned)
                .filter(d -> Double.isFinite(d.detectable()))
                .toList();
        String metric = planned.stream().anyMatch(d -> d.metric().equals("accuracy")) ? "accuracy" : "roc_auc";
        List<Difference> limited =
                planned.stream().filter(d -> d.metric().equals(metric)).toList();
        if (limited.size() <= MOST_ARMS) {
            return limited.stream().map(this::limit).toList();
        }
        DoubleSummaryStatistics detectable =
                limited.stream().mapToDouble(Difference::detectable).summaryStatistics();
        long within = limited.stream()
                .filter(d -> Math.abs(d.value()) < d.detectable())
                .count();
        return List.of(sample() + ", gains in " + MeasureNames.of(metric) + " under "
                + NumberText.fixed(100 * detectable.getMin(), 1) + " to "
                + points(detectable.getMax()) + ", depending on the arm, cannot be told from chance; " + within
                + " of the " + limited.size() + " observed differences are within that.");
    }

    private String limit(Difference difference) {
        return sample() + ", a gain in " + difference.name() + " under "
                + points(difference.detectable()) + " cannot be told from chance; the observed "
                + NumberText.signed(100 * difference.value(), 1) + " (“"
                + title(difference.b()) + "”) is "
                + (Math.abs(difference.value()) < difference.detectable() ? "within it." : "beyond it.");
    }

    private String sample() {
        int seeds = ArmRuns.seeds(results);
        return "With " + images() + " test images" + (seeds > 1 ? " and " + seeds + " seeds" : "");
    }

    private String images() {
        return Integer.toString(ArmRuns.testImages(results));
    }

    private static String points(double share) {
        return NumberText.fixed(100 * share, 1) + " points";
    }

    private String title(String arm) {
        return ArmRuns.title(arm, results);
    }
}
