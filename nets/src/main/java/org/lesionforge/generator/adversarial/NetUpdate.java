package org.lesionforge.generator.adversarial;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Optimizer;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/**
 * How one net learns: an optimiser, and the refusal of any update that would spoil it. A refused update leaves the net as it was before the forward
 * pass, its running statistics included.
 */
final class NetUpdate implements AutoCloseable {
    /** Gradients of a DCGAN that trains are 0.01 to 100 long; what is longer than this explodes. */
    static final double LONGEST = 1e5;

    private final Module net;
    private final Optimizer optimizer;
    private Map<String, Tensor> statistics = Map.of();
    private double gradient;
    private boolean applied = true;
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
     * After the backward pass: moves the net, unless {@code loss} or the gradient is not finite, or the gradient explodes. The gradients are
     * freed at once: as long as the net, they would stand beside the other net's activations.
     */
    void apply(double loss) {
        gradient = optimizer.gradientNorm();
        applied = Double.isFinite(loss) && gradient <= LONGEST;
        if (applied) {
            optimizer.step(rateShare);
        } else {
            restoreStatistics();
        }
        optimizer.zeroGradients();
        statistics = Map.of();
    }

    private void restoreStatistics() {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> own = StateDict.buffers(net);
            statistics.forEach(
                    (name, values) -> Objects.requireNonNull(own.get(name)).copy_(values));
        }
    }

    /** Length of the last gradient. */
    double gradient() {
        return gradient;
    }

    /** Whether the last update was made. */
    boolean applied() {
        return applied;
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
