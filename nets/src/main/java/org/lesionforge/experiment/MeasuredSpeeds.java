package org.lesionforge.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierSpeed;
import org.lesionforge.classifier.probe.Examples;
import org.lesionforge.classifier.probe.HeldOutScores;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.training.GeneratorSpeed;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.Thumbnail;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FrechetDistance;
import org.lesionforge.metric.fidelity.KernelTest;
import org.lesionforge.metric.fidelity.PrecisionRecall;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Torch;

/** Measured on a few images when first asked for. */
final class MeasuredSpeeds implements Speeds {
    private static final int MEASURED_FEATURES = 200;
    /** References of the Fréchet distance: reals of the GAN's size, and of their own. */
    private static final int REAL_SETS = 2;
    /** Fits of the classifier that tells sides apart, in images: raw, after matching, and half as many for the control. */
    private static final double TOLD = 2.5;

    private static final int FOLDS = 5;
    /** What compares all pairs takes about so many times as long as precision and recall. */
    private static final int PAIR_MEASURES = 3;

    private final Compute compute;
    private final Progress progress;
    /** By architecture and side. */
    private final Map<List<Object>, Double> forward = new HashMap<>();
    /** By architecture and how many side by side. */
    private final Map<List<Object>, Double> trained = new HashMap<>();

    private int measured;

    MeasuredSpeeds(Compute compute, Progress progress) {
        this.compute = compute;
        this.progress = progress;
    }

    private void said(String what) {
        measured++;
        progress.message("measuring the speed of this machine (" + measured + "): " + what);
    }

    @Override
    public double forward(Architecture architecture, int side) {
        return forward.computeIfAbsent(
                List.of(architecture.name(), side), unused -> measuredForward(architecture, side));
    }

    private double measuredForward(Architecture architecture, int side) {
        said(architecture.title() + " on images of " + side + " pixels");
        return ClassifierSpeed.forwardSecondsPerImage(architecture, side, compute);
    }

    @Override
    public double trained(Architecture architecture, ClassifierOptions options, int together, int shares) {
        return trained.computeIfAbsent(
                List.of(architecture.name(), together),
                unused -> measuredTraining(architecture, options, together, shares));
    }

    private double measuredTraining(Architecture architecture, ClassifierOptions options, int together, int shares) {
        said("training " + architecture.title() + " on images of " + options.size() + " pixels"
                + (together > 1 ? ", " + together + " in parallel" : ""));
        return together == 1 && shares == 1
                ? ClassifierSpeed.secondsPerImage(architecture, options, compute)
                : sideBySide(architecture, options, together, shares);
    }

    /** The slowest of several at once. */
    private double sideBySide(Architecture architecture, ClassifierOptions options, int together, int shares) {
        int threads = Torch.threads();
        ExecutorService pool = Executors.newFixedThreadPool(together);
        try {
            List<Future<Double>> each = new ArrayList<>();
            for (int i = 0; i < together; i++) {
                each.add(pool.submit(() -> {
                    Torch.useThreads(Math.max(1, threads / shares));
                    return ClassifierSpeed.secondsPerImage(architecture, options, compute);
                }));
            }
            double slowest = 0;
            for (Future<Double> one : each) {
                slowest = Math.max(slowest, one.get());
            }
            return slowest;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot measure how fast classifiers are trained", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the speed was being measured", e);
        } finally {
            pool.shutdown();
            Torch.useThreads(threads);
        }
    }

    /**
     * Measured on fewer features where there are many. What compares pairs grows with the square; a Fréchet distance, between one and the third
     * power, was seen to grow with n to 2.5.
     */
    @Override
    public double metrics(int images, int dimensions) {
        said("distances between sets of features");
        int n = Math.max(PrecisionRecall.NEIGHBOURS + 1, Math.min(images, MEASURED_FEATURES));
        FeatureArray a = features(n, dimensions, 1);
        FeatureArray b = features(n, dimensions, 2);
        long start = System.nanoTime();
        FrechetDistance.between(a, b);
        double frechet = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        PrecisionRecall.of(a, b, PrecisionRecall.NEIGHBOURS);
        double pairs = (System.nanoTime() - start) / 1e9;
        double more = (double) images / n;
        return more * more * (REAL_SETS * frechet * Math.sqrt(more) + PAIR_MEASURES * pairs);
    }

    /** The fits grow with the number of images, the kernel test with its square. Of noise, which takes as many steps as what is hard to tell. */
    @Override
    public double told(int images, int dimensions) {
        said("telling two sets of features apart");
        int n = Math.max(2, Math.min(images, MEASURED_FEATURES));
        boolean[] held = new boolean[2 * n];
        Arrays.fill(held, true);
        double[] weights = new double[2 * n];
        Arrays.fill(weights, 1);
        Examples examples = new Examples(
                features(2 * n, dimensions, 1),
                IntStream.range(0, 2 * n).map(i -> i % 2).toArray(),
                2,
                weights,
                IntStream.range(0, 2 * n).mapToObj(Integer::toString).toList(),
                held);
        long start = System.nanoTime();
        HeldOutScores.of(examples, FOLDS, new Seed(0));
        double fits = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        KernelTest.of(features(n, dimensions, 1), features(n, dimensions, 2), 0);
        double pairs = (System.nanoTime() - start) / 1e9;
        double more = (double) images / n;
        return TOLD * more * fits + more * more * pairs;
    }

    private static FeatureArray features(int n, int dimensions, long seed) {
        SplittableRandom random = new Seed(seed).random();
        float[] values = new float[n * dimensions];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new FeatureArray(n, dimensions, values);
    }

    @Override
    public double trained(GeneratorSpec<?> options) {
        said("training a " + options.family().title() + " of "
                + options.common().size() + " pixels");
        return GeneratorSpeed.secondsPerImage(options, compute);
    }

    @Override
    public double drawn(GeneratorSpec<?> options) {
        said("drawing images of " + options.common().size() + " pixels");
        return GeneratorSpeed.drawingSecondsPerImage(options, compute);
    }

    @Override
    public double drawnToMeasure(GeneratorSpec<?> options) {
        said("drawing images of " + options.common().size() + " pixels to measure a snapshot");
        return GeneratorSpeed.quickDrawingSecondsPerImage(options, compute);
    }

    @Override
    public double compared(int side, int training, int threads) {
        RgbImage image = RgbImage.wrap(side, side, noise(3 * side * side));
        Thumbnail thumbnail = Thumbnail.of(image);
        double sum = 0;
        List<Thumbnail> all = new ArrayList<>();
        for (int i = 0; i < training; i++) {
            all.add(new Thumbnail(thumbnail.values().clone()));
        }
        long start = System.nanoTime();
        for (Thumbnail position : Thumbnail.inEveryPosition(image)) {
            for (Thumbnail other : all) {
                sum += position.similarity(other);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        // Asked, so that nothing of it is left out as unused.
        return Double.isNaN(sum) ? 0 : seconds / threads;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        SplittableRandom random = new Seed(0).random();
        for (int i = 0; i < length; i++) {
            noise[i] = (byte) random.nextInt(256);
        }
        return noise;
    }
}
