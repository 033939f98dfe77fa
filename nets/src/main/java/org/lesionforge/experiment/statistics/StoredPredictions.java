package org.lesionforge.experiment.statistics;

import java.util.Optional;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results.ArmResult;

/** What the classifiers of a run said, as its files have it. */
public interface StoredPredictions {
    /** Of the test images. */
    PredictionsFile test(ArmResult arm);

    /** Of the validation images; empty where there is no such part. */
    Optional<PredictionsFile> validation(ArmResult arm);
}
