package org.lesionforge.report;

import java.util.List;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;

/** The results of an experiment by the networks that it trained: arms are compared within one of them. */
public final class ClassifierResults {
    private ClassifierResults() {}

    /**
     * {@return the same results with one classifier's arms, summaries and comparisons alone, for each classifier in the
     * order of {@code results.json}; as they are where there is one, or nothing was trained}
     *
     * @param results of an experiment
     */
    public static List<Results> of(Results results) {
        List<String> classifiers = names(results);
        return classifiers.size() < 2
                ? List.of(results)
                : classifiers.stream().map(name -> of(name, results)).toList();
    }

    /**
     * {@return the names of the classifiers' architectures, in the order of {@code results.json}}
     *
     * @param results of an experiment
     */
    public static List<String> names(Results results) {
        return results.arms().stream().map(ArmResult::classifier).distinct().toList();
    }

    private static Results of(String name, Results all) {
        return new Results(
                all.formatVersion(),
                all.protocol(),
                all.budget(),
                all.resplit(),
                all.positive(),
                all.dataset(),
                all.folds(),
                all.arms().stream().filter(arm -> arm.classifier().equals(name)).toList(),
                all.equalArms(),
                all.unableArms(),
                all.summaries().stream()
                        .filter(summary -> summary.classifier().equals(name))
                        .toList(),
                all.majorityGuess(),
                all.comparisons().stream()
                        .filter(comparison -> comparison.classifier().equals(name))
                        .toList(),
                all.ensembles().stream()
                        .filter(ensemble -> ensemble.classifier().equals(name))
                        .toList(),
                all.ensembleComparisons().stream()
                        .filter(comparison -> comparison.classifier().equals(name))
                        .toList(),
                all.controls().stream()
                        .filter(finding -> finding.classifier().equals(name))
                        .toList(),
                List.of(),
                all.leakage(),
                all.differencesFromPaper(),
                all.extractor(),
                all.seconds(),
                all.secondsOf(),
                all.generated());
    }
}
