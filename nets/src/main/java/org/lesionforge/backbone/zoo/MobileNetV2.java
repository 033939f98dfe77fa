package org.lesionforge.backbone.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Counts;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Footprint;
import org.lesionforge.backbone.Naming;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.WeightNames;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Activation;
import org.lesionforge.nn.Layer;

/** MobileNet V2 (Sandler et al. 2018, arXiv 1801.04381): inverted residuals around depthwise convolutions. Modules are named as torchvision's. */
final class MobileNetV2 {
    private static final String HEAD = "classifier.1";
    private static final int FEATURES = 1280;
    private static final double DROPOUT_RATE = 0.2;
    private static final double HEAD_DEVIATION = 0.01;

    /** The paper's table 2. */
    private static final List<Stage> STAGES = List.of(
            new Stage(1, 16, 1, 1),
            new Stage(6, 24, 2, 2),
            new Stage(6, 32, 3, 2),
            new Stage(6, 64, 4, 2),
            new Stage(6, 96, 3, 1),
            new Stage(6, 160, 3, 2),
            new Stage(6, 320, 1, 1));

    /** Parts of a block by timm's names; the first block of all is not widened. */
    private static final Map<String, String> WIDENED =
            Map.of("conv_pw", "0.0", "bn1", "0.1", "conv_dw", "1.0", "bn2", "1.1", "conv_pwl", "2", "bn3", "3");

    private static final Map<String, String> NOT_WIDENED =
            Map.of("conv_dw", "0.0", "bn1", "0.1", "conv_pw", "1", "bn2", "2");

    private static final FeatureLayer MIDDLE = block(13, 96);

    static final Architecture ARCHITECTURE = new Architecture(
            "mobilenet-v2",
            "MobileNet V2",
            224,
            32,
            List.of(Normalisation.IMAGENET),
            List.of(
                    block(3, 24),
                    block(6, 32),
                    MIDDLE,
                    new FeatureLayer("features.18", FEATURES, "features.18.0.weight")),
            MIDDLE,
            List.of(AsPublished.values()),
            new Footprint(new Counts(3_504_872, 300_774_272), 14_200_000, 96_000_000),
            OptionalDouble.empty(),
            new WeightNames(
                    "features.0.0.weight",
                    List.of("classifier"),
                    List.of(HEAD),
                    Pattern.compile(
                            "(features\\.(0\\.[01]|18\\.[01]|([1-9]|1[0-7])\\.conv\\.([01]\\.[01]|[123]))|classifier\\.1)\\.[a-z_]+"),
                    List.of(timm())),
            new ImageNetRecognition(() -> MobileNetV2.ARCHITECTURE),
            (options, seed) -> new Net(options, seed));

    /** Blocks of one width, the first of which has the stride. */
    private record Stage(int expansion, int channels, int blocks, int stride) {}

    private static FeatureLayer block(int number, int channels) {
        String name = "features." + number;
        return new FeatureLayer(name, channels, name + ".conv.2.weight");
    }

    private static Naming timm() {
        TimmNames names = new TimmNames("features.0", "features.18", HEAD);
        int number = 1;
        for (int stage = 0; stage < STAGES.size(); stage++) {
            for (int block = 0; block < STAGES.get(stage).blocks; block++) {
                boolean widened = STAGES.get(stage).expansion > 1;
                names.block(stage, block, "features." + number++ + ".conv.", widened ? WIDENED : NOT_WIDENED);
            }
        }
        return names.naming();
    }

    private MobileNetV2() {}

    /** Apart from the facts, which load nothing native. */
    private static final class Net extends SequentialBackbone {
        Net(BackboneOptions options, Seed seed) {
            super(options, DROPOUT_RATE);
            long in = 32;
            int number = 0;
            end(number++, new NormedConvolution.Shape(3, in, 3, 2, Activation.RELU6));
            for (Stage stage : STAGES) {
                for (int block = 0; block < stage.blocks; block++) {
                    String name = "features." + number++;
                    long from = in;
                    long stride = block == 0 ? stage.stride : 1;
                    row(name, () -> block(name + ".conv.", from, stage, stride));
                    in = stage.channels;
                }
            }
            end(number, new NormedConvolution.Shape(in, FEATURES, 1, 1, Activation.RELU6));
            finish(HEAD, seed);
        }

        /** The first or the last layer. */
        private void end(int number, NormedConvolution.Shape shape) {
            String name = "features." + number;
            row(name, () -> convolution(name + ".0", name + ".1", shape));
        }

        /** Wider, depthwise, narrower without activation; added to the input where that has its size. */
        private Layer block(String name, long in, Stage stage, long stride) {
            long wide = in * stage.expansion;
            List<Layer> layers = new ArrayList<>();
            if (stage.expansion > 1) {
                layers.add(convolution(
                        name + "0.0", name + "0.1", new NormedConvolution.Shape(in, wide, 1, 1, Activation.RELU6)));
            }
            String depthwise = name + layers.size();
            layers.add(convolution(
                    depthwise + ".0",
                    depthwise + ".1",
                    NormedConvolution.Shape.depthwise(wide, 3, stride, Activation.RELU6)));
            layers.add(convolution(
                    name + layers.size(),
                    name + (layers.size() + 1),
                    new NormedConvolution.Shape(wide, stage.channels, 1, 1, Activation.NONE)));
            Layer branch = Layer.chain(layers);
            return stride == 1 && in == stage.channels
                    ? new Residual(branch, Optional.empty(), Activation.NONE)
                    : branch;
        }

        @Override
        void initialise(Tensor weight, Tensor bias, GeneratorOptional draws) {
            weight.normal_(0, HEAD_DEVIATION, draws);
            bias.zero_();
        }
    }
}
