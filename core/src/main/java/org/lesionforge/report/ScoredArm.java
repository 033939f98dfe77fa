package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.report.figure.Tone;
import org.lesionforge.run.ArmPredictions;
import org.lesionforge.run.RunFiles;

/**
 * An arm with its stored predictions, as it is drawn.
 *
 * @param arm with its runs
 * @param tone of its lines
 * @param positive the class that is looked for
 * @param predictions on the validation and test parts, over all seeds
 */
public record ScoredArm(ArmRuns arm, Tone tone, String positive, ArmPredictions predictions) {
    /** The bootstrap of a report starts here, so that drawing it again changes nothing. */
    public static final long SEED = 0;

    /**
     * {@return the arms that have test predictions of both classes, in the order of {@code arms}}
     *
     * @param run with its results and prediction files
     * @param arms of that run; an arm's place among them gives its tone
     * @throws org.lesionforge.io.UnusableInputException when a file of predictions cannot be read
     */
    public static List<ScoredArm> of(RunFiles run, List<ArmRuns> arms) {
        List<ScoredArm> scored = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            ArmRuns arm = arms.get(i);
            Tone tone = Tone.ofArm(i);
            run.predictions(arm.name(), arm.classifier())
                    .map(found ->
                            new ScoredArm(arm, tone, run.results().orElseThrow().positive(), found))
                    .ifPresent(scored::add);
        }
        return scored;
    }

    /** {@return what the arm is called for people} */
    public String title() {
        return arm.title();
    }

    /** {@return whether there are predictions of several seeds} */
    public boolean hasSeeds() {
        return predictions.seeds() > 1;
    }
}
