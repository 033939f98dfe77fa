package org.lesionforge.backbone;

import java.nio.file.Path;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.file.TensorFile;

/** Tells which network a file of an architecture's weights is of. */
@FunctionalInterface
public interface WeightsRecognition {
    /**
     * Recognises weights.
     *
     * @param file for messages
     * @param weights with an architecture's names
     * @param classes outputs of its last layer, 0 without one
     * @return which network they are of, and how it was trained
     * @throws UnusableInputException when nothing tells, or what the file says of itself is not so
     */
    WeightsIdentity of(Path file, TensorFile weights, int classes);
}
