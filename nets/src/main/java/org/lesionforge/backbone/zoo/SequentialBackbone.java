package org.lesionforge.backbone.zoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
import org.lesionforge.torch.Torch;

/**
 * A network of layers one after the other, whose modules are named as the published weights name them, with a linear layer on the averages behind them.
 * A family adds its rows, then closes the list by {@link #finish}.
 */
abstract class SequentialBackbone extends Backbone {
    private final Map<String, Module> modules = new HashMap<>();
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final List<NormedConvolution> convolutions = new ArrayList<>();
    private final Dropout dropout;
    private @Nullable LinearImpl head;

    SequentialBackbone(BackboneOptions options, double dropout) {
        super(options);
        this.dropout = new Dropout(dropout);
    }

    /** Weight and bias of the last layer, as the paper or its reference implementation draws them. */
    abstract void initialise(Tensor weight, Tensor bias, GeneratorOptional draws);

    /** Adds a layer, unless the network ends before it. */
    final void row(String name, Supplier<? extends Layer> layer) {
        if (!layers.containsKey(options().deepest().name())) {
            layers.put(name, layer.get());
        }
    }

    /**
     * @param conv name of the kernel's module, with dots
     * @param norm name of the batch normalisation's
     */
    final NormedConvolution convolution(String conv, String norm, NormedConvolution.Shape shape) {
        NormedConvolution convolution = new NormedConvolution(shape);
        register(conv, convolution.conv());
        register(norm, convolution.norm());
        convolutions.add(convolution);
        return convolution;
    }

    /** Adds the head, if the network has one, and draws all weights. */
    final void finish(String lastLayer, Seed seed) {
        if (options().classes() > 0) {
            head = Layers.linear(featureCount(), options().classes(), true);
            register(lastLayer, head);
        }
        try (Generator generator = Torch.generator(seed)) {
            convolutions.forEach(convolution -> convolution.initialise(generator));
            if (head != null) {
                try (Scope scope = new Scope();
                        NoGradGuard noGradient = new NoGradGuard()) {
                    initialise(head.weight(), head.bias(), new GeneratorOptional(generator));
                }
            }
        }
    }

    private void register(String name, Module module) {
        int dot = name.lastIndexOf('.');
        parent(dot < 0 ? "" : name.substring(0, dot)).register_module(name.substring(dot + 1), module);
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
        if (layer instanceof NormedConvolution convolution) {
            return convolution.does();
        }
        if (layer instanceof Residual) {
            return "convolutions, added to their input";
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
        convolutions.forEach(NormedConvolution::fold);
    }

    @Override
    public void close() {
        if (!isNull()) {
            convolutions.forEach(NormedConvolution::unfold);
        }
        super.close();
    }
}
