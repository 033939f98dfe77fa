package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.Module;
import org.lesionforge.torch.optim.Optimizer;

/** How a net is moved. */
public interface OptimizerSettings {
    /** {@return what the optimiser is called in a checkpoint: {@code adam}} */
    String word();

    /**
     * {@return an optimiser at its beginning, to be closed}
     *
     * @param net whose parameters it moves
     */
    Optimizer of(Module net);
}
