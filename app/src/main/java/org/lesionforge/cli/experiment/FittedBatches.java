package org.lesionforge.cli.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierSpeed;
import org.lesionforge.cli.classifier.ClassifierOptionsMixin;
import org.lesionforge.cli.generator.GanOptionsMixin;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.experiment.TrainedNetwork;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.io.Progress;
import org.lesionforge.run.arm.ArmSource;
import org.lesionforge.torch.Compute;

/** The batches of an experiment that follow from memory: one of a kind for all arms, networks and seeds, which would not be comparable otherwise. */
record FittedBatches(TrainingPart training, Compute compute, Progress progress) {
    /**
     * What the network with the least room has room for.
     *
     * @param jobs classifiers that are trained beside each other
     */
    ClassifierOptions of(
            ClassifierOptionsMixin given, ClassifierOptions options, List<TrainedNetwork> networks, int jobs) {
        return networks.stream()
                .map(network -> given.fitted(
                        options,
                        ClassifierSpeed.memory(network.architecture(), options, compute)
                                .shared(jobs),
                        training.size(),
                        compute,
                        progress))
                .min(Comparator.comparingInt(ClassifierOptions::microBatch))
                .orElseThrow();
    }

    /** Generators learn the scarcest class, those of arms of every class all images. */
    Map<String, GeneratorSpec<?>> of(GanOptionsMixin given, Map<String, GeneratorSpec<?>> generators) {
        int scarce = Arrays.stream(training.counts()).min().orElseThrow();
        Map<String, GeneratorSpec<?>> fitted = new LinkedHashMap<>();
        generators.forEach((name, options) -> fitted.put(
                name,
                given.fitted(options, ArmSource.isOfEveryClass(name) ? training.size() : scarce, compute, progress)));
        return fitted;
    }
}
