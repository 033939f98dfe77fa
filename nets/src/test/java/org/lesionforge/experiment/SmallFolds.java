package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Results;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;

/** Three folds of a small set, with two seeds, a tiny network and a tiny generator in each; and what their tables say. */
final class SmallFolds {
    static final int FOLDS = 3;
    static final List<String> ARMS = List.of("none", "oversample", "dcgan");

    private SmallFolds() {}

    /** Of images as small as every network takes them. */
    static ClassifierOptions classifier() {
        return ClassifierOptions.paper()
                .with()
                .size(75)
                .epochs(2)
                .batch(8)
                .selection(Selection.BEST)
                .build();
    }

    static ExperimentOptions options() {
        return PhantomExperiment.options(ARMS.stream().map(Arm::of).toList(), List.of(0L, 1L), false)
                .with()
                .folds(FOLDS)
                .classifier(classifier())
                .build();
    }

    static Results run(Dataset dataset, Path out, ExperimentOptions options, boolean resume, Progress progress)
            throws IOException {
        try (PretrainedNetworks networks = networks();
                RunDirectory directory = RunDirectory.open(out, Map.of("options", options), resume)) {
            Experiment experiment =
                    new Experiment(dataset, options, networks, directory, CheckpointPolicy.DEFAULTS, progress);
            experiment.acceptBadGenerator();
            return experiment.run(1);
        }
    }

    static PretrainedNetworks networks() {
        return new PretrainedNetworks(
                ToyBackbone.ZOO,
                List.of(new TrainedNetwork(ToyBackbone.ARCHITECTURE, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Compute.cpu(),
                Progress.SILENT);
    }

    static List<String> column(Path table, String name) throws IOException {
        List<String> lines = Files.readAllLines(table);
        int column = List.of(lines.get(0).split(",", -1)).indexOf(name);
        return lines.stream().skip(1).map(line -> line.split(",", -1)[column]).toList();
    }

    static Set<String> ids(Path table) throws IOException {
        return new HashSet<>(column(table, "id"));
    }
}
