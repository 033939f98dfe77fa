package org.lesionforge.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierSpeed;
import org.lesionforge.gan.GanOptions;
import org.lesionforge.gan.GanSpeed;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.Thumbnail;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;

/** Seconds that an image takes on this machine in each kind of work; measured when first asked for. */
final class Speeds {
    private final Progress progress;
    private final Map<Integer, Double> forward = new HashMap<>();
    private double trained;
    private int measured;

    Speeds(Progress progress) {
        this.progress = progress;
    }

    private void said(String what) {
        measured++;
        progress.message("measuring the speed of this machine (" + measured + "): " + what);
    }

    /** Inception V3 on an image of {@code side} × {@code side} pixels. */
    double forward(int side) {
        return forward.computeIfAbsent(side, this::measuredForward);
    }

    private double measuredForward(int side) {
        said("Inception V3 on images of " + side + " pixels");
        return ClassifierSpeed.forwardSecondsPerImage(side);
    }

    /** A training image of a classifier, all layers; asked for with one classifier's options alone. */
    double trained(ClassifierOptions options) {
        if (trained == 0) {
            trained = measuredTraining(options);
        }
        return trained;
    }

    private double measuredTraining(ClassifierOptions options) {
        said("training Inception V3 on images of " + options.size() + " pixels");
        return ClassifierSpeed.secondsPerImage(options);
    }

    /** A training image of a GAN. */
    double trained(GanOptions options) {
        said("training a GAN of " + options.size() + " pixels and width " + options.width());
        return GanSpeed.secondsPerImage(options);
    }

    /** An image that a GAN draws. */
    double drawn(GanOptions options) {
        said("drawing images of " + options.size() + " pixels");
        return GanSpeed.drawingSecondsPerImage(options);
    }

    /** Comparing a drawn image with {@code training} images, on {@code threads} threads. */
    double compared(int side, int training, int threads) {
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
