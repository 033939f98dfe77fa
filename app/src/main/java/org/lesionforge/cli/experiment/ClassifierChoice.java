package org.lesionforge.cli.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.experiment.TrainedNetwork;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.weights.PretrainedWeights;

/** Which networks an experiment trains, and from which weights: each file of weights goes to the network that it is of. */
final class ClassifierChoice {
    private ClassifierChoice() {}

    /**
     * @param asked what {@code --classifiers} names; none for those of the weights, or the first of the list
     * @param weights what {@code --weights} names
     * @throws IllegalArgumentException when a network is named twice
     * @throws UnusableInputException when weights are of a network that is not trained
     * @throws MissingRequirementException when some networks have weights and others none
     */
    static List<TrainedNetwork> of(List<Architecture> asked, List<PretrainedWeights> weights, BackboneZoo backbones) {
        Map<Architecture, PretrainedWeights> byNetwork = new LinkedHashMap<>();
        for (PretrainedWeights each : weights) {
            PretrainedWeights other = byNetwork.putIfAbsent(each.architecture(), each);
            if (other != null) {
                throw new IllegalArgumentException(
                        "--weights names two files of " + each.architecture().name() + ", " + other.file() + " and "
                                + each.file() + "; leave out one of them");
            }
        }
        List<Architecture> networks = new ArrayList<>(asked);
        if (networks.isEmpty()) {
            networks.addAll(weights.isEmpty() ? List.of(backbones.first()) : byNetwork.keySet());
        }
        if (networks.stream().distinct().count() < networks.size()) {
            throw new IllegalArgumentException("each classifier can come once, got " + names(networks));
        }
        byNetwork.forEach((network, file) -> {
            if (!networks.contains(network)) {
                throw new UnusableInputException("--weights " + file.file() + " are of " + network.name()
                        + ", --classifiers names " + names(networks) + "; leave out one of them");
            }
        });
        List<Architecture> without = networks.stream()
                .filter(network -> !byNetwork.containsKey(network))
                .toList();
        if (!weights.isEmpty() && !without.isEmpty()) {
            throw new MissingRequirementException("there are no weights for " + names(without)
                    + ", and the others start from pretrained ones; name a file of each with --weights FILE, or leave"
                    + " --weights out to start all from random ones");
        }
        return networks.stream()
                .map(network -> new TrainedNetwork(network, Optional.ofNullable(byNetwork.get(network))))
                .toList();
    }

    private static String names(List<Architecture> networks) {
        return networks.stream().map(Architecture::name).collect(Collectors.joining(", "));
    }
}
