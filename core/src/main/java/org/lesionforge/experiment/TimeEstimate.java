package org.lesionforge.experiment;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.data.Dataset;
import org.lesionforge.gan.GanSpeed;
import org.lesionforge.inception.InceptionOptions;
import org.lesionforge.inception.InceptionV3;
import org.lesionforge.inception.Tap;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/**
 * How long an experiment will take on this machine, from a few seconds of measurement: good to about a third.
 *
 * @param ganSeconds steps of the GAN, without measuring its snapshots
 * @param measuringSeconds measuring the snapshots
 * @param classifierSeconds all arms
 */
public record TimeEstimate(double ganSeconds, double measuringSeconds, double classifierSeconds) {
    /** A training step over a forward pass: about 3.5 against 12 images/s for Inception V3 at 299×299 on two cores. */
    private static final double TRAINING_OVER_FORWARD = 3.5;

    private static final int SIDE_OF_MEASURING = 299;

    public double total() {
        return ganSeconds + measuringSeconds + classifierSeconds;
    }

    /** Measures and multiplies. */
    public static TimeEstimate of(Dataset dataset, ExperimentOptions options) {
        var training = options.protocol().training(dataset);
        Imbalance imbalance = Imbalance.of(training, options.synthetic());
        int real = training.ofClass(imbalance.minority()).size();
        boolean gan = options.arms().contains(Arm.DCGAN);
        long images = (long) options.arms().size() * training.size() + (gan ? imbalance.lacking() : 0);
        double ganSeconds = gan
                ? GanSpeed.secondsPerImage(options.gan()) * real * options.gan().epochs()
                : 0;
        int snapshots = (options.gan().epochs() + options.gan().snapshotEvery() - 1)
                / options.gan().snapshotEvery();
        double measuring = gan ? forwardSeconds(SIDE_OF_MEASURING) * real * (snapshots + 2) : 0;
        return new TimeEstimate(ganSeconds, measuring, classifierSeconds(dataset, options.classifier(), images));
    }

    private static double classifierSeconds(Dataset dataset, ClassifierOptions options, long images) {
        double forward = forwardSeconds(options.size());
        double held = forward * (dataset.validation().size() + dataset.test().size());
        return options.freeze()
                ? forward * images * options.views() + held
                : forward * TRAINING_OVER_FORWARD * images * options.epochs() + held * options.epochs();
    }

    /** Seconds that Inception V3 takes for one image of {@code side}, forward. */
    private static double forwardSeconds(int side) {
        int n = 8;
        InceptionV3 net = new InceptionV3(
                new InceptionOptions(InceptionOptions.classifier(2).pooling(), 0, false, Tap.MIXED_7C), new Seed(0));
        net.eval();
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                Tensor images = Tensors.images(new byte[n * side * side * 3], n, side, Torch.device());
                long start = System.nanoTime();
                net.features(images, Tap.MIXED_7C);
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
        }
        net.close();
        return best / n;
    }
}
