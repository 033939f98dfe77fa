package org.lesionforge.classifier;

import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.run.EpochStats;
import org.lesionforge.run.RunFiles.ProbeStats;

/** Who follows a training: receives its epochs, and may keep its state and bring an earlier one back. */
@FunctionalInterface
interface TrainingListener {
    /** An epoch has ended. */
    void epoch(EpochStats stats);

    /** A last layer is about to be fitted alone, from its beginning. */
    default void beginFit() {}

    /** One strength of L2 has been tried, or the last layer has been fitted. */
    default void fitted(ProbeStats stats) {}

    /** Training is about to begin, from {@code state}, which may be changed to that of an earlier start. */
    default void begin(TrainingState state) {}

    /** Between two steps of the optimiser: all that training changes is in {@code state}, once it is settled. */
    default void step(TrainingState state) {}

    /**
     * Training was stopped between two micro-batches.
     *
     * @param state that it came to
     * @param reason with how far it came
     * @return what to throw
     */
    default InterruptedRunException stopped(TrainingState state, InterruptedRunException reason) {
        return reason;
    }
}
