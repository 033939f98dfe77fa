package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.generator.training.GeneratorTrainer;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Snapshot;
import org.lesionforge.training.CheckpointPolicy;

/** Trains a generator of a split, or resumes it, if it is not finished yet. */
record GeneratorStage(
        ExperimentOptions options, PretrainedNetworks networks, CheckpointPolicy checkpoints, Progress progress) {
    /**
     * @param folder of the generator; it may not be there
     * @param real the training images of the scarce class
     * @param validation held-out images of the class, to choose the snapshot by
     * @param ownClassifier measures images when the user has no weights to measure with
     */
    GeneratorRun train(
            String family,
            Path folder,
            TrainingPart real,
            String className,
            Optional<HeldOutPart> validation,
            Supplier<Classifier> ownClassifier)
            throws IOException {
        GeneratorSpec<?> generator = options.generator(family);
        if (Files.exists(folder.resolve(GeneratorRun.FINISHED))) {
            GeneratorRun finished = GeneratorRun.open(folder, options.zoo(), progress);
            Snapshot best = finished.best().snapshot();
            if (finished.check(best).isEmpty()) {
                try (PretrainedNetworks.Measuring measuring = networks.measuring(options.classifier(), ownClassifier)) {
                    finished.measure(best, judge(measuring, real, validation, generator), networks.compute(), progress);
                }
            }
            return finished;
        }
        progress.message(
                "training a " + options.title(family) + " on " + real.size() + " images of class " + className);
        GeneratorRun gan = started(folder, real, className, generator);
        try (PretrainedNetworks.Measuring measuring = networks.measuring(options.classifier(), ownClassifier)) {
            new GeneratorTrainer(generator, checkpoints, networks.compute(), progress)
                    .train(real, gan, Optional.of(judge(measuring, real, validation, generator)));
        }
        return gan;
    }

    private SnapshotJudge judge(
            PretrainedNetworks.Measuring measuring,
            TrainingPart real,
            Optional<HeldOutPart> validation,
            GeneratorSpec<?> generator) {
        return new SnapshotJudge(
                measuring.extractor(), real, validation, generator.common().size(), progress);
    }

    private GeneratorRun started(Path folder, TrainingPart real, String className, GeneratorSpec<?> generator)
            throws IOException {
        if (GeneratorRun.isRun(folder)) {
            return GeneratorRun.open(folder, options.zoo());
        }
        OutputFolder.delete(folder);
        return GeneratorRun.create(folder, real, className, generator);
    }
}
