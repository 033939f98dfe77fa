package org.lesionforge.gan;

import org.lesionforge.io.OptionalKey;

/**
 * Everything that determines a GAN training run beside its images. Defaults: Radford, Metz, Chintala 2015 (arXiv 1511.06434) and the
 * training length of "Augmenting Data with DCGANs to Improve Skin Lesions Classification".
 *
 * @param size side of the images in pixels, a power of two from 16 on
 * @param latent length of z, drawn uniformly from [−1, 1]
 * @param width channels of the widest feature map (128 in Radford, 64 in PyTorch's example); each further stage doubles it
 * @param kernel side of every convolution's kernel, 5 (Radford) or 4 (PyTorch's example)
 * @param batch images per step
 * @param epochs passes over the training images
 * @param learningRate of Adam, for both nets
 * @param beta1 of Adam; β2 is 0.999
 * @param snapshotEvery epochs between snapshots; the last epoch always is one
 * @param patience snapshots without a better one after which training ends early; 0: never
 * @param remedies against overfitting; a run written before there were any has none
 * @param seed of everything random
 */
public record GanOptions(
        int size,
        int latent,
        int width,
        int kernel,
        int batch,
        int epochs,
        double learningRate,
        double beta1,
        int snapshotEvery,
        @OptionalKey Integer patience,
        @OptionalKey Remedies remedies,
        long seed) {
    public static final GanOptions DEFAULTS = new GanOptions(64, 100, 128, 5, 64, 300, 2e-4, 0.5, 10, 0);
    static final double BETA2 = 0.999;

    /** @throws IllegalArgumentException naming what cannot be, and what it can be */
    public GanOptions {
        patience = patience == null ? 0 : patience;
        remedies = remedies == null ? Remedies.NONE : remedies;
        Range.require(size >= 16 && Integer.bitCount(size) == 1, "size", "a power of two from 16 on", size);
        Range.require(kernel == 4 || kernel == 5, "kernel", "4 or 5", kernel);
        Range.require(latent >= 1, "latent length", "at least 1", latent);
        Range.require(width >= 1, "width", "at least 1", width);
        Range.require(batch >= 2, "batch", "at least 2 (batch norm needs two images)", batch);
        Range.require(epochs >= 1, "epochs", "at least 1", epochs);
        Range.require(snapshotEvery >= 1, "snapshot interval", "at least 1 epoch", snapshotEvery);
        Range.require(patience >= 0, "patience", "at least 0 snapshots", patience);
        Range.require(learningRate > 0, "learning rate", "above 0", learningRate);
        Range.require(beta1 >= 0 && beta1 < 1, "beta 1", "in [0, 1)", beta1);
    }

    /** The plain DCGAN, without remedies. */
    public GanOptions(
            int size,
            int latent,
            int width,
            int kernel,
            int batch,
            int epochs,
            double learningRate,
            double beta1,
            int snapshotEvery,
            long seed) {
        this(size, latent, width, kernel, batch, epochs, learningRate, beta1, snapshotEvery, 0, Remedies.NONE, seed);
    }

    /** The same with other remedies. */
    public GanOptions with(Remedies others) {
        return new GanOptions(
                size, latent, width, kernel, batch, epochs, learningRate, beta1, snapshotEvery, patience, others, seed);
    }

    /** Stages of stride 2 between 4×4 and the image: 4 at 64×64. */
    int stages() {
        return Integer.numberOfTrailingZeros(size) - 2;
    }

    /** Channels of the 4×4 feature map: 1024 at 64×64 and width 128. */
    int channelsAt4() {
        return width << (stages() - 1);
    }

    /** Padding that makes a stride-2 convolution halve its input exactly. */
    int padding() {
        return (kernel - 1) / 2;
    }

    /** What a stride-2 transposed convolution needs beside it to double its input exactly. */
    int outputPadding() {
        return kernel - 4;
    }
}
