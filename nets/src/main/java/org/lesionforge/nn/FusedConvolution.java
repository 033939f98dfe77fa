package org.lesionforge.nn;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OperatorHandleOptional;
import org.bytedeco.pytorch.OperatorName;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Torch;

/**
 * Convolution, bias and ReLU for inference, in channels-last memory: on a CPU by oneDNN, whose kernel is brought into the order that the
 * machine wants only once. Its answers are those of {@code conv2d} and {@code relu}, but for the order of the sums: NaN stays NaN.
 *
 * <p>Without gradients, and not from several threads at once.
 */
public final class FusedConvolution implements AutoCloseable {
    private Tensor kernel;
    private final Tensor bias;
    private final long[] stride;
    private final long[] padding;
    private final boolean fused;
    /** Whether the kernel lies in the order of this machine yet; which one that is, the first images decide. */
    private boolean packed;

    /**
     * Refers to kernel and bias, whose memory is shared where it is laid out as needed.
     *
     * @param kernel out × in × height × width
     * @param bias one for each channel that goes out
     * @param stride {vertical, horizontal}
     * @param padding {above and below, left and right}
     */
    public FusedConvolution(Tensor kernel, Tensor bias, long[] stride, long[] padding) {
        try (Scope scope = new Scope()) {
            this.kernel = Scope.own(new Tensor(kernel.contiguous(MemoryFormat.ChannelsLast)));
            this.bias = Scope.own(new Tensor(bias));
        }
        this.stride = stride.clone();
        this.padding = padding.clone();
        fused = kernel.is_cpu() && OneDnn.INSTANCE.isPresent();
    }

    /**
     * @param x n × in × height × width
     * @return n × out × height' × width', nothing below 0; NaN wherever a NaN goes into the sum
     */
    public Tensor apply(Tensor x) {
        Tensor y = fused
                ? OneDnn.INSTANCE.orElseThrow().convolve(x, packed(x), Optional.of(bias), stride, padding)
                : torch.conv2d(x, kernel, new TensorOptional(bias), stride, padding, new long[] {1, 1}, 1);
        // Not within oneDNN's operation, whose ReLU makes 0 of NaN: it saves nothing that could be measured.
        y.relu_();
        return y;
    }

    /**
     * The same on averages over neighbouring pixels, which a 1×1 convolution gives just as well when the averages are taken of what it
     * makes: sooner, where fewer channels go out than in.
     *
     * @param x n × in × height × width
     * @param average of each channel by itself, the same for all
     * @return n × out × height' × width', nothing below 0
     */
    public Tensor applyToAverages(Tensor x, UnaryOperator<Tensor> average) {
        try (Scope scope = new Scope()) {
            Tensor convolved = fused
                    ? OneDnn.INSTANCE.orElseThrow().convolve(x, packed(x), Optional.empty(), stride, padding)
                    : torch.conv2d(x, kernel, new TensorOptional(), stride, padding, new long[] {1, 1}, 1);
            return scope.keep(
                    average.apply(convolved).add_(bias.view(1, -1, 1, 1)).relu_());
        }
    }

    private Tensor packed(Tensor x) {
        if (!packed) {
            Tensor plain = kernel;
            kernel = Scope.own(OneDnn.INSTANCE.orElseThrow().pack(plain, stride, padding, x));
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

        private static final long GROUPS = 1;
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
        Tensor pack(Tensor kernel, long[] stride, long[] padding, Tensor x) {
            try (Scope scope = new Scope()) {
                return scope.keep(call(
                        packing,
                        new IValue(kernel),
                        list("list2", padding),
                        list("list2", stride),
                        list("list2", 1, 1),
                        new IValue(GROUPS),
                        list("list4", x.size(0), x.size(1), x.size(2), x.size(3))));
            }
        }

        Tensor convolve(Tensor x, Tensor kernel, Optional<Tensor> bias, long[] stride, long[] padding) {
            try (Scope scope = new Scope()) {
                return scope.keep(call(
                        convolution,
                        new IValue(x.contiguous(MemoryFormat.ChannelsLast)),
                        new IValue(kernel),
                        bias.map(IValue::new).orElseGet(IValue::new),
                        list("list2", padding),
                        list("list2", stride),
                        list("list2", 1, 1),
                        new IValue(GROUPS),
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
