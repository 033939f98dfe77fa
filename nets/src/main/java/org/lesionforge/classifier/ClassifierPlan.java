package org.lesionforge.classifier;

import java.util.Optional;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Footprint;
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
    /** Of fitting the last layer alone, an image of the training part: some 700 times in an evaluation of the loss, on two cores. */
    public static final double SECONDS_PER_HEAD_IMAGE = 0.003;

    /**
     * Measures the network on a few images, and works out the rest. All layers: each image of each epoch at
     * the time of a training step, validation in each epoch. The last layer alone: each view of each image
     * once, then {@link #SECONDS_PER_HEAD_IMAGE}.
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
                ? forward * (images + held) * (double) options.views() + images * SECONDS_PER_HEAD_IMAGE
                : ClassifierSpeed.secondsPerImage(architecture, options, compute)
                                * options.imagesOfEpoch(images)
                                * options.epochs()
                        + forward * held * options.training().tta() * options.epochs();
        return new ClassifierPlan(options, images, held, steps, seconds, trainingBytes(architecture, options));
    }

    /**
     * About what a training takes in memory, beside that of the program: weights, gradients, what the optimiser remembers, a batch that is mixed, and what
     * a micro-batch leaves on its way forward. When frozen, the network alone, since features are shared.
     *
     * @param architecture that is trained
     * @param options of the training
     * @return bytes; unless frozen, they grow with the area of an image and with the micro-batch
     */
    public static long trainingBytes(Architecture architecture, ClassifierOptions options) {
        Footprint of = architecture.footprint();
        if (options.freeze()) {
            return of.weights();
        }
        double area = (double) options.size() * options.size() / ((double) architecture.side() * architecture.side());
        // Before and after, three channels of four bytes.
        long mixed = options.training().softLabels().mixes()
                ? 2L * 3 * 4 * options.batch() * options.size() * options.size()
                : 0;
        return (4 + options.training().optimisation().networks()) * of.weights()
                + (long) (of.image() * area * options.microBatch())
                + mixed;
    }
}
