package org.lesionforge.classifier;

import java.util.Optional;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.torch.Compute;

/**
 * What a training would take, before it is begun.
 *
 * @param options of that training
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

    /**
     * Measures the network on a few images, and works out the rest. All layers: each image of each epoch at
     * the time of a training step, validation in each epoch. The last layer alone: each view of each training image
     * and each validation image once, then {@link #SECONDS_PER_HEAD_STEP} a step.
     *
     * @param architecture of the network
     * @param options of the training
     * @param training images of the training part, added ones among them
     * @param validation empty where nothing is looked at after an epoch
     * @param compute where the training would run; the measurement runs there too
     * @return the plan; its seconds hold for this machine alone
     */
    public static ClassifierPlan of(
            Architecture architecture,
            ClassifierOptions options,
            TrainingImages training,
            Optional<HeldOutPart> validation,
            Compute compute) {
        int images = training.size();
        int held = validation.map(HeldOutPart::size).orElse(0);
        int steps = options.steps(images);
        double forward = ClassifierSpeed.forwardSecondsPerImage(architecture, options.size(), compute);
        double seconds = options.freeze()
                ? forward * ((double) images * options.views() + held) + steps * SECONDS_PER_HEAD_STEP
                : ClassifierSpeed.secondsPerImage(architecture, options, compute)
                                * options.imagesOfEpoch(images)
                                * options.epochs()
                        + forward * held * options.training().tta() * options.epochs();
        return new ClassifierPlan(options, images, held, steps, seconds, options.trainingBytes(architecture));
    }
}
