package org.lesionforge.backbone.zoo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Counts;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Footprint;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.Variant;
import org.lesionforge.backbone.WeightNames;
import org.lesionforge.backbone.WeightsDeclaration;
import org.lesionforge.backbone.WeightsIdentity;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.FusedConvolution;
import org.lesionforge.nn.Layer;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/**
 * A network that the program does not know, to show that nothing in it is made for the one that it does: two convolutions and a head, other names, other
 * sizes, other values in, no auxiliary head.
 */
public final class ToyBackbone extends Backbone {
    private static final FeatureLayer STEM = new FeatureLayer("stem", 6, "stem.kernel.weight");
    private static final FeatureLayer BODY = new FeatureLayer("body", 10, "body.kernel.weight");
    private static final Normalisation INPUT =
            new Normalisation("TOY", "(x-(180,140,120))/(60,50,40)", List.of(60.0, 50.0, 40.0), List.of(3.0, 2.8, 3.0));

    public static final Architecture ARCHITECTURE = new Architecture(
            "toy",
            "Toy",
            24,
            7,
            List.of(INPUT),
            List.of(STEM, BODY),
            STEM,
            List.of(Kind.values()),
            new Footprint(new Counts(11_734, 43_102), 4_000, 20_000),
            OptionalDouble.empty(),
            new WeightNames(
                    "stem.kernel.weight", List.of("out"), List.of("out"), Pattern.compile("(stem|body|out)\\..*")),
            (file, weights, classes) -> WeightsDeclaration.read(
                            file, weights.metadata(), ToyBackbone.ARCHITECTURE, Optional.empty())
                    .orElseGet(() -> new WeightsIdentity("toy-published", false, Kind.ONLY, INPUT)),
            (options, seed) -> new ToyBackbone(options, seed));

    /** What the program knows, and then this one: who takes the first takes another. */
    public static final BackboneZoo ZOO = new BackboneZoo(List.of(BackboneZoo.STANDARD.first(), ARCHITECTURE));

    private final Map<String, Layer> trunk = new LinkedHashMap<>();
    private final @Nullable LinearImpl out;
    private final Dropout dropout = new Dropout(0.2);

    private ToyBackbone(BackboneOptions options, Seed seed) {
        super(options);
        trunk.put(STEM.name(), register_module(STEM.name(), new Step(3, STEM.dimensions())));
        if (options.reaches(BODY)) {
            trunk.put(BODY.name(), register_module(BODY.name(), new Step(STEM.dimensions(), BODY.dimensions())));
        }
        out = options.classes() == 0
                ? null
                : register_module("out", Layers.linear(featureCount(), options.classes(), true));
        try (Scope scope = new Scope();
                Generator generator = Torch.generator(seed);
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.parameters(this).entrySet().stream()
                    .filter(each -> !each.getKey().contains(".norm."))
                    .forEach(each -> each.getValue().normal_(0, 0.3, new GeneratorOptional(generator)));
        }
    }

    @Override
    protected Map<String, Layer> trunk() {
        return trunk;
    }

    @Override
    protected String does(Layer layer) {
        return "convolution, batch norm, ReLU";
    }

    @Override
    public LinearImpl head() {
        if (out == null) {
            throw new IllegalStateException("built without a head");
        }
        return out;
    }

    @Override
    public Dropout dropout() {
        return dropout;
    }

    @Override
    public void foldBatchNorm() {
        eval();
        trunk.values().forEach(layer -> ((Step) layer).fold());
    }

    private enum Kind implements Variant {
        ONLY;

        @Override
        public String text() {
            return "as it is";
        }
    }

    private static final class Step extends Module implements Layer {
        private static final double EPSILON = 1e-5;
        private static final long[] STRIDE = {2, 2};
        private static final long[] PADDING = {0, 0};

        private final Conv2dImpl kernel;
        private final BatchNorm2dImpl norm;
        private @Nullable FusedConvolution folded;

        Step(long in, long out) {
            kernel = register_module("kernel", Layers.conv(in, out, 3, 2, 0));
            norm = register_module("norm", Layers.batchNorm(out, EPSILON));
        }

        @Override
        public Tensor forward(Tensor x) {
            if (folded != null) {
                return folded.apply(x);
            }
            try (Tensor convolved = kernel.forward(x)) {
                Tensor y = norm.forward(convolved);
                y.relu_();
                return y;
            }
        }

        @Override
        public Extent extent(Extent x) {
            try (Tensor weight = kernel.weight()) {
                return x.convolved(Tensors.shape(weight), STRIDE, PADDING);
            }
        }

        void fold() {
            if (folded == null) {
                try (Scope scope = new Scope();
                        NoGradGuard noGradient = new NoGradGuard()) {
                    Tensor scale = norm.weight()
                            .div(norm.running_var().add(new Scalar(EPSILON)).sqrt());
                    Tensor weight = kernel.weight().mul(scale.view(-1, 1, 1, 1));
                    Tensor bias = norm.bias().sub(norm.running_mean().mul(scale));
                    folded = new FusedConvolution(weight, bias, STRIDE, PADDING);
                }
            }
        }
    }
}
