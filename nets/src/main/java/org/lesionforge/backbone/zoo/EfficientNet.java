package org.lesionforge.backbone.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
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
import org.lesionforge.nn.Dropout;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.Layer;

/**
 * EfficientNets (Tan and Le 2019, arXiv 1905.11946): inverted residuals with squeeze and excitation, widened and deepened by one rule. Modules are named as
 * torchvision's, whose epsilon and padding they have; TensorFlow's are others.
 */
final class EfficientNet {
    private static final String HEAD = "classifier.1";
    private static final int STEM = 32;
    /** Share of the images that the last block of all is left out for; the others' grow from 0 by their number. */
    private static final double STOCHASTIC_DEPTH = 0.2;

    /** The paper's table 1, B0. */
    private static final List<Stage> STAGES = List.of(
            new Stage(1, 3, 1, 16, 1),
            new Stage(6, 3, 2, 24, 2),
            new Stage(6, 5, 2, 40, 2),
            new Stage(6, 3, 2, 80, 3),
            new Stage(6, 5, 1, 112, 3),
            new Stage(6, 5, 2, 192, 4),
            new Stage(6, 3, 1, 320, 1));

    /** Parts of a block by timm's names; those of the first stage are not widened. */
    private static final Map<String, String> WIDENED = Map.of(
            "conv_pw", "0.0",
            "bn1", "0.1",
            "conv_dw", "1.0",
            "bn2", "1.1",
            "se.conv_reduce", "2.fc1",
            "se.conv_expand", "2.fc2",
            "conv_pwl", "3.0",
            "bn3", "3.1");

    private static final Map<String, String> NOT_WIDENED = Map.of(
            "conv_dw", "0.0",
            "bn1", "0.1",
            "se.conv_reduce", "1.fc1",
            "se.conv_expand", "1.fc2",
            "conv_pw", "2.0",
            "bn2", "2.1");

    static final Architecture B0 = architecture(
            "0",
            224,
            new Scale(1.0, 1.0, 0.2),
            new Footprint(new Counts(5_288_548, 385_814_752), 21_400_000, 113_000_000));

    /** At torchvision's side; the paper's was 260. */
    static final Architecture B2 = architecture(
            "2",
            288,
            new Scale(1.1, 1.2, 0.3),
            new Footprint(new Counts(9_109_994, 1_087_529_456), 36_800_000, 265_000_000));

    /** Blocks of one width, the first of which has the stride. */
    private record Stage(int expansion, int kernel, int stride, int channels, int blocks) {}

    /** How a network of the family differs from B0. */
    private record Scale(double width, double depth, double dropout) {
        List<Stage> stages() {
            return STAGES.stream()
                    .map(stage -> new Stage(stage.expansion, stage.kernel, stage.stride, channels(stage.channels), (int)
                            Math.ceil(stage.blocks * depth)))
                    .toList();
        }

        /** Rounded to a multiple of 8, but never below 90 %. */
        int channels(int ofB0) {
            double wanted = ofB0 * width;
            int rounded = Math.max(8, (int) (wanted + 4) / 8 * 8);
            return rounded < 0.9 * wanted ? rounded + 8 : rounded;
        }
    }

    private static Architecture architecture(String number, int side, Scale scale, Footprint footprint) {
        List<Stage> stages = scale.stages();
        FeatureLayer middle = end(5, stages);
        return new Architecture(
                "efficientnet-b" + number,
                "EfficientNet-B" + number,
                side,
                32,
                List.of(Normalisation.IMAGENET),
                List.of(
                        end(2, stages),
                        end(3, stages),
                        middle,
                        new FeatureLayer("features.8", lastChannels(stages), "features.8.0.weight")),
                middle,
                List.of(AsPublished.values()),
                footprint,
                OptionalDouble.empty(),
                new WeightNames(
                        "features.0.0.weight",
                        List.of("classifier"),
                        List.of(HEAD),
                        names(stages),
                        List.of(timm(stages))),
                new ImageNetRecognition(() -> number.equals("0") ? EfficientNet.B0 : EfficientNet.B2),
                (options, seed) -> new Net(options, scale, seed));
    }

    /** The last block of a stage, the first of which is 1. */
    private static FeatureLayer end(int stage, List<Stage> stages) {
        Stage of = stages.get(stage - 1);
        String name = "features." + stage + "." + (of.blocks - 1);
        return new FeatureLayer(name, of.channels, name + ".block.3.0.weight");
    }

    private static int lastChannels(List<Stage> stages) {
        return 4 * stages.get(stages.size() - 1).channels;
    }

    private static Pattern names(List<Stage> stages) {
        String blocks = IntStream.range(0, stages.size())
                .mapToObj(stage -> (stage + 1) + "\\.[0-" + (stages.get(stage).blocks - 1) + "]\\.block\\."
                        + (stages.get(stage).expansion == 1 ? "([02]\\.[01]|1\\.fc[12])" : "([013]\\.[01]|2\\.fc[12])"))
                .collect(Collectors.joining("|"));
        return Pattern.compile("(features\\.([08]\\.[01]|" + blocks + ")|classifier\\.1)\\.[a-z_]+");
    }

    private static Naming timm(List<Stage> stages) {
        TimmNames names = new TimmNames("features.0", "features.8", HEAD);
        for (int stage = 0; stage < stages.size(); stage++) {
            for (int block = 0; block < stages.get(stage).blocks; block++) {
                boolean widened = stages.get(stage).expansion > 1;
                names.block(
                        stage,
                        block,
                        "features." + (stage + 1) + "." + block + ".block.",
                        widened ? WIDENED : NOT_WIDENED);
            }
        }
        return names.naming();
    }

    private EfficientNet() {}

    /** Apart from the facts, which load nothing native. */
    private static final class Net extends SequentialBackbone {
        Net(BackboneOptions options, Scale scale, Seed seed) {
            super(options, scale.dropout);
            List<Stage> stages = scale.stages();
            int all = stages.stream().mapToInt(Stage::blocks).sum();
            int done = 0;
            long in = scale.channels(STEM);
            end("features.0", new NormedConvolution.Shape(3, in, 3, 2, Activation.SILU));
            for (int number = 1; number <= stages.size(); number++) {
                Stage stage = stages.get(number - 1);
                for (int block = 0; block < stage.blocks; block++) {
                    String name = "features." + number + "." + block;
                    long from = in;
                    long stride = block == 0 ? stage.stride : 1;
                    double dropped = STOCHASTIC_DEPTH * done++ / all;
                    row(name, () -> block(name + ".block.", from, stage, stride, dropped));
                    in = stage.channels;
                }
            }
            end("features.8", new NormedConvolution.Shape(in, lastChannels(stages), 1, 1, Activation.SILU));
            finish(HEAD, seed);
        }

        /** The first or the last layer. */
        private void end(String name, NormedConvolution.Shape shape) {
            row(name, () -> convolution(name + ".0", name + ".1", shape));
        }

        /** Wider, depthwise, weighted, narrower without activation; added to the input where that has its size. */
        private Layer block(String name, long in, Stage stage, long stride, double dropped) {
            long wide = in * stage.expansion;
            List<Layer> layers = new ArrayList<>();
            if (stage.expansion > 1) {
                layers.add(part(name + "0", new NormedConvolution.Shape(in, wide, 1, 1, Activation.SILU)));
            }
            layers.add(part(
                    name + layers.size(),
                    NormedConvolution.Shape.depthwise(wide, stage.kernel, stride, Activation.SILU)));
            layers.add(excitation(name + layers.size(), wide, Math.max(1, in / 4)));
            layers.add(part(
                    name + layers.size(), new NormedConvolution.Shape(wide, stage.channels, 1, 1, Activation.NONE)));
            Layer branch = Layer.chain(layers);
            return stride == 1 && in == stage.channels
                    ? new Residual(
                            new StochasticDepth(branch, dropped, dropout(), this::is_training),
                            Optional.empty(),
                            Activation.NONE)
                    : branch;
        }

        private Layer part(String name, NormedConvolution.Shape shape) {
            return convolution(name + ".0", name + ".1", shape);
        }

        private Layer excitation(String name, long channels, long squeezed) {
            return new Excitation(
                    convolution(
                            name + ".fc1",
                            new NormedConvolution.Shape(channels, squeezed, 1, 1, Activation.SILU),
                            true),
                    convolution(
                            name + ".fc2",
                            new NormedConvolution.Shape(squeezed, channels, 1, 1, Activation.NONE),
                            true));
        }

        /** The weight uniform within 1/√outputs. */
        @Override
        void initialise(Tensor weight, Tensor bias, GeneratorOptional draws) {
            double bound = 1 / Math.sqrt((double) weight.size(0));
            weight.uniform_(-bound, bound, draws);
            bias.zero_();
        }
    }

    /** Weighs each channel by what two layers make of all channels' averages: squeeze and excitation (Hu et al. 2017, arXiv 1709.01507). */
    private record Excitation(Layer squeeze, Layer excite) implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            try (Tensor averages = torch.adaptive_avg_pool2d(x, 1, 1);
                    Tensor squeezed = squeeze.forward(averages);
                    Tensor weights = excite.forward(squeezed)) {
                weights.sigmoid_();
                return x.mul(weights);
            }
        }

        @Override
        public long parameterCount() {
            return squeeze.parameterCount() + excite.parameterCount();
        }

        @Override
        public Extent extent(Extent x) {
            Extent averages = x.connected(x.channels(), 0);
            return x.costing(excite.extent(squeeze.extent(averages)).multiplyAdds() - x.multiplyAdds());
        }
    }

    /** Leaves layers out for some images in training, so that these pass the sum beside them alone (Huang et al. 2016, arXiv 1603.09382). */
    private record StochasticDepth(Layer layers, double share, Dropout dropout, BooleanSupplier training)
            implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            Tensor y = layers.forward(x);
            if (!training.getAsBoolean()) {
                return y;
            }
            try (y) {
                return dropout.applyToImages(y, share);
            }
        }

        @Override
        public long parameterCount() {
            return layers.parameterCount();
        }

        @Override
        public Extent extent(Extent x) {
            return layers.extent(x);
        }
    }
}
