package org.lesionforge.experiment.statistics;

import java.util.Optional;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results.ArmResult;

/** What the classifiers of a run said, as its files have it. */
public interface StoredPredictions {
    /**
     * What a classifier said of the test images.
     *
     * @param arm result of one arm with one seed
     * @return the predictions, as they were written
     * @throws org.lesionforge.io.UnusableInputException when they are missing, damaged, or not of the images that the result is of
     */
    PredictionsFile test(ArmResult arm);

    /**
     * What a classifier said of the validation images.
     *
     * @param arm result of one arm with one seed
     * @return the predictions, as they were written; empty where there is no such part
     * @throws org.lesionforge.io.UnusableInputException when they are damaged
     */
    Optional<PredictionsFile> validation(ArmResult arm);
}
