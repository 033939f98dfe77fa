package org.lesionforge.bench.fuzz.kind;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Counts;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Footprint;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.Variant;
import org.lesionforge.backbone.WeightNames;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.nn.Dropout;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.Layer;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/** One convolution and a head: a network whose checkpoints are small enough to damage a thousand of them. */
final class SmallNetwork extends Backbone {
    private static final FeatureLayer ONLY = new FeatureLayer("convolution", 4, "convolution.kernel.weight");

    static final Architecture ARCHITECTURE = new Architecture(
            "small",
            "Small",
            PreparedImages.SIDE,
            3,
            List.of(Normalisation.SIGNED_UNIT),
            List.of(ONLY),
            ONLY,
            List.of(Kind.values()),
            new Footprint(new Counts(5_108, 9_292), 1_000, 20_000),
            OptionalDouble.empty(),
            new WeightNames(
                    ONLY.lastKernel(), List.of("head"), List.of("head"), Pattern.compile("(convolution|head)\\..*")),
            (file, weights, classes) -> {
                throw new UnusableInputException(file + ": there are no published weights of this network");
            },
            (options, seed) -> new SmallNetwork(options, seed));

    private final Convolution convolution = register_module(ONLY.name(), new Convolution());
    private final LinearImpl head;
    private final Dropout dropout = new Dropout(0.2);

    private SmallNetwork(BackboneOptions options, Seed seed) {
        super(options);
        head = register_module("head", Layers.linear(ONLY.dimensions(), options.classes(), true));
        try (Scope scope = new Scope();
                Generator generator = Torch.generator(seed);
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.parameters(this).values().forEach(each -> each.normal_(0, 0.3, new GeneratorOptional(generator)));
        }
    }

    @Override
    protected Map<String, Layer> trunk() {
        return Map.of(ONLY.name(), convolution);
    }

    @Override
    protected String does(Layer layer) {
        return "convolution, ReLU";
    }

    @Override
    public LinearImpl head() {
        return head;
    }

    @Override
    public Dropout dropout() {
        return dropout;
    }

    @Override
    public void foldBatchNorm() {
        eval(); // it has none
    }

    private enum Kind implements Variant {
        ONLY;

        @Override
        public String text() {
            return "as it is";
        }
    }

    private static final class Convolution extends Module implements Layer {
        private final Conv2dImpl kernel = register_module("kernel", Layers.conv(3, ONLY.dimensions(), 3, 2, 0));

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = kernel.forward(x);
            y.relu_();
            return y;
        }

        @Override
        public Extent extent(Extent x) {
            try (Tensor weight = kernel.weight()) {
                return x.convolved(Tensors.shape(weight), new long[] {2, 2}, new long[] {0, 0});
            }
        }
    }
}
