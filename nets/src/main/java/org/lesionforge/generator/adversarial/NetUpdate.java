package org.lesionforge.generator.adversarial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.optim.Optimizer;
import org.lesionforge.torch.optim.Refusal;

/**
 * How one net learns: an optimiser, and the refusal of any update that would spoil it. A refused update leaves the net as it was before the forward
 * pass, its running statistics included. It is refused on the device, so that nothing waits for it.
 */
final class NetUpdate implements AutoCloseable {
    /** Gradients of a DCGAN that trains are 0.01 to 100 long; what is longer than this explodes. */
    static final double LONGEST = 1e5;

    private final Module net;
    private final Optimizer optimizer;
    private Map<String, Tensor> statistics = Map.of();
    private double rateShare = 1;

    NetUpdate(Module net, OptimizerSettings settings) {
        this.net = net;
        optimizer = settings.of(net);
    }

    Optimizer optimizer() {
        return optimizer;
    }

    /** Before the forward pass: keeps the running statistics. The copies live as long as the scope around the step. */
    void begin() {
        statistics = new LinkedHashMap<>();
        StateDict.buffers(net).forEach((name, values) -> statistics.put(name, values.clone()));
    }

    /** How much of the learning rate the next updates take. */
    void setRateShare(double share) {
        rateShare = share;
    }

    /**
     * What an update came to, in the memory of the scope around it.
     *
     * @param norms the length of each parameter's gradient
     * @param refused 1 where the update was left out, else 0
     */
    record Done(Tensor norms, Tensor refused) {}

    /**
     * After the backward pass: moves the net, unless one of the losses or the gradient is not finite, or the gradient explodes. The gradients are
     * freed at once: as long as the net, they would stand beside the other net's activations.
     *
     * @param losses that the gradients are of
     */
    Done apply(List<Tensor> losses) {
        Tensor norms = Gradients.norms(net);
        Refusal refusal = Refusal.unlessFinite(losses, norms, LONGEST);
        optimizer.step(rateShare, refusal);
        restoreStatistics(refusal);
        optimizer.zeroGradients();
        statistics = Map.of();
        return new Done(norms, refusal.found().orElseThrow());
    }

    private void restoreStatistics(Refusal refusal) {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> own = StateDict.buffers(net);
            statistics.forEach((name, before) -> refusal.restore(Objects.requireNonNull(own.get(name)), before));
        }
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
