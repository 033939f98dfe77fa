package org.lesionforge.classifier.recipe;

import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Scope;

/**
 * How the images of a batch are mixed, each with the one before it and the first with the last. Images come in random order, so this neighbour is as good as
 * a draw.
 *
 * @param own share that an image keeps of itself, in its label and, where there is no patch, in each of its pixels
 * @param patch what is replaced by the same place of the other image (CutMix); empty where all pixels are blended (MixUp)
 */
public record Mix(double own, Optional<Patch> patch) {
    /** Every image as it is. */
    public static final Mix NONE = blend(1);

    /**
     * A rectangle inside an image, in pixels.
     *
     * @param top rows above it
     * @param left columns to the left of it
     * @param height in rows, at least 0
     * @param width in columns, at least 0
     */
    public record Patch(int top, int left, int height, int width) {
        /** As Yun et al. (2019, arXiv 1905.04899) draw it: a square of this share of the area, its centre anywhere, cut off at the image's border. */
        static Patch draw(double share, int side, SplittableRandom random) {
            int half = (int) (side * Math.sqrt(share)) / 2;
            int x = random.nextInt(side);
            int y = random.nextInt(side);
            int top = Math.max(y - half, 0);
            int left = Math.max(x - half, 0);
            return new Patch(top, left, Math.min(y + half, side) - top, Math.min(x + half, side) - left);
        }

        int area() {
            return height * width;
        }
    }

    static Mix blend(double own) {
        return new Mix(own, Optional.empty());
    }

    /** @param share of the area that is to come from the other image; the label follows what is left of the patch inside the image */
    static Mix cut(double share, int side, SplittableRandom random) {
        Patch patch = Patch.draw(share, side, random);
        return new Mix(1 - (double) patch.area() / side / side, Optional.of(patch));
    }

    /**
     * Mixes images.
     *
     * @param images n × 3 × side × side; left as they are
     * @return a tensor of the same shape
     */
    public Tensor images(Tensor images) {
        if (patch.isPresent()) {
            return patched(images, patch.get());
        }
        return blended(images);
    }

    /**
     * Mixes labels as the images are.
     *
     * @param labels n × classes, each row the probabilities of the classes; left as they are
     * @return a tensor of the same shape
     */
    public Tensor labels(Tensor labels) {
        return blended(labels);
    }

    private Tensor blended(Tensor tensor) {
        try (Scope scope = new Scope()) {
            return scope.keep(tensor.mul(new Scalar(own)).add_(neighbours(tensor), new Scalar(1 - own)));
        }
    }

    private static Tensor patched(Tensor images, Patch patch) {
        try (Scope scope = new Scope()) {
            Tensor mixed = images.clone();
            place(mixed, patch).copy_(place(neighbours(images), patch));
            return scope.keep(mixed);
        }
    }

    private static Tensor place(Tensor images, Patch patch) {
        return images.narrow(2, patch.top, patch.height).narrow(3, patch.left, patch.width);
    }

    private static Tensor neighbours(Tensor tensor) {
        return tensor.roll(new long[] {1}, 0);
    }
}
