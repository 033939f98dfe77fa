package org.lesionforge.backbone.zoo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
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
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.Layer;

/** DenseNets with bottlenecks (Huang et al. 2016, arXiv 1608.06993): each layer reads all maps before it. Modules are named as torchvision's. */
final class DenseNet {
    private static final String HEAD = "classifier";
    /** Channels that a layer adds; 1×1 convolutions make four times as many. */
    private static final int GROWTH = 32;

    private static final int STEM = 2 * GROWTH;

    static final Architecture DENSENET_121 =
            architecture(121, 24, 16, new Footprint(new Counts(7_978_856, 2_834_161_664L), 32_300_000, 130_000_000));

    static final Architecture DENSENET_169 =
            architecture(169, 32, 32, new Footprint(new Counts(14_149_480, 3_359_843_328L), 57_300_000, 157_000_000));

    static final Architecture DENSENET_201 =
            architecture(201, 48, 32, new Footprint(new Counts(20_013_928, 4_291_365_888L), 81_000_000, 203_000_000));

    /**
     * @param depth layers with weights, by which it is called
     * @param third layers of the third block; the first two have 6 and 12
     * @param fourth of the fourth
     */
    private static Architecture architecture(int depth, int third, int fourth, Footprint footprint) {
        List<Integer> blocks = List.of(6, 12, third, fourth);
        FeatureLayer middle = transition(3, blocks);
        String last = "features.denseblock4.denselayer" + fourth;
        return new Architecture(
                "densenet-" + depth,
                "DenseNet-" + depth,
                224,
                29,
                List.of(Normalisation.IMAGENET),
                List.of(
                        transition(1, blocks),
                        transition(2, blocks),
                        middle,
                        new FeatureLayer("features.norm5", channels(4, blocks), last + ".conv2.weight")),
                middle,
                List.of(AsPublished.values()),
                footprint,
                OptionalDouble.empty(),
                new WeightNames(
                        "features.conv0.weight",
                        List.of(HEAD),
                        List.of(HEAD),
                        names(blocks),
                        List.of(published(blocks))),
                new ImageNetRecognition(() -> ofDepth(depth)),
                (options, seed) -> new Net(options, blocks, seed));
    }

    private static Architecture ofDepth(int depth) {
        return switch (depth) {
            case 121 -> DENSENET_121;
            case 169 -> DENSENET_169;
            default -> DENSENET_201;
        };
    }

    private static FeatureLayer transition(int number, List<Integer> blocks) {
        String name = "features.transition" + number;
        return new FeatureLayer(name, channels(number, blocks) / 2, name + ".conv.weight");
    }

    /** Behind a block, the first of which is 1; a transition halves them. */
    private static int channels(int block, List<Integer> blocks) {
        int before = block == 1 ? STEM : channels(block - 1, blocks) / 2;
        return before + GROWTH * blocks.get(block - 1);
    }

    private static Pattern names(List<Integer> blocks) {
        String layers = IntStream.range(0, blocks.size())
                .mapToObj(block -> (block + 1) + "\\.denselayer("
                        + IntStream.rangeClosed(1, blocks.get(block))
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining("|"))
                        + ")")
                .collect(Collectors.joining("|"));
        return Pattern.compile("(features\\.(conv0|norm[05]|transition[123]\\.(norm|conv)|denseblock(" + layers
                + ")\\.(norm[12]|conv[12]))|classifier)\\.[a-z_]+");
    }

    /** torchvision's files are older than its network: they have a point before the number of a layer's part. */
    private static Naming published(List<Integer> blocks) {
        Map<String, String> layers = new HashMap<>();
        for (int block = 1; block <= blocks.size(); block++) {
            for (int layer = 1; layer <= blocks.get(block - 1); layer++) {
                String name = "features.denseblock" + block + ".denselayer" + layer + ".";
                for (String part : List.of("norm", "conv")) {
                    layers.put(name + part + ".1", name + part + "1");
                    layers.put(name + part + ".2", name + part + "2");
                }
            }
        }
        return new Naming("torchvision's older", layers);
    }

    private DenseNet() {}

    /** Apart from the facts, which load nothing native. */
    private static final class Net extends SequentialBackbone {
        Net(BackboneOptions options, List<Integer> blocks, Seed seed) {
            super(options, 0);
            row(
                    "features.conv0",
                    () -> convolution(
                            "features.conv0",
                            "features.norm0",
                            new NormedConvolution.Shape(3, STEM, 7, 2, Activation.RELU)));
            row("features.pool0", () -> Layer.maxPool(2, 1));
            long in = STEM;
            for (int block = 1; block <= blocks.size(); block++) {
                for (int layer = 1; layer <= blocks.get(block - 1); layer++) {
                    String name = "features.denseblock" + block + ".denselayer" + layer;
                    long from = in;
                    row(name, () -> layer(name, from));
                    in += GROWTH;
                }
                if (block < blocks.size()) {
                    String name = "features.transition" + block;
                    long from = in;
                    row(name, () -> transition(name, from));
                    in /= 2;
                }
            }
            long end = in;
            row("features.norm5", () -> new NormedActivation(batchNorm("features.norm5", end)));
            finish(HEAD, seed);
        }

        private Layer layer(String name, long in) {
            long inside = 4L * GROWTH;
            return new Beside(Layer.chain(List.of(
                    new NormedActivation(batchNorm(name + ".norm1", in)),
                    convolution(
                            name + ".conv1",
                            name + ".norm2",
                            new NormedConvolution.Shape(in, inside, 1, 1, Activation.RELU)),
                    convolution(
                            name + ".conv2",
                            new NormedConvolution.Shape(inside, GROWTH, 3, 1, Activation.NONE),
                            false))));
        }

        private Layer transition(String name, long in) {
            return Layer.chain(List.of(
                    new NormedActivation(batchNorm(name + ".norm", in)),
                    convolution(name + ".conv", new NormedConvolution.Shape(in, in / 2, 1, 1, Activation.NONE), false),
                    Layer.averages(2)));
        }

        /** He et al. 2015 by what goes in, as torchvision draws them. */
        @Override
        double deviation(long[] kernel) {
            return Math.sqrt(2.0 / (kernel[1] * kernel[2] * kernel[3]));
        }

        /** The weight as of every linear layer of PyTorch: uniform within 1/√inputs. */
        @Override
        void initialise(Tensor weight, Tensor bias, GeneratorOptional draws) {
            double bound = 1 / Math.sqrt((double) weight.size(1));
            weight.uniform_(-bound, bound, draws);
            bias.zero_();
        }
    }

    /** What some layers make of a map, behind that map's own channels. */
    private record Beside(Layer layers) implements Described {
        @Override
        public Tensor forward(Tensor x) {
            try (Tensor y = layers.forward(x);
                    TensorVector both = new TensorVector(x, y)) {
                return torch.cat(both, 1);
            }
        }

        @Override
        public String does() {
            return "convolutions, beside their input";
        }

        @Override
        public long parameterCount() {
            return layers.parameterCount();
        }

        @Override
        public Extent extent(Extent x) {
            return x.concatenated(List.of(x, layers.extent(x)));
        }
    }
}
