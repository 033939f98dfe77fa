package org.lesionforge.torch.optim;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.UnusableInputException;

/** Moves the parameters of a net along their gradients, and can be taken up where it stopped. */
public interface Optimizer extends AutoCloseable {
    /** {@return the learning rate, of which a step may take a share} */
    double learningRate();

    /**
     * Sets the learning rate from the next step on.
     *
     * @param rate above 0
     */
    void setLearningRate(double rate);

    /** Frees the gradients. */
    void zeroGradients();

    /**
     * Moves the parameters along their gradients, which all of them need unless an optimiser says otherwise.
     *
     * @param share of the learning rate that this step takes, 1 for all of it
     * @param refusal where it is raised, parameters and what the optimiser remembers stay as they are
     */
    void step(double share, Refusal refusal);

    /** {@return what resuming needs, by name; what is written to these tensors changes the optimiser, but for its count of steps} */
    Map<String, Tensor> state();

    /**
     * Takes up what another of the same net remembered.
     *
     * @param values as {@link #state} gives them
     * @throws UnusableInputException when a tensor is missing or of another shape; nothing is then changed
     */
    void load(Map<String, Tensor> values);

    /** Frees what it remembers; it is of no use afterwards. */
    @Override
    void close();
}
