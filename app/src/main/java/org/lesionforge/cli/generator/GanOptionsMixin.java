package org.lesionforge.cli.generator;

import org.lesionforge.cli.config.RecordedAs;
import org.lesionforge.gan.Flips;
import org.lesionforge.gan.GanOptions;
import org.lesionforge.gan.GanPreset;
import org.lesionforge.gan.Remedies;
import picocli.CommandLine.Option;

/** How a GAN is trained: a preset, and options that override it. */
public final class GanOptionsMixin {
    @Option(
            names = "--preset",
            paramLabel = "paper|small-data",
            defaultValue = "paper",
            converter = GanPresetConverter.class,
            description =
                    "What is not given otherwise. Defaults below are the paper's; small-data is for some hundreds "
                            + "of images: batch 16, width 64, kernel 4, flips, EMA, falling learning rate.")
    GanPreset preset;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Side of the generated images, a power of two. Default: 64.")
    Integer size;

    @Option(names = "--latent", paramLabel = "N", description = "Length of the random input z. Default: 100.")
    Integer latent;

    @Option(
            names = "--width",
            paramLabel = "N",
            description =
                    "Channels of the widest feature map: 128 as in Radford's paper, 64 for a quarter of the work. "
                            + "Default: 128; small-data 64.")
    Integer width;

    @Option(
            names = "--kernel",
            paramLabel = "4|5",
            description = "Side of the convolutions: 5 as in Radford's paper, 4 as in PyTorch's example. "
                    + "Default: 5; small-data 4.")
    Integer kernel;

    @Option(names = "--batch", paramLabel = "N", description = "Images per step. Default: 64; small-data 16.")
    Integer batch;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the class. Default: 300.")
    Integer epochs;

    @RecordedAs("learning_rate")
    @Option(names = "--lr", paramLabel = "RATE", description = "Adam's learning rate, both nets. Default: 0.0002.")
    Double learningRate;

    @Option(names = "--beta1", paramLabel = "B", description = "Adam's beta 1; beta 2 is 0.999. Default: 0.5.")
    Double beta1;

    @Option(
            names = "--snapshot-every",
            paramLabel = "N",
            description = "Epochs between snapshots, each with a sample grid and quality metrics. Default: 10.")
    Integer snapshotEvery;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "End early after N snapshots without a better one, as measured on validation images. "
                    + "Default: 0, never.")
    Integer patience;

    @Option(
            names = "--flips",
            paramLabel = "none|horizontal|both",
            converter = FlipsConverter.class,
            description = "Mirror the real images at random. Default: none; small-data both.")
    Flips flips;

    @Option(
            names = "--translation",
            paramLabel = "SHARE",
            description = "DiffAugment: the discriminator sees real and generated images moved at random by up to this "
                    + "share of their side. Default: 0.")
    Double translation;

    @Option(
            names = "--brightness",
            paramLabel = "SHARE",
            description = "DiffAugment: ... and brightened or darkened by up to this share of the range from black to "
                    + "white. Default: 0.")
    Double brightness;

    @Option(
            names = "--label-smoothing",
            paramLabel = "SHARE",
            description = "The discriminator learns real = 1 - SHARE instead of 1. Default: 0.")
    Double labelSmoothing;

    @Option(
            names = "--spectral-norm",
            negatable = true,
            description = "Spectral norm in place of batch norm in the discriminator. Default: off.")
    Boolean spectralNorm;

    @Option(
            names = "--minibatch-std",
            negatable = true,
            description = "Give the discriminator the standard deviation of its batch. Default: off.")
    Boolean minibatchStd;

    @Option(
            names = "--r1",
            paramLabel = "GAMMA",
            description = "Penalty on the discriminator's gradient at real images. Default: 0, none.")
    Double r1;

    @Option(
            names = "--r1-every",
            paramLabel = "N",
            description = "Iterations from one such penalty to the next. Default: 1.")
    Integer r1Every;

    @RecordedAs("ema_half_life")
    @Option(
            names = "--ema",
            paramLabel = "IMAGES",
            description = "Half-life of a running average of the generator's weights, in images. "
                    + "Default: 0, none; small-data 10000.")
    Integer emaHalfLife;

    @Option(
            names = "--ema-ramp-up",
            paramLabel = "SHARE",
            description =
                    "That half-life is at most this share of the images seen so far; 0 for no limit. Default: 0.05.")
    Double emaRampUp;

    @RecordedAs("rate_decay")
    @Option(
            names = "--lr-decay",
            paramLabel = "SHARE",
            description = "Let the learning rate fall linearly to 0 over this last share of the training. "
                    + "Default: 0, none; small-data a third.")
    Double rateDecay;

    /** @throws IllegalArgumentException when a value is out of its range */
    public GanOptions options(long seed) {
        GanOptions usual = preset.options();
        return GanOptions.DEFAULTS
                .with()
                .size(or(size, usual.size()))
                .latent(or(latent, usual.latent()))
                .width(or(width, usual.width()))
                .kernel(or(kernel, usual.kernel()))
                .batch(or(batch, usual.batch()))
                .epochs(or(epochs, usual.epochs()))
                .learningRate(or(learningRate, usual.learningRate()))
                .beta1(or(beta1, usual.beta1()))
                .snapshotEvery(or(snapshotEvery, usual.snapshotEvery()))
                .patience(or(patience, usual.patience()))
                .remedies(remedies(usual.remedies()))
                .seed(seed)
                .build();
    }

    private Remedies remedies(Remedies usual) {
        return usual.with()
                .labelSmoothing(or(labelSmoothing, usual.labelSmoothing()))
                .flips(or(flips, usual.flips()))
                .translation(or(translation, usual.translation()))
                .brightness(or(brightness, usual.brightness()))
                .spectralNorm(or(spectralNorm, usual.spectralNorm()))
                .minibatchStd(or(minibatchStd, usual.minibatchStd()))
                .r1(or(r1, usual.r1()), or(r1Every, usual.r1Every()))
                .ema(or(emaHalfLife, usual.emaHalfLife()), or(emaRampUp, usual.emaRampUp()))
                .rateDecay(or(rateDecay, usual.rateDecay()))
                .build();
    }

    private static <T> T or(T given, T usual) {
        return given == null ? usual : given;
    }
}
