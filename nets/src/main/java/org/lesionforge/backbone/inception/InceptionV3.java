package org.lesionforge.backbone.inception;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.nn.Layer;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Torch;

/**
 * Inception V3 (Szegedy et al. 2015, arXiv 1512.00567), with the parameter names of torchvision's {@code inception_v3}.
 *
 * <p>Input: n × 3 × h × w, float32, already normalised as the weights expect ({@link Normalisation}); h and w at least 75, 299 by
 * design. Kernels lie in channels-last memory, so the network is quickest when its input does too. Make it outside any
 * {@link Scope}: a scope would free the handles of its layers.
 */
public final class InceptionV3 extends Backbone {
    private static final double DEVIATION = 0.1;
    private static final double AUXILIARY_CONV1_DEVIATION = 0.01;
    private static final double AUXILIARY_FC_DEVIATION = 0.001;
    private static final double DROPOUT_RATE = 0.5;

    private final List<BasicConv2d> convolutions = new ArrayList<>();
    /** Of the trunk, by name and in their order. */
    private final Map<String, Layer> layers = new LinkedHashMap<>();

    private final @Nullable AuxiliaryHead auxiliaryHead;
    private final @Nullable LinearImpl fc;
    private final Dropout dropout = new Dropout(DROPOUT_RATE);

    /**
     * A network whose weights are loaded next; the same random ones each time until then.
     *
     * @param options of {@link InceptionArchitecture#V3}
     */
    public InceptionV3(BackboneOptions options) {
        this(options, new Seed(0));
    }

    /**
     * A network with fresh weights: N(0, 0.1²) for kernels and {@code fc}, 0.01 and 0.001 in place of 0.1 for
     * {@code AuxLogits.conv1} and {@code AuxLogits.fc}, as torchvision draws them.
     *
     * @param options of {@link InceptionArchitecture#V3}
     * @param seed of the weights
     */
    public InceptionV3(BackboneOptions options, Seed seed) {
        super(options);
        Pooling pooling = Pooling.valueOf(options.variant().name());
        for (Row row : rows(pooling)) {
            if (!layers.containsKey(options.deepest().name())) {
                layers.put(row.name, row.layer.get());
            }
        }
        auxiliaryHead = options.auxiliary() ? register_module("AuxLogits", new AuxiliaryHead(options.classes())) : null;
        fc = options.classes() > 0
                ? register_module("fc", Layers.linear(featureCount(), options.classes(), true))
                : null;
        initialise(seed);
    }

    @Override
    protected Map<String, Layer> trunk() {
        return layers;
    }

    @Override
    public Output forward(Tensor x) {
        if (auxiliaryHead == null || !is_training()) {
            return super.forward(x);
        }
        List<Layer> all = upTo(InceptionArchitecture.MIXED_7C);
        int toMiddle = upTo(InceptionArchitecture.MIXED_6E).size();
        Tensor middle = Layer.chain(all.subList(0, toMiddle)).forward(x);
        Tensor auxiliary = auxiliaryHead.forward(middle);
        Tensor end = Layer.chain(all.subList(toMiddle, all.size())).forward(middle);
        middle.close();
        try (end;
                Tensor pooled = end.mean(2, 3)) {
            return new Output(classify(pooled), List.of(auxiliary));
        }
    }

    @Override
    protected String does(Layer layer) {
        if (layer instanceof BasicConv2d) {
            return "convolution, batch norm, ReLU";
        }
        return layer instanceof Mixed ? "branches, concatenated" : "max pool";
    }

    @Override
    public Dropout dropout() {
        return dropout;
    }

    @Override
    public LinearImpl head() {
        if (fc == null) {
            throw new IllegalStateException("this network was built without a head; build it with classes > 0");
        }
        return fc;
    }

    /** The convolution does the ReLU as well then, which saves a quarter of the time. */
    @Override
    public void foldBatchNorm() {
        eval();
        convolutions.forEach(BasicConv2d::fold);
    }

    @Override
    public void close() {
        if (!isNull()) {
            convolutions.forEach(BasicConv2d::unfold);
        }
        super.close();
    }

    /** A layer of the trunk, to be built if the network reaches so deep. */
    private record Row(String name, Supplier<Layer> layer) {}

    private List<Row> rows(Pooling pooling) {
        return List.of(
                conv("Conv2d_1a_3x3", 3, 32, 3, 2, 0),
                conv("Conv2d_2a_3x3", 32, 32, 3, 1, 0),
                conv("Conv2d_2b_3x3", 32, 64, 3, 1, 1),
                new Row("MaxPool_1", () -> Layer.maxPool(2, 0)),
                conv("Conv2d_3b_1x1", 64, 80, 1, 1, 0),
                conv("Conv2d_4a_3x3", 80, 192, 3, 1, 0),
                new Row("MaxPool_2", () -> Layer.maxPool(2, 0)),
                mixed("Mixed_5b", () -> Mixed.a(192, 32, pooling)),
                mixed("Mixed_5c", () -> Mixed.a(256, 64, pooling)),
                mixed("Mixed_5d", () -> Mixed.a(288, 64, pooling)),
                mixed("Mixed_6a", () -> Mixed.b(288)),
                mixed("Mixed_6b", () -> Mixed.c(768, 128, pooling)),
                mixed("Mixed_6c", () -> Mixed.c(768, 160, pooling)),
                mixed("Mixed_6d", () -> Mixed.c(768, 160, pooling)),
                mixed("Mixed_6e", () -> Mixed.c(768, 192, pooling)),
                mixed("Mixed_7a", () -> Mixed.d(768)),
                mixed("Mixed_7b", () -> Mixed.e(1280, pooling, false)),
                mixed("Mixed_7c", () -> Mixed.e(2048, pooling, pooling == Pooling.FID_2015)));
    }

    private Row conv(String name, long in, long out, long kernel, long stride, long padding) {
        return new Row(name, () -> {
            BasicConv2d convolution = register_module(
                    name, new BasicConv2d(in, out, new long[] {kernel, kernel}, stride, new long[] {padding, padding}));
            convolutions.add(convolution);
            return convolution;
        });
    }

    private Row mixed(String name, Supplier<Mixed> block) {
        return new Row(name, () -> {
            Mixed mixed = register_module(name, block.get());
            convolutions.addAll(mixed.convolutions());
            return mixed;
        });
    }

    private void initialise(Seed seed) {
        try (Generator generator = Torch.generator(seed)) {
            convolutions.forEach(convolution -> convolution.initialise(DEVIATION, generator));
            if (auxiliaryHead != null) {
                auxiliaryHead.conv0().initialise(DEVIATION, generator);
                auxiliaryHead.conv1().initialise(AUXILIARY_CONV1_DEVIATION, generator);
                initialise(auxiliaryHead.fc(), AUXILIARY_FC_DEVIATION, generator);
            }
            if (fc != null) {
                initialise(fc, DEVIATION, generator);
            }
        }
    }

    // The bias as every linear layer of PyTorch: uniform within 1/√inputs.
    private static void initialise(LinearImpl linear, double deviation, Generator generator) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            double bound = 1 / Math.sqrt((double) linear.weight().size(1));
            linear.weight().normal_(0, deviation, new GeneratorOptional(generator));
            linear.bias().uniform_(-bound, bound, new GeneratorOptional(generator));
        }
    }
}
