package org.lesionforge.generator.training;

import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.Schedule;
import org.lesionforge.torch.Compute;

/**
 * What a training would take, before it is begun.
 *
 * @param options what is to be trained
 * @param images of the classes that are learned
 * @param iterations from the first to the last epoch
 * @param seconds of its steps on this device, from a few of them; measuring snapshots comes on top
 * @param memory of a step
 */
public record GeneratorPlan(
        GeneratorSpec<?> options, int images, long iterations, double seconds, GeneratorSummary.Memory memory) {
    /**
     * Runs a few steps to measure their time.
     *
     * @param options what is to be trained
     * @param images of the classes that are learned, at least 1
     * @param compute what the steps run on
     * @return the plan
     */
    public static GeneratorPlan of(GeneratorSpec<?> options, int images, Compute compute) {
        Schedule schedule = Schedule.of(options, images);
        double seconds = GeneratorSpeed.secondsPerImage(options, compute) * schedule.batch() * schedule.iterations();
        return new GeneratorPlan(
                options,
                images,
                schedule.iterations(),
                seconds,
                options.summary().memory());
    }
}
