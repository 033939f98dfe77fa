package org.lesionforge.backbone.zoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.nn.Layer;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/**
 * A network of layers one after the other, whose modules are named as the published weights name them, with a linear layer on the averages behind them.
 * A family adds its rows, then closes the list by {@link #finish}.
 */
abstract class SequentialBackbone extends Backbone {
    private final Map<String, Module> modules = new HashMap<>();
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final List<Foldable> foldable = new ArrayList<>();
    /** Whose weights are drawn, in the order in which they were made. */
    private final List<Conv2dImpl> kernels = new ArrayList<>();

    private final List<LinearImpl> matrices = new ArrayList<>();
    private final Dropout dropout;
    private final NormedConvolution.Norm norm;
    private @Nullable LinearImpl head;

    SequentialBackbone(BackboneOptions options, double dropout) {
        this(options, dropout, NormedConvolution.Norm.USUAL);
    }

    SequentialBackbone(BackboneOptions options, double dropout, NormedConvolution.Norm norm) {
        super(options);
        this.dropout = new Dropout(dropout);
        this.norm = norm;
    }

    /** Weight and bias of the last layer and of every other matrix, as the paper or its reference implementation draws them. */
    abstract void initialise(Tensor weight, Tensor bias, GeneratorOptional draws);

    /**
     * Standard deviation of a kernel's numbers: √(2 / (out · height · width)), He et al. 2015 (arXiv 1502.01852) by what goes out, unless a family has
     * another.
     *
     * @param kernel its shape, out × in of a group × height × width
     */
    double deviation(long[] kernel) {
        return Math.sqrt(2.0 / (kernel[0] * kernel[2] * kernel[3]));
    }

    /** Adds a layer, unless the network ends before it. */
    final void row(String name, Supplier<? extends Layer> layer) {
        if (!layers.containsKey(options().deepest().name())) {
            layers.put(name, layer.get());
        }
    }

    /**
     * @param conv name of the kernel's module, with dots
     * @param batchNorm name of the batch normalisation's
     */
    final NormedConvolution convolution(String conv, String batchNorm, NormedConvolution.Shape shape) {
        NormedConvolution convolution = new NormedConvolution(shape, norm);
        kernels.add(register(conv, convolution.conv()));
        register(batchNorm, convolution.norm());
        foldable.add(convolution);
        return convolution;
    }

    /** One that no normalisation follows. */
    final Convolution convolution(String name, NormedConvolution.Shape shape, boolean bias) {
        Convolution convolution = new Convolution(shape, bias);
        kernels.add(register(name, convolution.conv()));
        foldable.add(convolution);
        return convolution;
    }

    /** A batch normalisation that follows no convolution directly. */
    final BatchNorm2dImpl batchNorm(String name, long channels) {
        return register(name, norm.layer(channels));
    }

    /** Adds the head, if the network has one, and draws all weights. */
    final void finish(String lastLayer, Seed seed) {
        if (options().classes() > 0) {
            head = linear(lastLayer, featureCount(), options().classes());
        }
        try (Scope scope = new Scope();
                Generator generator = Torch.generator(seed);
                NoGradGuard noGradient = new NoGradGuard()) {
            GeneratorOptional draws = new GeneratorOptional(generator);
            for (Conv2dImpl kernel : kernels) {
                Tensor weight = kernel.weight();
                weight.normal_(0, deviation(Tensors.shape(weight)), draws);
                Tensor bias = kernel.bias();
                if (bias.defined()) {
                    bias.zero_();
                }
            }
            matrices.forEach(matrix -> initialise(matrix.weight(), matrix.bias(), draws));
        }
    }

    /** A matrix with bias: a layer before the last one, or of an auxiliary head. */
    final LinearImpl linear(String name, long in, long out) {
        LinearImpl linear = register(name, Layers.linear(in, out, true));
        matrices.add(linear);
        return linear;
    }

    private <M extends Module> M register(String name, M module) {
        int dot = name.lastIndexOf('.');
        parent(dot < 0 ? "" : name.substring(0, dot)).register_module(name.substring(dot + 1), module);
        return module;
    }

    /** Made where it is missing. */
    private Module parent(String name) {
        if (name.isEmpty()) {
            return this;
        }
        Module known = modules.get(name);
        if (known == null) {
            known = new Folder();
            register(name, known);
            modules.put(name, known);
        }
        return known;
    }

    /** Gives the modules below it the first part of their names. */
    private static final class Folder extends Module {}

    @Override
    protected final Map<String, Layer> trunk() {
        return layers;
    }

    @Override
    protected final String does(Layer layer) {
        if (layer instanceof Described described) {
            return described.does();
        }
        return layer.parameterCount() > 0 ? "convolutions" : "max pool";
    }

    @Override
    public final Dropout dropout() {
        return dropout;
    }

    @Override
    public final LinearImpl head() {
        if (head == null) {
            throw new IllegalStateException("this network was built without a head; build it with classes > 0");
        }
        return head;
    }

    @Override
    public final void foldBatchNorm() {
        eval();
        foldable.forEach(Foldable::fold);
    }

    @Override
    public void close() {
        if (!isNull()) {
            foldable.forEach(Foldable::unfold);
        }
        super.close();
    }
}
