package org.lesionforge.backbone.zoo;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Counts;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Footprint;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.WeightNames;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Activation;
import org.lesionforge.nn.Dropout;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.Layer;

/**
 * GoogLeNet (Szegedy et al. 2014, arXiv 1409.4842) with batch normalisation, as torchvision has it: 3×3 convolutions in place of the paper's 5×5, whose
 * weights were never published. Modules are named as torchvision's.
 */
final class GoogLeNet {
    private static final String HEAD = "fc";
    private static final double DROPOUT_RATE = 0.2;
    private static final double AUXILIARY_DROPOUT_RATE = 0.7;
    private static final double DEVIATION = 0.01;
    private static final NormedConvolution.Norm NORM = new NormedConvolution.Norm(1e-3, 0.1);

    private static final FeatureLayer BEFORE_FIRST_HEAD = block("inception4a", 512);
    private static final FeatureLayer BEFORE_SECOND_HEAD = block("inception4d", 528);
    private static final FeatureLayer MIDDLE = block("inception4e", 832);

    static final Architecture ARCHITECTURE = new Architecture(
            "googlenet",
            "GoogLeNet",
            224,
            15,
            List.of(Normalisation.SIGNED_UNIT),
            List.of(
                    new FeatureLayer("maxpool2", 192, "conv3.conv.weight"),
                    block("inception3b", 480),
                    MIDDLE,
                    block("inception5b", 1024)),
            MIDDLE,
            List.of(AsPublished.values()),
            new Footprint(new Counts(13_004_888, 1_498_376_192), 52_200_000, 48_000_000),
            OptionalDouble.of(0.3),
            new WeightNames(
                    "conv1.conv.weight",
                    List.of(HEAD, "aux1", "aux2"),
                    List.of(HEAD, "aux1.fc2", "aux2.fc2"),
                    Pattern.compile(
                            "((conv[123]|aux[12]\\.conv|inception(3[ab]|4[a-e]|5[ab])\\.branch(1|[23]\\.[01]|4\\.1))\\.(conv|bn)"
                                    + "|aux[12]\\.fc[12]|fc)\\.[a-z_]+")),
            new ImageNetRecognition(() -> GoogLeNet.ARCHITECTURE),
            (options, seed) -> new Net(options, seed));

    private static FeatureLayer block(String name, int channels) {
        return new FeatureLayer(name, channels, name + ".branch4.1.conv.weight");
    }

    private GoogLeNet() {}

    /**
     * A row of the paper's table 1: channels of the four branches, of two of them before and behind their 3×3 convolution.
     *
     * @param in channels of the input
     * @param pool of the convolution behind the pool
     */
    private record Block(
            long in, long one, long reducedSecond, long second, long reducedThird, long third, long pool) {}

    /** Apart from the facts, which load nothing native. */
    private static final class Net extends SequentialBackbone {
        private final List<AuxiliaryHead> auxiliary;

        Net(BackboneOptions options, Seed seed) {
            super(options, DROPOUT_RATE, NORM);
            row("conv1", () -> part("conv1", 3, 64, 7, 2));
            row("maxpool1", () -> Layer.maxPool(3, 2, true));
            row("conv2", () -> part("conv2", 64, 64, 1, 1));
            row("conv3", () -> part("conv3", 64, 192, 3, 1));
            row("maxpool2", () -> Layer.maxPool(3, 2, true));
            block("inception3a", new Block(192, 64, 96, 128, 16, 32, 32));
            block("inception3b", new Block(256, 128, 128, 192, 32, 96, 64));
            row("maxpool3", () -> Layer.maxPool(3, 2, true));
            block("inception4a", new Block(480, 192, 96, 208, 16, 48, 64));
            block("inception4b", new Block(512, 160, 112, 224, 24, 64, 64));
            block("inception4c", new Block(512, 128, 128, 256, 24, 64, 64));
            block("inception4d", new Block(512, 112, 144, 288, 32, 64, 64));
            block("inception4e", new Block(528, 256, 160, 320, 32, 128, 128));
            row("maxpool4", () -> Layer.maxPool(2, 2, true));
            block("inception5a", new Block(832, 256, 160, 320, 32, 128, 128));
            block("inception5b", new Block(832, 384, 192, 384, 48, 128, 128));
            auxiliary = options.auxiliary()
                    ? List.of(head("aux1", BEFORE_FIRST_HEAD), head("aux2", BEFORE_SECOND_HEAD))
                    : List.of();
            finish(HEAD, seed);
        }

        private void block(String name, Block block) {
            row(
                    name,
                    () -> new Branches(Layer.concatenation(List.of(
                            part(name + ".branch1", block.in, block.one, 1, 1),
                            Layer.chain(List.of(
                                    part(name + ".branch2.0", block.in, block.reducedSecond, 1, 1),
                                    part(name + ".branch2.1", block.reducedSecond, block.second, 3, 1))),
                            Layer.chain(List.of(
                                    part(name + ".branch3.0", block.in, block.reducedThird, 1, 1),
                                    part(name + ".branch3.1", block.reducedThird, block.third, 3, 1))),
                            Layer.chain(List.of(
                                    Layer.maxPool(1, 1), part(name + ".branch4.1", block.in, block.pool, 1, 1)))))));
        }

        private NormedConvolution part(String name, long in, long out, long kernel, long stride) {
            return convolution(
                    name + ".conv",
                    name + ".bn",
                    new NormedConvolution.Shape(in, out, kernel, stride, Activation.RELU));
        }

        private AuxiliaryHead head(String name, FeatureLayer behind) {
            return new AuxiliaryHead(
                    part(name + ".conv", behind.dimensions(), AuxiliaryHead.CHANNELS, 1, 1),
                    linear(name + ".fc1", AuxiliaryHead.NUMBERS, AuxiliaryHead.HIDDEN),
                    linear(name + ".fc2", AuxiliaryHead.HIDDEN, options().classes()));
        }

        @Override
        public Output forward(Tensor x) {
            if (auxiliary.isEmpty() || !is_training()) {
                return super.forward(x);
            }
            List<Layer> all = upTo(options().deepest());
            int first = upTo(BEFORE_FIRST_HEAD).size();
            int second = upTo(BEFORE_SECOND_HEAD).size();
            try (Tensor behindFirst = Layer.chain(all.subList(0, first)).forward(x);
                    Tensor behindSecond =
                            Layer.chain(all.subList(first, second)).forward(behindFirst);
                    Tensor end = Layer.chain(all.subList(second, all.size())).forward(behindSecond);
                    Tensor features = end.mean(2, 3)) {
                List<Tensor> logits = List.of(
                        auxiliary.get(0).forward(behindFirst, dropout()),
                        auxiliary.get(1).forward(behindSecond, dropout()));
                return new Output(classify(features), logits);
            }
        }

        /** torchvision truncates at ±2, 200 deviations away, which is to say never. */
        @Override
        double deviation(long[] kernel) {
            return DEVIATION;
        }

        /** The bias as of every linear layer of PyTorch: uniform within 1/√inputs. */
        @Override
        void initialise(Tensor weight, Tensor bias, GeneratorOptional draws) {
            double bound = 1 / Math.sqrt((double) weight.size(1));
            weight.normal_(0, DEVIATION, draws);
            bias.uniform_(-bound, bound, draws);
        }
    }

    /** Four branches on one input. */
    private record Branches(Layer block) implements Described {
        @Override
        public Tensor forward(Tensor x) {
            return block.forward(x);
        }

        @Override
        public String does() {
            return "branches, concatenated";
        }

        @Override
        public long parameterCount() {
            return block.parameterCount();
        }

        @Override
        public Extent extent(Extent x) {
            return block.extent(x);
        }
    }

    /** A second classifier in the midst of the network, which brings gradient there in training. */
    private record AuxiliaryHead(NormedConvolution conv, LinearImpl fc1, LinearImpl fc2) {
        static final int CHANNELS = 128;
        static final int HIDDEN = 1024;
        private static final int SIDE = 4;
        static final int NUMBERS = CHANNELS * SIDE * SIDE;

        Tensor forward(Tensor x, Dropout dropout) {
            try (Tensor pooled = torch.adaptive_avg_pool2d(x, SIDE, SIDE);
                    Tensor convolved = conv.forward(pooled);
                    Tensor numbers = convolved.reshape(convolved.size(0), -1);
                    Tensor hidden = fc1.forward(numbers)) {
                hidden.relu_();
                try (Tensor dropped = dropout.apply(hidden, AUXILIARY_DROPOUT_RATE)) {
                    return fc2.forward(dropped);
                }
            }
        }
    }
}
