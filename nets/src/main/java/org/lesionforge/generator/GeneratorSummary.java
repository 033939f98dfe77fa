package org.lesionforge.generator;

import java.util.List;
import org.lesionforge.nn.ModelSummary;

/**
 * What the nets of a generator consist of and what training them takes.
 *
 * @param nets in the order in which they are shown
 * @param memory that one training step needs
 * @param gigaflopPerImage 10⁹ additions and multiplications, each counted as one, that a step costs per real image; of convolutions and fully
 *     connected layers alone
 */
public record GeneratorSummary(List<Net> nets, Memory memory, double gigaflopPerImage) {
    /**
     * One net.
     *
     * @param name {@code generator}
     * @param patch what a layer does with the patch of the image that its row names: {@code sees} or {@code reaches}
     * @param layers from its input on
     */
    public record Net(String name, String patch, ModelSummary layers) {}

    /**
     * Memory of a training step in bytes, beside the 0.4 GB of the program itself.
     *
     * @param nets weights of all nets, their gradients and what the optimiser remembers
     * @param average of the generator's weights
     * @param activations of one batch, with the gradients that pass through them
     */
    public record Memory(long nets, long average, long activations) {
        /** {@return the sum of all parts, in bytes} */
        public long total() {
            return nets + average + activations;
        }
    }
}
