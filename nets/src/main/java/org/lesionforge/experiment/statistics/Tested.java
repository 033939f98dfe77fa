package org.lesionforge.experiment.statistics;

import java.util.List;
import java.util.Optional;
import org.lesionforge.run.ArmPredictions;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results.ArmResult;

/** An arm with what its classifiers said. */
record Tested(String name, String classifier, String title, ArmPredictions predictions) {
    /** @param results of one arm with one classifier, by seed and fold */
    static Tested read(List<ArmResult> results, StoredPredictions stored) {
        List<PredictionsFile> tests = results.stream().map(stored::test).toList();
        List<PredictionsFile> validations = results.stream()
                .map(stored::validation)
                .flatMap(Optional::stream)
                .toList();
        ArmResult first = results.get(0);
        int folds = (int) results.stream().map(ArmResult::fold).distinct().count();
        return new Tested(
                first.name(), first.classifier(), first.title(), new ArmPredictions(tests, validations, folds));
    }

    /** The same arm with the mean prediction of its seeds in place of one from each. */
    Tested ensemble() {
        return new Tested(name, classifier, title, predictions.ensemble());
    }
}
