package org.lesionforge.inception;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Dropout;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Torch;

/**
 * Inception V3 (Szegedy et al. 2015, arXiv 1512.00567), with the parameter names of torchvision's {@code inception_v3}.
 *
 * <p>Input: n × 3 × h × w, float32, already normalised as the weights expect ({@code InputConvention}); h and w at least 75, 299 by
 * design. Kernels lie in channels-last memory, so the network is quickest when its input does too. Make it outside any
 * {@link Scope}: a scope would free the handles of its layers.
 */
public final class InceptionV3 extends Module {
    /** Smallest height and width of an image. */
    public static final int SMALLEST_SIDE = 75;

    /** 8 images of 299×299, 15 % faster than 32: what passes from layer to layer stays in a processor's cache. */
    private static final int PIXELS_AT_ONCE = 8 * 299 * 299;

    private static final int MOST_IMAGES_AT_ONCE = 64;

    private static final double DEVIATION = 0.1;
    private static final double AUXILIARY_CONV1_DEVIATION = 0.01;
    private static final double AUXILIARY_FC_DEVIATION = 0.001;
    private static final double DROPOUT_RATE = 0.5;

    private final InceptionOptions options;
    private final List<BasicConv2d> convolutions = new ArrayList<>();
    /** The layers between one tap and the next. */
    private final Map<Tap, Layer> segments = new EnumMap<>(Tap.class);

    private final AuxiliaryHead auxiliaryHead;
    private final LinearImpl fc;
    private final Dropout dropout = new Dropout(DROPOUT_RATE);

    /**
     * What the classifier says.
     *
     * @param logits n × classes
     * @param auxiliaryLogits n × classes; null in evaluation and where there is no auxiliary head
     */
    public record Output(Tensor logits, Tensor auxiliaryLogits) {}

    /** For a network whose weights are loaded next; the same random ones each time until then. */
    public InceptionV3(InceptionOptions options) {
        this(options, new Seed(0));
    }

    /**
     * A network with fresh weights: N(0, 0.1²) for kernels and {@code fc}, 0.01 and 0.001 in place of 0.1 for {@code AuxLogits.conv1} and
     * {@code AuxLogits.fc}, as torchvision draws them.
     */
    public InceptionV3(InceptionOptions options, Seed seed) {
        this.options = options;
        for (Tap tap : Tap.values()) {
            if (tap.compareTo(options.deepest()) <= 0) {
                segments.put(tap, Layer.chain(segment(tap)));
            }
        }
        auxiliaryHead = options.auxiliary() ? register_module("AuxLogits", new AuxiliaryHead(options.classes())) : null;
        fc = options.classes() > 0
                ? register_module("fc", Layers.linear(Tap.MIXED_7C.dimensions(), options.classes(), true))
                : null;
        initialise(seed);
    }

    public InceptionOptions options() {
        return options;
    }

    /**
     * Classifies.
     *
     * @throws IllegalStateException when the network has no head
     */
    public Output forward(Tensor x) {
        requireHead();
        Tensor middle = run(x, Tap.POOL_1, Tap.MIXED_6E);
        Tensor auxiliary = auxiliaryHead != null && is_training() ? auxiliaryHead.forward(middle) : null;
        Tensor end = run(middle, Tap.MIXED_7C, Tap.MIXED_7C);
        middle.close();
        try (end;
                Tensor pooled = globalAverage(end)) {
            return new Output(classify(pooled), auxiliary);
        }
    }

    /**
     * Global averages of the channels behind {@code tap}.
     *
     * @return n × {@code tap.dimensions()}
     * @throws IllegalArgumentException when the network ends before {@code tap}
     */
    public Tensor features(Tensor x, Tap tap) {
        try (Tensor activations = activations(x, tap)) {
            return globalAverage(activations);
        }
    }

    /**
     * The channels behind {@code tap}, cell by cell.
     *
     * @return n × {@code tap.dimensions()} × h' × w'; behind {@link Tap#MIXED_7C} 8 × 8 cells for images of 299 × 299
     * @throws IllegalArgumentException when the network ends before {@code tap}
     */
    public Tensor activations(Tensor x, Tap tap) {
        if (!segments.containsKey(tap)) {
            throw new IllegalArgumentException(
                    "features of " + tap.dimensions() + " dimensions are taken behind " + tap.layer()
                            + ", this network ends at " + options.deepest().layer());
        }
        return run(x, Tap.POOL_1, tap);
    }

    /**
     * The head alone: dropout (in training) and the last layer.
     *
     * @param pooled n × 2048, as {@link #features} gives behind {@link Tap#MIXED_7C}
     * @return n × classes
     * @throws IllegalStateException when the network has no head
     */
    public Tensor classify(Tensor pooled) {
        requireHead();
        if (!is_training()) {
            return fc.forward(pooled);
        }
        try (Tensor dropped = dropout.apply(pooled)) {
            return fc.forward(dropped);
        }
    }

    /**
     * The outputs without the last layer's bias: what the Inception Score is defined on.
     *
     * @param pooled n × 2048
     */
    public Tensor logitsWithoutBias(Tensor pooled) {
        requireHead();
        try (Tensor weight = fc.weight()) {
            return torch.linear(pooled, weight);
        }
    }

    /** How many square images are best sent through the network at once, without gradients. */
    public static int inferenceBatch(int side, Device device) {
        return device.is_cuda()
                ? MOST_IMAGES_AT_ONCE
                : Math.max(1, Math.min(PIXELS_AT_ONCE / (side * side), MOST_IMAGES_AT_ONCE));
    }

    /** What dropout draws from; it also draws from here without this, from the same place each time. */
    public Dropout dropout() {
        return dropout;
    }

    /** The last layer, for optimisers that train it alone; null without a head. */
    public LinearImpl head() {
        return fc;
    }

    /**
     * Multiplies each batch normalisation into the convolution before it, and lets that do the ReLU as well, which saves a quarter of the
     * time. From then on the network is for inference alone, and what is loaded into it later has no effect.
     */
    public void foldBatchNorm() {
        eval();
        convolutions.forEach(BasicConv2d::fold);
    }

    /** Frees the network's memory, even if something still holds one of its layers. */
    @Override
    public void close() {
        if (!isNull()) {
            convolutions.forEach(BasicConv2d::unfold);
            StateDict.free(this);
            dropout.close();
        }
        super.close();
    }

    static Tensor globalAverage(Tensor x) {
        return x.mean(2, 3);
    }

    private Tensor run(Tensor x, Tap first, Tap last) {
        return Layer.chain(segments.entrySet().stream()
                        .filter(segment -> segment.getKey().compareTo(first) >= 0
                                && segment.getKey().compareTo(last) <= 0)
                        .map(Map.Entry::getValue)
                        .toList())
                .forward(x);
    }

    private List<Layer> segment(Tap end) {
        Pooling pooling = options.pooling();
        return switch (end) {
            case POOL_1 ->
                List.of(
                        conv("Conv2d_1a_3x3", 3, 32, 3, 2, 0),
                        conv("Conv2d_2a_3x3", 32, 32, 3, 1, 0),
                        conv("Conv2d_2b_3x3", 32, 64, 3, 1, 1),
                        Layer.maxPool(2, 0));
            case POOL_2 ->
                List.of(
                        conv("Conv2d_3b_1x1", 64, 80, 1, 1, 0),
                        conv("Conv2d_4a_3x3", 80, 192, 3, 1, 0),
                        Layer.maxPool(2, 0));
            case MIXED_6E ->
                List.of(
                        mixed("Mixed_5b", Mixed.a(192, 32, pooling)),
                        mixed("Mixed_5c", Mixed.a(256, 64, pooling)),
                        mixed("Mixed_5d", Mixed.a(288, 64, pooling)),
                        mixed("Mixed_6a", Mixed.b(288)),
                        mixed("Mixed_6b", Mixed.c(768, 128, pooling)),
                        mixed("Mixed_6c", Mixed.c(768, 160, pooling)),
                        mixed("Mixed_6d", Mixed.c(768, 160, pooling)),
                        mixed("Mixed_6e", Mixed.c(768, 192, pooling)));
            case MIXED_7C ->
                List.of(
                        mixed("Mixed_7a", Mixed.d(768)),
                        mixed("Mixed_7b", Mixed.e(1280, pooling, false)),
                        mixed("Mixed_7c", Mixed.e(2048, pooling, pooling == Pooling.FID_2015)));
        };
    }

    private BasicConv2d conv(String name, long in, long out, long kernel, long stride, long padding) {
        BasicConv2d convolution =
                new BasicConv2d(in, out, new long[] {kernel, kernel}, stride, new long[] {padding, padding});
        convolutions.add(register_module(name, convolution));
        return convolution;
    }

    private Mixed mixed(String name, Mixed block) {
        convolutions.addAll(block.convolutions());
        return register_module(name, block);
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

    private void requireHead() {
        if (fc == null) {
            throw new IllegalStateException("this Inception V3 was built without a head; build it with classes > 0");
        }
    }
}
