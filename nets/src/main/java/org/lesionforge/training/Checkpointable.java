package org.lesionforge.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.UnusableInputException;

/** What a training changes, as a checkpoint holds it. Restored, the training continues as if it had never stopped. */
public interface Checkpointable {
    /** {@return all tensors by name: its own, so that what is written to them changes it; asked for in a scope} */
    Map<String, Tensor> tensors();

    /** {@return what else there is to remember, as JSON has it; an empty object where the tensors are all} */
    default Object memo() {
        return Map.of();
    }

    /**
     * Takes up what another of the same options came to.
     *
     * @param tensors as {@link #tensors} gives them; copied
     * @param memo as {@link #memo} gives it
     * @throws UnusableInputException when they are those of other options
     */
    void restore(Map<String, Tensor> tensors, JsonNode memo);
}
