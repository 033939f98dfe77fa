package org.lesionforge.torch.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * Whether a step is left out because a loss or the gradient is not finite, or the gradient too long: PyTorch's {@code found_inf}. Decided where the net
 * is computed, and there it keeps what it is asked to keep: nothing waits for a card to tell. Of the CPU, which has computed already, it is asked.
 */
public final class Refusal {
    /** Leaves out nothing. */
    public static final Refusal NONE = new Refusal(Optional.empty(), false);

    private final Optional<Tensor> found;
    /** Whether values are selected on the device, not by asking first. */
    private final boolean selects;

    private Refusal(Optional<Tensor> found, boolean selects) {
        this.found = found;
        this.selects = selects;
    }

    /**
     * A decision that was made.
     *
     * @param found float32, no dimensions: 1 to leave the step out, 0 to make it
     * @param selects as on a card, without asking
     */
    static Refusal of(Tensor found, boolean selects) {
        return new Refusal(Optional.of(found), selects);
    }

    /**
     * Decides, in the memory of the scope that is open.
     *
     * @param losses float32 of any shape, on the device of the net
     * @param norms the lengths of the parameters' gradients, as {@link Gradients#norms(org.bytedeco.pytorch.Module)} gives them
     * @param longest finite: a gradient that is longer, all parameters together, is refused
     * @return leaves the step out unless all losses and the gradient are finite and the gradient is at most so long
     */
    public static Refusal unlessFinite(List<Tensor> losses, Tensor norms, double longest) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            // Not a comparison that NaN passes.
            Tensor good = Gradients.norm(norms).le(new Scalar(longest));
            for (Tensor loss : losses) {
                good = good.logical_and(loss.isfinite().all());
            }
            Tensor refused = scope.keep(good.logical_not().to(ScalarType.Float));
            return of(refused, !refused.is_cpu());
        }
    }

    /** {@return the decision as a fused operator takes it: float32, no dimensions, 1 to leave the step out; empty where there is none to make} */
    public Optional<Tensor> found() {
        return found;
    }

    /** {@return whether the step is left out; waits for a card} */
    public boolean isRaised() {
        return found.isPresent() && Tensors.item(found.get()) != 0;
    }

    /**
     * Brings values back where the step is left out.
     *
     * @param live is written to
     * @param before what it was, in memory of its own
     */
    public void restore(Tensor live, Tensor before) {
        if (found.isEmpty()) {
            return;
        }
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            if (selects) {
                live.copy_(torch.where(flag(), before, live));
            } else if (isRaised()) {
                live.copy_(before);
            }
        }
    }

    /**
     * Makes a change that goes with the step.
     *
     * @param changed all that it writes to
     * @param change leaves no trace in them where the step is left out
     */
    public void unlessRaised(Collection<Tensor> changed, Runnable change) {
        if (!selects) {
            if (!isRaised()) {
                change.run();
            }
            return;
        }
        try (Scope scope = new Scope()) {
            List<Tensor> before = new ArrayList<>();
            changed.forEach(tensor -> before.add(tensor.detach().clone()));
            change.run();
            int i = 0;
            for (Tensor tensor : changed) {
                restore(tensor, before.get(i++));
            }
        }
    }

    /**
     * Multiplies values in place, unless the step is left out.
     *
     * @param values float32
     * @param factor any
     */
    public void multiply(Tensor values, double factor) {
        if (selects) {
            values.mul_(torch.where(flag(), new Scalar(1.0), new Scalar(factor)));
        } else if (!isRaised()) {
            values.mul_(new Scalar(factor));
        }
    }

    private Tensor flag() {
        return found.orElseThrow().gt(new Scalar(0));
    }
}
