package org.lesionforge.cli;

import org.lesionforge.gan.GanOptions;
import picocli.CommandLine.Option;

/** How a GAN is trained; the defaults are the paper's. */
final class GanOptionsMixin {
    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "64",
            description = "Side of the generated images, a power of two.")
    int size;

    @Option(names = "--latent", paramLabel = "N", defaultValue = "100", description = "Length of the random input z.")
    int latent;

    @Option(
            names = "--width",
            paramLabel = "N",
            defaultValue = "128",
            description =
                    "Channels of the widest feature map: 128 as in Radford's paper, 64 for a quarter of the work.")
    int width;

    @Option(
            names = "--kernel",
            paramLabel = "4|5",
            defaultValue = "5",
            description = "Side of the convolutions: 5 as in Radford's paper, 4 as in PyTorch's example.")
    int kernel;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "64", description = "Images per step.")
    int batch;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "300", description = "Passes over the class.")
    int epochs;

    @Option(
            names = "--lr",
            paramLabel = "RATE",
            defaultValue = "0.0002",
            description = "Adam's learning rate, both nets.")
    double learningRate;

    @Option(names = "--beta1", paramLabel = "B", defaultValue = "0.5", description = "Adam's beta 1; beta 2 is 0.999.")
    double beta1;

    @Option(
            names = "--snapshot-every",
            paramLabel = "N",
            defaultValue = "10",
            description = "Epochs between snapshots, each with a sample grid and quality metrics.")
    int snapshotEvery;

    GanOptions options(long seed) {
        return new GanOptions(size, latent, width, kernel, batch, epochs, learningRate, beta1, snapshotEvery, seed);
    }
}
