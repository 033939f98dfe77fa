package org.lesionforge.experiment;

import java.util.Optional;
import org.lesionforge.backbone.Architecture;
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

    /** @param alone whether the experiment trains no other */
    Trial.Classifier classifier(boolean alone) {
        return new Trial.Classifier(architecture.name(), architecture.title(), alone);
    }
}
