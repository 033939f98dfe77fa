package org.lesionforge.classifier.recipe;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * Another light on an image: every value times {@code brightness}, its distance from the image's mean grey times {@code contrast}, its distance from its own
 * pixel's grey times {@code saturation}, in this order; then a shift of each channel. Grey is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). Factors of 1 and
 * shifts of 0 change nothing.
 *
 * @param brightness at least 0
 * @param contrast at least 0
 * @param saturation at least 0
 * @param red added to the red channel, in steps of 8 bits
 * @param green added to the green channel
 * @param blue added to the blue channel
 */
record ColourChange(double brightness, double contrast, double saturation, double red, double green, double blue) {
    static final ColourChange NONE = new ColourChange(1, 1, 1, 0, 0, 0);

    private static final float[] GREY = {0.299f, 0.587f, 0.114f};

    /** Of the range of the factors, how much a channel is shifted at most, as a share of white. */
    private static final double SHIFT = 0.1;

    private static final double WHITE = 255;

    /** Factors from 1 − range to 1 + range, shifts up to a tenth of the range of all that there is from black to white: at 0.3, 0.7 to 1.3 and ±7.65. */
    static ColourChange draw(double range, SplittableRandom random) {
        return new ColourChange(
                1 + range * either(random),
                1 + range * either(random),
                1 + range * either(random),
                WHITE * SHIFT * range * either(random),
                WHITE * SHIFT * range * either(random),
                WHITE * SHIFT * range * either(random));
    }

    private static double either(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }

    /**
     * Changes images on their device, all at once.
     *
     * @param images n × 3 × height × width, 0 to 255; left as they are
     * @param changes one per image
     * @return as {@code images}; what leaves 0 to 255 is cut off
     */
    static Tensor apply(Tensor images, List<ColourChange> changes) {
        try (Scope scope = new Scope()) {
            Tensor lit = images.mul(factors(images, changes, ColourChange::brightness));
            Tensor contrasted = aroundGrey(
                    lit, grey(lit).mean(new long[] {2, 3}, true, null), factors(lit, changes, ColourChange::contrast));
            Tensor coloured = aroundGrey(contrasted, grey(contrasted), factors(lit, changes, ColourChange::saturation));
            return scope.keep(coloured.add_(shifts(images, changes))
                    .clamp_(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(WHITE))));
        }
    }

    /** A new tensor: grey + factor · (images − grey). */
    private static Tensor aroundGrey(Tensor images, Tensor grey, Tensor factors) {
        return images.sub(grey).mul_(factors).add_(grey);
    }

    /** n × 1 × height × width. */
    private static Tensor grey(Tensor images) {
        Tensor shares = Tensors.send(Tensors.of(GREY, 1, 3, 1, 1), images.device(), ScalarType.Float);
        return images.mul(shares).sum(new long[] {1}, true, null);
    }

    private static Tensor factors(Tensor images, List<ColourChange> changes, ToDoubleFunction<ColourChange> factor) {
        float[] values = new float[changes.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) factor.applyAsDouble(changes.get(i));
        }
        return Tensors.send(Tensors.of(values, values.length, 1, 1, 1), images.device(), ScalarType.Float);
    }

    private static Tensor shifts(Tensor images, List<ColourChange> changes) {
        float[] values = new float[3 * changes.size()];
        for (int i = 0; i < changes.size(); i++) {
            ColourChange change = changes.get(i);
            values[3 * i] = (float) change.red;
            values[3 * i + 1] = (float) change.green;
            values[3 * i + 2] = (float) change.blue;
        }
        return Tensors.send(Tensors.of(values, changes.size(), 3, 1, 1), images.device(), ScalarType.Float);
    }
}
