package org.lesionforge.experiment.statistics;

import java.util.Optional;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.run.Results.ArmResult;

/** What the classifiers of a run said, as its files have it. */
public interface StoredPredictions {
    /** Of the test images. */
    Predictions test(ArmResult arm);

    /** Of the validation images; empty where there is no such part. */
    Optional<Predictions> validation(ArmResult arm);
}
