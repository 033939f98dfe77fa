package org.lesionforge.experiment;

import java.util.Optional;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.Trial;
import org.lesionforge.weights.PretrainedWeights;

/**
 * A network that an experiment trains as a classifier, and what it starts from.
 *
 * @param architecture of the network
 * @param weights of that architecture; empty for random ones
 */
public record TrainedNetwork(Architecture architecture, Optional<PretrainedWeights> weights) {
    /**
     * Refuses weights of another network.
     *
     * @param architecture of the network
     * @param weights of that architecture
     * @throws IllegalArgumentException when they are of another one
     */
    public TrainedNetwork {
        weights.map(PretrainedWeights::architecture)
                .filter(other -> !other.equals(architecture))
                .ifPresent(other -> {
                    throw new IllegalArgumentException(
                            "weights of " + other.name() + " cannot start a " + architecture.name());
                });
    }

    /**
     * {@return the same network with a padding that is asked for; this one, where there is no choice}
     *
     * @param padding one of {@link Architecture#paddings}; empty for that of the weights, or the usual one
     * @throws IllegalArgumentException when the architecture has others
     * @throws UnusableInputException when the weights say that they are of another one
     */
    public TrainedNetwork padded(Optional<String> padding) {
        if (padding.isEmpty() || architecture.paddings().isEmpty()) {
            return this;
        }
        return weights.map(file -> new TrainedNetwork(architecture, Optional.of(file.padded(padding.get()))))
                .orElseGet(() -> new TrainedNetwork(
                        architecture.first(architecture.ofPadding(padding.get())), Optional.empty()));
    }

    /** {@return the padding that it is trained with; empty where there is no choice} */
    public Optional<String> padding() {
        return weights.map(PretrainedWeights::variant)
                .orElse(architecture.variants().get(0))
                .padding();
    }

    /** @param alone whether the experiment trains no other */
    Trial.Classifier classifier(boolean alone) {
        return new Trial.Classifier(architecture.name(), architecture.title(), alone);
    }
}
