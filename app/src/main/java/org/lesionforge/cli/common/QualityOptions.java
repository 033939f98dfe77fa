package org.lesionforge.cli.common;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.cli.config.RecordedAs;
import org.lesionforge.generator.run.GeneratorConfig;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.quality.Extractors;
import org.lesionforge.quality.FeatureReader;
import org.lesionforge.quality.Resize;
import org.lesionforge.torch.Compute;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.WeightsCache;
import picocli.CommandLine.Option;

/** The network that generated images are measured with. */
public final class QualityOptions {
    private static final String NAME = "--metric-weights";

    @Option(
            names = NAME,
            paramLabel = "FILE|NAME",
            description =
                    "Weights of the network that images are measured with: a file (safetensors, .pth) or a name of 'weights "
                            + "list'. Only the network of 2015-12-05 ('fid') gives a FID; any other distance is named "
                            + "after its network. Default: none, nothing is measured.")
    public Path weights;

    @RecordedAs("metric_features")
    @Option(
            names = "--features",
            paramLabel = "LENGTH",
            converter = FeatureLengthConverter.class,
            description =
                    "Length of the feature vectors: 64, 192, 768 or 2048 of Inception V3. Default: the deepest that the "
                            + "weights have.")
    public Integer features;

    @RecordedAs("metric_resize")
    @Option(
            names = "--resize",
            paramLabel = "tf|pytorch-fid|clean",
            defaultValue = "pytorch-fid",
            converter = ResizeConverter.class,
            description = "How images are brought to the size that the network was made for before they are measured.")
    public Resize resize;

    private final BackboneZoo backbones;

    public QualityOptions(Zoos zoos) {
        backbones = zoos.backbones();
    }

    /** No weights: images are measured with the command's default, if any. */
    public static QualityOptions none(Zoos zoos) {
        QualityOptions options = new QualityOptions(zoos);
        options.resize = Resize.PYTORCH_FID;
        return options;
    }

    /**
     * The options that a GAN's run was started with.
     *
     * @param measuring null when it was started without weights
     * @param moved the weights' new path; null when they were not moved
     */
    public static QualityOptions of(GeneratorConfig.@Nullable Measuring measuring, @Nullable Path moved, Zoos zoos) {
        QualityOptions options = none(zoos);
        if (measuring != null) {
            options.weights = moved == null ? Path.of(measuring.weights()) : moved;
            options.features = measuring.features();
            options.resize = Resize.of(measuring.resize());
        }
        return options;
    }

    /** For the record of a GAN's run. */
    public GeneratorConfig.Measuring measuring(PretrainedWeights opened) {
        // Absolute, because the run may be resumed from another folder; a name has no folder.
        Path lasting = Files.exists(weights) ? weights.toAbsolutePath().normalize() : weights;
        return new GeneratorConfig.Measuring(
                lasting.toString(), opened.sha256(), layer(opened).dimensions(), resize.label());
    }

    /** @throws UnusableInputException when a run was started with other weights */
    public void requireSame(GeneratorConfig.Measuring measuring, Optional<PretrainedWeights> opened) {
        opened.filter(file -> !file.sha256().equals(measuring.sha256())).ifPresent(file -> {
            throw new UnusableInputException(weights + " has checksum " + file.sha256()
                    + ", the run was started with weights of checksum " + measuring.sha256()
                    + "; name those with --metric-weights");
        });
    }

    /** @throws IllegalArgumentException when {@code --features} is given without weights */
    public void check() {
        if (features != null && weights == null) {
            throw new IllegalArgumentException(
                    "--features are those of a network for measuring: name one with " + NAME + " FILE");
        }
    }

    /**
     * The weights the user named; empty when there are none.
     *
     * @param progress receives a message about any choice made in reading them
     */
    public Optional<PretrainedWeights> openWeights(Progress progress) {
        return Optional.ofNullable(weights).map(file -> WeightsCache.ofUser().open(file, NAME, backbones, progress));
    }

    /**
     * The network that images are measured with.
     *
     * @param opened as {@link #openWeights}
     */
    public Optional<FeatureReader> extractor(Optional<PretrainedWeights> opened, Compute compute, Progress progress) {
        return opened.map(file -> Extractors.reader(file, layer(file), resize, Optional.empty(), compute, progress));
    }

    /**
     * Where features are taken.
     *
     * @throws UnusableInputException when the weights do not reach so deep
     */
    public FeatureLayer layer(PretrainedWeights opened) {
        return features == null ? opened.deepest() : opened.featureLayer(features);
    }
}
