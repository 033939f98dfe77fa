package org.lesionforge.backbone.zoo;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
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
import org.lesionforge.backbone.Naming;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.WeightNames;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Activation;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.Layer;
import org.lesionforge.torch.StateDict;

/**
 * VGG-16 (Simonyan and Zisserman 2014, arXiv 1409.1556), their configuration D. Its features are those of the second hidden layer, and no average over
 * places: a map of one place. Modules are named as torchvision's.
 */
final class Vgg16 {
    private static final String HEAD = "classifier.6";
    private static final int HIDDEN = 4096;
    /** Side of the map that the first hidden layer reads; maps of other sizes are brought to it. */
    private static final int POOLED = 7;

    private static final double DROPOUT_RATE = 0.5;
    private static final double DEVIATION = 0.01;

    /** timm's hidden layers are convolutions of the pooled map's size. */
    private static final Naming TIMM = new Naming(
            "timm's", Map.of("pre_logits.fc1", "classifier.0", "pre_logits.fc2", "classifier.3", "head.fc", HEAD));

    /** Each ends with a pool. */
    private static final List<Stage> STAGES =
            List.of(new Stage(64, 2), new Stage(128, 2), new Stage(256, 3), new Stage(512, 3), new Stage(512, 3));

    private static final FeatureLayer MIDDLE = pool(4);

    static final Architecture ARCHITECTURE = new Architecture(
            "vgg-16",
            "VGG-16",
            224,
            32,
            List.of(Normalisation.IMAGENET),
            List.of(
                    pool(1),
                    pool(2),
                    pool(3),
                    pool(5),
                    new FeatureLayer("classifier.3", HIDDEN, "classifier.3.weight", false)),
            MIDDLE,
            List.of(AsPublished.values()),
            new Footprint(new Counts(138_357_544, 15_470_264_320L), 553_500_000, 73_000_000),
            OptionalDouble.empty(),
            new WeightNames(
                    "features.0.weight",
                    List.of(HEAD),
                    List.of(HEAD),
                    Pattern.compile("(features\\.([0257]|1[0247]|19|2[1468])|classifier\\.[036])\\.(weight|bias)"),
                    List.of(TIMM)),
            new ImageNetRecognition(() -> Vgg16.ARCHITECTURE),
            (options, seed) -> new Net(options, seed));

    /** 3×3 convolutions of one width. */
    private record Stage(int channels, int convolutions) {}

    /** The pool behind a stage, the first of which is 1: every convolution has a number, its ReLU the next. */
    private static FeatureLayer pool(int stage) {
        int number = STAGES.subList(0, stage).stream()
                        .mapToInt(each -> 2 * each.convolutions + 1)
                        .sum()
                - 1;
        return new FeatureLayer(
                "features." + number, STAGES.get(stage - 1).channels, "features." + (number - 2) + ".weight");
    }

    private Vgg16() {}

    /** Apart from the facts, which load nothing native. */
    private static final class Net extends SequentialBackbone {
        Net(BackboneOptions options, Seed seed) {
            super(options, DROPOUT_RATE);
            long in = 3;
            int number = 0;
            for (Stage stage : STAGES) {
                for (int i = 0; i < stage.convolutions; i++) {
                    String name = "features." + number;
                    NormedConvolution.Shape shape =
                            new NormedConvolution.Shape(in, stage.channels, 3, 1, Activation.RELU);
                    row(name, () -> convolution(name, shape, true));
                    in = stage.channels;
                    number += 2;
                }
                row("features." + number, () -> Layer.maxPool(2, 2, false));
                number++;
            }
            long places = (long) POOLED * POOLED;
            long channels = in;
            row(
                    "classifier.0",
                    () -> new Hidden(
                            linear("classifier.0", channels * places, HIDDEN),
                            map -> torch.adaptive_avg_pool2d(map, POOLED, POOLED)));
            row("classifier.3", () -> new Hidden(linear("classifier.3", HIDDEN, HIDDEN), this::dropped));
            finish(HEAD, seed);
        }

        private Tensor dropped(Tensor x) {
            return is_training() ? dropout().apply(x) : x.view(-1, HIDDEN);
        }

        @Override
        void initialise(Tensor weight, Tensor bias, GeneratorOptional draws) {
            weight.normal_(0, DEVIATION, draws);
            bias.zero_();
        }
    }

    /**
     * A fully connected layer with ReLU, which makes a map of one place.
     *
     * @param linear reads all numbers of a map
     * @param before done to the map first
     */
    private record Hidden(LinearImpl linear, UnaryOperator<Tensor> before) implements Described {
        @Override
        public Tensor forward(Tensor x) {
            try (Tensor map = before.apply(x);
                    Tensor numbers = map.reshape(map.size(0), -1);
                    Tensor y = linear.forward(numbers)) {
                y.relu_();
                return y.view(y.size(0), -1, 1, 1);
            }
        }

        @Override
        public String does() {
            return "linear, ReLU";
        }

        @Override
        public long parameterCount() {
            return StateDict.parameterCount(linear);
        }

        @Override
        public Extent extent(Extent x) {
            try (Tensor weight = linear.weight()) {
                return x.connected(weight.size(0), weight.numel());
            }
        }
    }
}
