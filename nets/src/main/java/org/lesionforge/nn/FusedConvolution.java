package org.lesionforge.nn;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OperatorHandleOptional;
import org.bytedeco.pytorch.OperatorName;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Torch;

/**
 * Convolution, bias and activation for inference, in channels-last memory: on a CPU by oneDNN, whose kernel is brought into the order that the
 * machine wants only once. Its answers are those of {@code conv2d} and the activation, but for the order of the sums: NaN stays NaN.
 *
 * <p>Without gradients, and not from several threads at once.
 */
public final class FusedConvolution implements AutoCloseable {
    private Tensor kernel;
    private final Tensor bias;
    private final long[] stride;
    private final long[] padding;
    private final long groups;
    private final Activation activation;
    private final boolean fused;
    /** Whether the kernel lies in the order of this machine yet; which one that is, the first images decide. */
    private boolean packed;

    /**
     * Refers to kernel and bias, whose memory is shared where it is laid out as needed. Its channels are not in groups, and ReLU follows.
     *
     * @param kernel out × in × height × width
     * @param bias one for each channel that goes out
     * @param stride {vertical, horizontal}
     * @param padding {above and below, left and right}
     */
    public FusedConvolution(Tensor kernel, Tensor bias, long[] stride, long[] padding) {
        this(kernel, bias, stride, padding, 1, Activation.RELU);
    }

    /**
     * Refers to kernel and bias, whose memory is shared where it is laid out as needed.
     *
     * @param kernel out × in of a group × height × width
     * @param bias one for each channel that goes out
     * @param stride {vertical, horizontal}
     * @param padding {above and below, left and right}
     * @param groups of channels, each of which reads its own
     * @param activation what follows
     */
    public FusedConvolution(
            Tensor kernel, Tensor bias, long[] stride, long[] padding, long groups, Activation activation) {
        try (Scope scope = new Scope()) {
            this.kernel = Scope.own(new Tensor(kernel.contiguous(MemoryFormat.ChannelsLast)));
            this.bias = Scope.own(new Tensor(bias));
        }
        this.stride = stride.clone();
        this.padding = padding.clone();
        this.groups = groups;
        this.activation = activation;
        fused = kernel.is_cpu() && OneDnn.INSTANCE.isPresent();
    }

    /**
     * A convolution with the batch normalisation behind it multiplied in, as its running statistics have it.
     *
     * @param convolution without bias; it stays as it is
     * @param norm behind it; it stays as it is
     * @param epsilon that the normalisation adds to the variance
     * @param stride {vertical, horizontal}
     * @param padding {above and below, left and right}
     * @param groups of channels, each of which reads its own
     * @param activation what follows the normalisation
     * @return both as one, to be closed
     */
    public static FusedConvolution of(
            Conv2dImpl convolution,
            BatchNorm2dImpl norm,
            double epsilon,
            long[] stride,
            long[] padding,
            long groups,
            Activation activation) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor scale = norm.weight()
                    .div(norm.running_var().add(new Scalar(epsilon)).sqrt());
            Tensor kernel = convolution.weight().mul(scale.view(-1, 1, 1, 1));
            Tensor bias = norm.bias().sub(norm.running_mean().mul(scale));
            return new FusedConvolution(kernel, bias, stride, padding, groups, activation);
        }
    }

    /**
     * @param x n × in × height × width
     * @return n × out × height' × width', behind the activation; NaN wherever a NaN goes into the sum
     */
    public Tensor apply(Tensor x) {
        Tensor y = fused
                ? OneDnn.INSTANCE.orElseThrow().convolve(x, packed(x), Optional.of(bias), stride, padding, groups)
                : torch.conv2d(x, kernel, new TensorOptional(bias), stride, padding, new long[] {1, 1}, groups);
        // Not within oneDNN's operation, whose ReLU makes 0 of NaN: it saves nothing that could be measured.
        activation.apply(y);
        return y;
    }

    /**
     * The same on averages over neighbouring pixels, which a 1×1 convolution gives just as well when the averages are taken of what it
     * makes: sooner, where fewer channels go out than in.
     *
     * @param x n × in × height × width
     * @param average of each channel by itself, the same for all
     * @return n × out × height' × width', behind the activation
     */
    public Tensor applyToAverages(Tensor x, UnaryOperator<Tensor> average) {
        try (Scope scope = new Scope()) {
            Tensor convolved = fused
                    ? OneDnn.INSTANCE.orElseThrow().convolve(x, packed(x), Optional.empty(), stride, padding, groups)
                    : torch.conv2d(x, kernel, new TensorOptional(), stride, padding, new long[] {1, 1}, groups);
            Tensor y = average.apply(convolved).add_(bias.view(1, -1, 1, 1));
            activation.apply(y);
            return scope.keep(y);
        }
    }

    private Tensor packed(Tensor x) {
        if (!packed) {
            Tensor plain = kernel;
            kernel = Scope.own(OneDnn.INSTANCE.orElseThrow().pack(plain, stride, padding, groups, x));
            plain.close();
            packed = true;
        }
        return kernel;
    }

    @Override
    public void close() {
        kernel.close();
        bias.close();
    }

    /** Two operations that libtorch's interface has no functions for: they are called by name, with a stack of arguments. */
    private record OneDnn(OperatorHandle convolution, OperatorHandle packing, CompilationUnit script) {
        /** Empty where libtorch was built without oneDNN, and on processors that this was never tried on. */
        static final Optional<OneDnn> INSTANCE = Loader.getPlatform().endsWith("-x86_64") ? find() : Optional.empty();

        /** Lists of the exact types that the operations ask for can be made in TorchScript only. */
        private static final String LISTS =
                """
                def list2(a: int, b: int) -> List[int]:
                    return [a, b]

                def list4(a: int, b: int, c: int, d: int) -> List[int]:
                    return [a, b, c, d]

                def no_scalars() -> List[Optional[number]]:
                    empty: List[Optional[number]] = []
                    return empty
                """;

        private static final String NO_ACTIVATION = "none";

        private static Optional<OneDnn> find() {
            Torch.load();
            OperatorHandleOptional convolution = operator("mkldnn::_convolution_pointwise");
            OperatorHandleOptional packing = operator("mkldnn::_reorder_convolution_weight");
            if (!convolution.has_value() || !packing.has_value()) {
                return Optional.empty();
            }
            return Optional.of(new OneDnn(
                    Scope.own(new OperatorHandle(convolution.get())),
                    Scope.own(new OperatorHandle(packing.get())),
                    Scope.own(torch.compile(LISTS))));
        }

        private static OperatorHandleOptional operator(String name) {
            return Dispatcher.singleton().findSchema(new OperatorName(name, ""));
        }

        /** The kernel in the order that is quickest for images like {@code x}; right, but slower, for others. */
        Tensor pack(Tensor kernel, long[] stride, long[] padding, long groups, Tensor x) {
            try (Scope scope = new Scope()) {
                return scope.keep(call(
                        packing,
                        new IValue(kernel),
                        list("list2", padding),
                        list("list2", stride),
                        list("list2", 1, 1),
                        new IValue(groups),
                        list("list4", x.size(0), x.size(1), x.size(2), x.size(3))));
            }
        }

        Tensor convolve(Tensor x, Tensor kernel, Optional<Tensor> bias, long[] stride, long[] padding, long groups) {
            try (Scope scope = new Scope()) {
                return scope.keep(call(
                        convolution,
                        new IValue(x.contiguous(MemoryFormat.ChannelsLast)),
                        new IValue(kernel),
                        bias.map(IValue::new).orElseGet(IValue::new),
                        list("list2", padding),
                        list("list2", stride),
                        list("list2", 1, 1),
                        new IValue(groups),
                        new IValue(NO_ACTIVATION),
                        list("no_scalars"),
                        new IValue()));
            }
        }

        private static Tensor call(OperatorHandle operator, IValue... arguments) {
            IValueVector stack = new IValueVector(arguments);
            operator.callBoxed(stack);
            return new Tensor(stack.get(0).toTensor()); // what toTensor gives belongs to the stack
        }

        private IValue list(String function, long... values) {
            IValueVector stack = new IValueVector();
            for (long value : values) {
                stack.push_back(new IValue(value));
            }
            script.find_function(new QualifiedName(function)).run(stack);
            return new IValue(stack.get(0));
        }
    }
}
