package org.lesionforge.experiment;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.data.Dataset;
import org.lesionforge.gan.GanOptions;
import org.lesionforge.gan.GanSpeed;
import org.lesionforge.inception.InceptionOptions;
import org.lesionforge.inception.InceptionV3;
import org.lesionforge.inception.Tap;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.Arm;
import org.lesionforge.run.ArmSource;
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

    /** Real images are measured at the GAN's size and at their own. */
    private static final int REAL_SETS = 2;

    public double total() {
        return ganSeconds + measuringSeconds + classifierSeconds;
    }

    /**
     * Measures and multiplies.
     *
     * @throws UnusableInputException as {@link Experiment#check}
     */
    public static TimeEstimate of(Dataset dataset, ExperimentOptions options, Networks networks) {
        Experiment.check(dataset, options, networks);
        Optional<Imbalance> imbalance = Imbalance.of(options.protocol().training(dataset), options);
        List<Arm> arms = EqualArms.of(dataset, options, arm -> false).trained();
        double classifiers = classifierSeconds(dataset, options, arms, imbalance);
        if (!options.needsGan()) {
            return new TimeEstimate(0, 0, classifiers);
        }
        int real = imbalance.orElseThrow().present();
        int gans = options.resplit() ? options.seeds().size() : 1;
        GanOptions gan = options.gan();
        // The weights and their running average are measured.
        int generators = gan.remedies().emaHalfLife() > 0 ? 2 : 1;
        int measured = generators * ((gan.epochs() + gan.snapshotEvery() - 1) / gan.snapshotEvery());
        return new TimeEstimate(
                gans * GanSpeed.secondsPerImage(gan) * real * gan.epochs(),
                gans * forwardSeconds(networks.measuringSide(options)) * real * (measured + REAL_SETS),
                classifiers);
    }

    private static double classifierSeconds(
            Dataset dataset, ExperimentOptions experiment, List<Arm> arms, Optional<Imbalance> imbalance) {
        ClassifierOptions options = experiment.classifier();
        long training = experiment.protocol().training(dataset).size();
        long held = (long) dataset.validation().size() + dataset.test().size();
        long seeds = experiment.seeds().size();
        double forward = forwardSeconds(options.size());
        if (options.freeze()) {
            return forward * frozenImages(arms, training * options.views() + held, options.views() * seeds, imbalance);
        }
        double images = 0;
        for (Arm arm : arms) {
            long added = experiment.budget() == Budget.STEPS || imbalance.isEmpty()
                    ? 0
                    : imbalance.get().addedBy(arm);
            images += TRAINING_OVER_FORWARD * (training + added) + held;
        }
        return forward * images * options.epochs() * seeds;
    }

    /** Features are computed once for the real images, once for the degraded ones, and for what is drawn or altered with each seed. */
    private static double frozenImages(List<Arm> arms, long real, long times, Optional<Imbalance> imbalance) {
        long realSets = arms.stream().map(Arm::degraded).distinct().count();
        long added = imbalance.isEmpty()
                ? 0
                : arms.stream()
                        .filter(arm -> !arm.source().equals(ArmSource.OVERSAMPLE))
                        .mapToLong(arm -> imbalance.get().addedBy(arm))
                        .sum();
        return (double) realSets * real + (double) added * times;
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
