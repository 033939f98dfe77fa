package org.lesionforge.backbone.zoo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Counts;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Footprint;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.Variant;
import org.lesionforge.backbone.WeightNames;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Activation;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.Layer;

/**
 * MobileNet V1 (Howard et al. 2017, arXiv 1704.04861): depthwise convolutions, each followed by a 1×1 convolution. Modules are named as timm's
 * {@code mobilenetv1_100}.
 */
final class MobileNetV1 {
    private static final String HEAD = "classifier";
    private static final int STEM = 32;
    /** Of Keras, whose authors these are: the paper has none. */
    private static final double DROPOUT_RATE = 1e-3;

    /** The paper's table 1. */
    private static final List<Stage> STAGES = List.of(
            new Stage(64, 1, 1),
            new Stage(128, 2, 2),
            new Stage(256, 2, 2),
            new Stage(512, 6, 2),
            new Stage(1024, 2, 2));

    private static final FeatureLayer MIDDLE = block(3);

    static final Architecture ARCHITECTURE = new Architecture(
            "mobilenet-v1",
            "MobileNet V1",
            224,
            32,
            List.of(Normalisation.SIGNED_UNIT),
            List.of(block(1), block(2), MIDDLE, block(4)),
            MIDDLE,
            List.of(Padding.values()),
            new Footprint(new Counts(4_231_976, 568_740_352), 17_000_000, 79_000_000),
            OptionalDouble.empty(),
            new WeightNames(
                    "conv_stem.weight",
                    List.of(HEAD),
                    List.of(HEAD),
                    Pattern.compile("(conv_stem|bn1|classifier"
                            + "|blocks\\.(0\\.0|[124]\\.[01]|3\\.[0-5])\\.(conv_dw|bn1|conv_pw|bn2))\\.[a-z_]+")),
            new ImageNetRecognition(() -> MobileNetV1.ARCHITECTURE, () -> Padding.KERAS),
            (options, seed) -> new Net(options, seed));

    /** What differs between the two networks of this name; their weights have the same shapes. */
    private enum Padding implements Variant {
        /** Zeros on all sides; an epsilon of 1e-5. */
        TIMM("zeros on all sides, as timm", 1e-5, 0.1),
        /** Convolutions of stride 2 with zeros at the bottom and the right alone; an epsilon of 1e-3, slower running statistics. */
        KERAS("zeros at the bottom and the right, as Keras", 1e-3, 0.01);

        private final String text;
        private final double epsilon;
        private final double momentum;

        Padding(String text, double epsilon, double momentum) {
            this.text = text;
            this.epsilon = epsilon;
            this.momentum = momentum;
        }

        private NormedConvolution.Norm norm() {
            return new NormedConvolution.Norm(epsilon, momentum);
        }

        @Override
        public Optional<String> padding() {
            return Optional.of(name().toLowerCase(Locale.ROOT));
        }

        @Override
        public String text() {
            return text;
        }
    }

    /** Blocks of one width, the first of which has the stride. */
    private record Stage(int channels, int blocks, int stride) {}

    /** The last one of a stage. */
    private static FeatureLayer block(int number) {
        Stage stage = STAGES.get(number);
        String name = "blocks." + number + "." + (stage.blocks - 1);
        return new FeatureLayer(name, stage.channels, name + ".conv_pw.weight");
    }

    private MobileNetV1() {}

    /** Apart from the facts, which load nothing native. */
    private static final class Net extends SequentialBackbone {
        private final Padding padding;

        Net(BackboneOptions options, Seed seed) {
            super(
                    options,
                    DROPOUT_RATE,
                    Padding.valueOf(options.variant().name()).norm());
            padding = Padding.valueOf(options.variant().name());
            row(
                    "conv_stem",
                    () -> padded("conv_stem", "bn1", new NormedConvolution.Shape(3, STEM, 3, 2, Activation.RELU6)));
            long in = STEM;
            for (int number = 0; number < STAGES.size(); number++) {
                Stage stage = STAGES.get(number);
                for (int block = 0; block < stage.blocks; block++) {
                    String name = "blocks." + number + "." + block;
                    long from = in;
                    long stride = block == 0 ? stage.stride : 1;
                    row(name, () -> block(name, from, stage.channels, stride));
                    in = stage.channels;
                }
            }
            finish(HEAD, seed);
        }

        private Layer block(String name, long in, long out, long stride) {
            return Layer.chain(List.of(
                    padded(
                            name + ".conv_dw",
                            name + ".bn1",
                            NormedConvolution.Shape.depthwise(in, 3, stride, Activation.RELU6)),
                    convolution(
                            name + ".conv_pw",
                            name + ".bn2",
                            new NormedConvolution.Shape(in, out, 1, 1, Activation.RELU6))));
        }

        private Layer padded(String conv, String batchNorm, NormedConvolution.Shape shape) {
            if (padding == Padding.TIMM || shape.stride() == 1) {
                return convolution(conv, batchNorm, shape);
            }
            return Layer.chain(List.of(new ZerosAfter(), convolution(conv, batchNorm, shape.unpadded())));
        }

        /** By what goes out of a group, as timm draws them: the paper does not say. */
        @Override
        double deviation(long[] kernel) {
            boolean depthwise = kernel[1] == 1;
            return Math.sqrt(2.0 / ((depthwise ? 1 : kernel[0]) * kernel[2] * kernel[3]));
        }

        /** As timm: uniform within 1/√outputs. */
        @Override
        void initialise(Tensor weight, Tensor bias, GeneratorOptional draws) {
            double bound = 1 / Math.sqrt((double) weight.size(0));
            weight.uniform_(-bound, bound, draws);
            bias.zero_();
        }
    }

    /** A row of zeros at the bottom and a column at the right. */
    private record ZerosAfter() implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            return torch.constant_pad_nd(x, new long[] {0, 1, 0, 1}, new Scalar(0));
        }

        @Override
        public Extent extent(Extent x) {
            return x.padded(1);
        }
    }
}
