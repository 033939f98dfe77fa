package org.lesionforge.classifier;

import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.run.EpochStats;

/** Who follows a training: receives its epochs, and may keep its state and bring an earlier one back. */
@FunctionalInterface
interface TrainingListener {
    /** An epoch has ended. */
    void epoch(EpochStats stats);

    /** Training is about to begin, from {@code state}, which may be changed to that of an earlier start. */
    default void begin(TrainingState state) {}

    /** Between two steps of the optimiser: all that training changes is in {@code state}. */
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
