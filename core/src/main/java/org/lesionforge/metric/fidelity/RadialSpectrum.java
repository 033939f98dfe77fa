package org.lesionforge.metric.fidelity;

import java.util.List;
import java.util.stream.IntStream;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Images;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;

/**
 * The mean power of images by the length of the frequency, whatever its direction: the azimuthal average of the power
 * spectrum of their brightness (luma, ITU-R BT.601), of which the mean over images is taken in decibels.
 *
 * <p>A Hann window keeps the image's opposite edges, which do not fit together, from adding power at all frequencies. Power
 * is scaled so that noise of variance v in each pixel has power v; to it the variance of rounding to bytes, 1/12, is added,
 * below which there is nothing to see in 8-bit images.
 */
final class RadialSpectrum {
    private static final double ROUNDING = 1 / 12.0;

    private RadialSpectrum() {}

    /** @return decibels at 1 … side/2 cycles per image */
    static double[] of(Images images, int side) {
        if (images.size() == 0 || side < SpectrumGap.LEAST_SIDE || side != SpectrumGap.comparable(side)) {
            throw new IllegalArgumentException("expected at least one image and a power of two from "
                    + SpectrumGap.LEAST_SIDE + " to " + SpectrumGap.MOST_SIDE + ", got " + images.size()
                    + " images and "
                    + side);
        }
        double[] window = window(side);
        List<double[]> each = IntStream.range(0, images.size())
                .parallel()
                .mapToObj(i -> decibels(images.image(i), side, window))
                .toList();
        double[] mean = new double[side / 2];
        for (double[] one : each) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += one[k] / each.size();
            }
        }
        return mean;
    }

    /** Hann, scaled to a mean square of 1. */
    private static double[] window(int side) {
        double[] window = new double[side];
        for (int x = 0; x < side; x++) {
            window[x] = (1 - Math.cos(2 * Math.PI * (x + 0.5) / side)) / Math.sqrt(1.5);
        }
        return window;
    }

    private static double[] decibels(RgbImage image, int side, double[] window) {
        RgbImage square = image.width() == side && image.height() == side
                ? image
                : Resampler.resize(image, side, side, Filter.BICUBIC);
        double[] sums = new double[side / 2 + 1];
        int[] counts = new int[side / 2 + 1];
        double[] power = FourierTransform.power(windowed(square, window), side);
        for (int v = 0; v < side; v++) {
            for (int u = 0; u < side; u++) {
                int radius = (int) Math.round(Math.hypot(Math.min(u, side - u), Math.min(v, side - v)));
                if (radius <= side / 2) {
                    sums[radius] += power[v * side + u] / side / side;
                    counts[radius]++;
                }
            }
        }
        double[] decibels = new double[side / 2];
        for (int k = 0; k < decibels.length; k++) {
            decibels[k] = 10 * Math.log10(sums[k + 1] / counts[k + 1] + ROUNDING);
        }
        return decibels;
    }

    /** Brightness less its mean, under the window. */
    private static double[] windowed(RgbImage image, double[] window) {
        int side = window.length;
        double[] luma = new double[side * side];
        double mean = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double value =
                        0.299 * image.value(x, y, 0) + 0.587 * image.value(x, y, 1) + 0.114 * image.value(x, y, 2);
                luma[y * side + x] = value;
                mean += value / luma.length;
            }
        }
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                luma[y * side + x] = (luma[y * side + x] - mean) * window[x] * window[y];
            }
        }
        return luma;
    }
}
