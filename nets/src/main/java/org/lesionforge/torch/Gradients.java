package org.lesionforge.torch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.io.UnusableInputException;

/** Gradients: of a net's parameters, as they stand between two parts of a batch, and of its answers towards its inputs. */
public final class Gradients {
    private static final double TINY = 1e-12;

    private Gradients() {}

    /**
     * The gradients that there are.
     *
     * @param net with all its inner modules
     * @return by the parameter's name, shaped as it; none of a parameter that has not had one since they were freed
     */
    public static Map<String, Tensor> of(Module net) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        StateDict.parameters(net).forEach((name, parameter) -> {
            Tensor gradient = parameter.grad();
            if (gradient.defined()) {
                gradients.put(name, gradient);
            }
        });
        return gradients;
    }

    /**
     * The way back from a loss: adds its gradients to those of the parameters. Outside of autocast, as PyTorch has it: a gradient is then of the
     * type of what it is of.
     *
     * @param loss one number
     */
    public static void add(Tensor loss) {
        try (AutocastOff off = new AutocastOff()) {
            loss.backward();
        }
    }

    /**
     * The gradients of a net's answers towards what it was given, which can be differentiated again: a loss may be made of them.
     *
     * @param inputs n × …, which require gradients
     * @param outputs n × …, each of which follows from the input of its index alone
     * @return shaped as {@code inputs}, part of a graph
     */
    public static Tensor towards(Tensor inputs, Tensor outputs) {
        try (AutocastOff off = new AutocastOff()) {
            TensorVector gradients = torch.grad(
                    new TensorVector(outputs.sum()),
                    new TensorVector(inputs),
                    new TensorVector(),
                    new BoolOptional(true),
                    true,
                    false);
            return gradients.get(0);
        }
    }

    /**
     * How long gradients are, each over everything but its index. The root has a derivative for one of length 0 too, for 1e-12 is added under
     * it.
     *
     * @param gradients n × …
     * @return n Euclidean lengths, which can be differentiated
     */
    public static Tensor lengths(Tensor gradients) {
        return gradients.flatten(1, -1).square().sum(1).add(new Scalar(TINY)).sqrt();
    }

    /**
     * {@return the Euclidean length of each gradient that there is, on the device, in the order of the parameters; a single 0 where there is none}
     *
     * @param net with all its inner modules
     */
    public static Tensor norms(Module net) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            TensorVector norms = new TensorVector();
            of(net).values().forEach(gradient -> norms.push_back(gradient.norm()));
            return scope.keep(norms.empty() ? torch.zeros(1) : torch.stack(norms));
        }
    }

    /**
     * {@return the Euclidean length of all gradients together, float64 without dimensions, on their device; not finite when one of their values is
     * not}
     *
     * @param norms of each, as {@link #norms(Module)} gives them
     */
    public static Tensor norm(Tensor norms) {
        try (Scope scope = new Scope()) {
            // One after another, as the sum of what was read is taken.
            return scope.keep(
                    norms.to(ScalarType.Double).square().cumsum(0).select(0, -1).sqrt());
        }
    }

    /**
     * {@return the Euclidean length of all gradients together; not finite when one of their values is not}
     *
     * @param norms of each, as {@link #norms(Module)} gives them, read
     */
    public static double norm(float... norms) {
        double squares = 0;
        for (float norm : norms) {
            squares += (double) norm * norm;
        }
        return Math.sqrt(squares);
    }

    /**
     * Shortens gradients that are too long, all by one factor, without waiting for the device to tell how long they are. One that is not finite stays so.
     *
     * @param net with all its inner modules
     * @param norms of its gradients, as {@link #norms(Module)} gives them
     * @param longest Euclidean length of all gradients together, above 0
     */
    public static void shorten(Module net, Tensor norms, double longest) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor factor = norm(norms)
                    .reciprocal_()
                    .mul_(new Scalar(longest))
                    .clamp_(new ScalarOptional(), new ScalarOptional(new Scalar(1.0)));
            of(net).values().forEach(gradient -> gradient.mul_(factor));
        }
    }

    /**
     * Puts gradients in the place of those there are.
     *
     * @param net with all its inner modules
     * @param values as {@link #of} gives them, on any device; they are copied
     * @throws UnusableInputException when one is of no parameter of the net, or of another shape
     */
    public static void set(Module net, Map<String, Tensor> values) {
        net.zero_grad(true);
        try (Scope scope = new Scope()) {
            Map<String, Tensor> parameters = StateDict.parameters(net);
            values.forEach((name, value) -> {
                Tensor parameter = parameters.get(name);
                if (parameter == null || !Arrays.equals(parameter.shape(), value.shape())) {
                    throw new UnusableInputException("a gradient '" + name + "' of shape "
                            + Arrays.toString(value.shape()) + " does not fit the net, which has "
                            + (parameter == null ? "no such parameter" : Arrays.toString(parameter.shape())));
                }
                // The gradient of Σ p·v is v, exactly: autograd itself puts it where it belongs.
                parameter
                        .mul(value.to(parameter.device(), parameter.scalar_type()))
                        .sum()
                        .backward();
            });
        }
    }
}
