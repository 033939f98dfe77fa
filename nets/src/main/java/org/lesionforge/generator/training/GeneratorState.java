package org.lesionforge.generator.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.training.TensorGroups;

/**
 * Everything that training changes: the model, what watches it, and the counters. Restored from a checkpoint, training continues as if it had
 * never stopped.
 *
 * <p>No generator of random numbers is among it, for none lives longer than an iteration: order, latents and augmentation follow from the
 * seed and the number of the epoch or iteration.
 */
final class GeneratorState implements AutoCloseable {
    final GenerativeModel model;
    final StepGuard guard;
    final AlarmWatch alarms;

    /** Iterations done. */
    long iteration;
    /** The last epoch of which a snapshot was taken; 0 before the first. */
    int snapshotEpoch;
    /** Time of the iterations alone, over all starts. */
    double seconds;

    /** The beginning. */
    GeneratorState(GeneratorSpec<?> spec, Compute compute) {
        model = spec.create(compute);
        guard = new StepGuard(model);
        alarms = new AlarmWatch(model.alarmRules(), new Advice(spec::has));
    }

    /** One iteration. */
    StepResult advance(Batch batch) {
        StepResult result = model.step(batch, iteration);
        iteration++;
        return result;
    }

    /** All tensors: its own, so that what is written to them changes it. */
    Map<String, Tensor> tensors() {
        return model.tensors();
    }

    /**
     * Takes up what another state of the same options came to.
     *
     * @param tensors as {@link #tensors} gives them
     * @throws UnusableInputException when they are those of other options
     */
    void restore(Checkpoint checkpoint, Map<String, Tensor> tensors) {
        alarms.restore(checkpoint.alarms());
        model.restore(tensors, checkpoint.model() == null ? JsonNodeFactory.instance.objectNode() : checkpoint.model());
        guard.restore(checkpoint.guard());
        iteration = checkpoint.iteration();
        snapshotEpoch = checkpoint.snapshotEpoch();
        seconds = checkpoint.trainingSeconds();
    }

    /** Size of all tensors in a file. */
    long bytes() {
        try (Scope scope = new Scope()) {
            return TensorGroups.bytes(tensors());
        }
    }

    /** Size of the generators in files. */
    long snapshotBytes() {
        try (Scope scope = new Scope()) {
            return model.snapshots().values().stream()
                    .mapToLong(TensorGroups::bytes)
                    .sum();
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
