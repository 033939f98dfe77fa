package org.lesionforge.backbone.zoo;

import java.util.List;
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
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.WeightNames;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Activation;
import org.lesionforge.nn.Layer;

/**
 * ResNets of bottlenecks (He et al. 2015, arXiv 1512.03385), with the strides in the 3×3 convolutions, where torchvision's weights have them (the paper's are
 * in the first 1×1: the same shapes, other numbers). Modules are named as torchvision's.
 */
final class ResNet {
    private static final int EXPANSION = 4;
    private static final String HEAD = "fc";
    private static final int BLOCKS_50 = 6;

    static final Architecture RESNET_50 = architecture(
            "resnet-50",
            "ResNet-50",
            BLOCKS_50,
            new Footprint(new Counts(25_557_032, 4_089_184_256L), 102_400_000, 91_000_000));

    static final Architecture RESNET_101 = architecture(
            "resnet-101",
            "ResNet-101",
            23,
            new Footprint(new Counts(44_549_160, 7_801_405_440L), 178_600_000, 132_000_000));

    /** @param blocks of the third stage; the others have 3, 4 and 3 */
    private static Architecture architecture(String name, String title, int blocks, Footprint footprint) {
        FeatureLayer middle = stage(3, blocks, 1024);
        return new Architecture(
                name,
                title,
                224,
                32,
                List.of(Normalisation.IMAGENET),
                List.of(stage(1, 3, 256), stage(2, 4, 512), middle, stage(4, 3, 2048)),
                middle,
                List.of(AsPublished.values()),
                footprint,
                OptionalDouble.empty(),
                new WeightNames(
                        "layer1.0.conv1.weight",
                        List.of(HEAD),
                        List.of(HEAD),
                        Pattern.compile("((conv1|bn1|fc)|layer([14]\\.[0-2]|2\\.[0-3]|3\\.("
                                + (blocks > BLOCKS_50 ? "1?[0-9]|2[0-2]" : "[0-5]") + "))"
                                + "\\.(conv[123]|bn[123]|downsample\\.[01]))\\..*")),
                new ImageNetRecognition(() -> blocks > BLOCKS_50 ? ResNet.RESNET_101 : ResNet.RESNET_50),
                (options, seed) -> new Net(options, blocks, seed));
    }

    private static FeatureLayer stage(int number, int blocks, int channels) {
        String last = "layer" + number + "." + (blocks - 1);
        return new FeatureLayer(last, channels, last + ".conv3.weight");
    }

    private ResNet() {}

    /** Apart from the facts, which load nothing native. */
    private static final class Net extends SequentialBackbone {
        Net(BackboneOptions options, int thirdStage, Seed seed) {
            super(options, 0);
            row("conv1", () -> convolution("conv1", "bn1", new NormedConvolution.Shape(3, 64, 7, 2, Activation.RELU)));
            row("maxpool", () -> Layer.maxPool(2, 1));
            int[] blocks = {3, 4, thirdStage, 3};
            long in = 64;
            for (int stage = 0; stage < blocks.length; stage++) {
                long planes = 64L << stage;
                for (int block = 0; block < blocks[stage]; block++) {
                    String name = "layer" + (stage + 1) + "." + block;
                    long from = in;
                    long stride = stage > 0 && block == 0 ? 2 : 1;
                    row(name, () -> bottleneck(name, from, planes, stride));
                    in = EXPANSION * planes;
                }
            }
            finish(HEAD, seed);
        }

        private Layer bottleneck(String name, long in, long planes, long stride) {
            long out = EXPANSION * planes;
            Layer branch = Layer.chain(List.of(
                    part(name, 1, new NormedConvolution.Shape(in, planes, 1, 1, Activation.RELU)),
                    part(name, 2, new NormedConvolution.Shape(planes, planes, 3, stride, Activation.RELU)),
                    part(name, 3, new NormedConvolution.Shape(planes, out, 1, 1, Activation.NONE))));
            Optional<Layer> shortcut = in == out && stride == 1
                    ? Optional.empty()
                    : Optional.of(convolution(
                            name + ".downsample.0",
                            name + ".downsample.1",
                            new NormedConvolution.Shape(in, out, 1, stride, Activation.NONE)));
            return new Residual(branch, shortcut, Activation.RELU);
        }

        private Layer part(String block, int number, NormedConvolution.Shape shape) {
            return convolution(block + ".conv" + number, block + ".bn" + number, shape);
        }

        /** As every linear layer of PyTorch: uniform within 1/√inputs. */
        @Override
        void initialise(Tensor weight, Tensor bias, GeneratorOptional draws) {
            double bound = 1 / Math.sqrt((double) weight.size(1));
            weight.uniform_(-bound, bound, draws);
            bias.uniform_(-bound, bound, draws);
        }
    }
}
