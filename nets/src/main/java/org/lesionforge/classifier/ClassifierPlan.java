package org.lesionforge.classifier;

import java.util.Optional;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.torch.Compute;

/**
 * What a training would take, before it is begun.
 *
 * @param images of the training part, added ones among them
 * @param validation images that each epoch is measured on
 * @param steps of the optimiser, over all epochs
 * @param seconds on this device, from a few images
 * @param memoryBytes that a step holds
 */
public record ClassifierPlan(
        ClassifierOptions options, int images, int validation, int steps, double seconds, long memoryBytes) {
    /** A step of the last layer alone, on features; it hardly depends on the batch. */
    public static final double SECONDS_PER_HEAD_STEP = 0.0025;

    /** Shows a few images to the network to measure its time. */
    public static ClassifierPlan of(
            ClassifierOptions options, TrainingImages training, Optional<HeldOutPart> validation, Compute compute) {
        int images = training.size();
        int held = validation.map(HeldOutPart::size).orElse(0);
        int steps = options.steps(images);
        double forward = ClassifierSpeed.forwardSecondsPerImage(options.size(), compute);
        double seconds = options.freeze()
                ? forward * ((double) images * options.views() + held) + steps * SECONDS_PER_HEAD_STEP
                : ClassifierSpeed.secondsPerImage(options, compute) * options.imagesOfEpoch(images) * options.epochs()
                        + forward * held * options.epochs();
        return new ClassifierPlan(options, images, held, steps, seconds, options.trainingBytes());
    }
}
