package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorConfig;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
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
     * @param name what the generator is called
     * @param folder of the generator; it may not be there
     * @param classes that it learns
     * @param training images of all classes
     * @param heldOut images to choose the snapshot by, of all classes
     * @param ownClassifier measures images when the user has no weights to measure with
     */
    GeneratorRun train(
            String name,
            Path folder,
            List<String> classes,
            TrainingPart training,
            Optional<HeldOutPart> heldOut,
            Supplier<Classifier> ownClassifier)
            throws IOException {
        if (Files.exists(folder.resolve(GeneratorRun.FINISHED))) {
            GeneratorRun finished = GeneratorRun.open(folder, options.zoo(), progress);
            Snapshot best = finished.best().snapshot();
            if (finished.check(best).isEmpty()) {
                try (PretrainedNetworks.Measuring measuring = networks.measuring(options.classifier(), ownClassifier)) {
                    finished.measure(
                            best, judge(measuring, finished.config(), training, heldOut), networks.compute(), progress);
                }
            }
            return finished;
        }
        GeneratorSpec<?> generator = options.generator(name).learning(classes.size());
        LearnedClasses learned = new LearnedClasses(classes, generator.conditional());
        TrainingPart real = learned.of(training);
        progress.message("training a " + options.title(name) + " on " + real.size() + " images of "
                + (classes.size() == 1 ? "class " : "the classes ") + learned.name());
        GeneratorRun gan = started(folder, real, learned, generator);
        try (PretrainedNetworks.Measuring measuring = networks.measuring(options.classifier(), ownClassifier)) {
            new GeneratorTrainer(generator, checkpoints, networks.compute(), progress)
                    .train(real, gan, Optional.of(judge(measuring, gan.config(), training, heldOut)));
        }
        return gan;
    }

    private SnapshotJudge judge(
            PretrainedNetworks.Measuring measuring,
            GeneratorConfig config,
            TrainingPart training,
            Optional<HeldOutPart> heldOut) {
        LearnedClasses learned = config.learned();
        return new SnapshotJudge(
                measuring.extractor(),
                learned,
                learned.of(training),
                heldOut.map(learned::of),
                config.options().common().size(),
                progress);
    }

    private GeneratorRun started(Path folder, TrainingPart real, LearnedClasses learned, GeneratorSpec<?> generator)
            throws IOException {
        if (GeneratorRun.isRun(folder)) {
            return GeneratorRun.open(folder, options.zoo());
        }
        OutputFolder.delete(folder);
        return GeneratorRun.create(folder, real, learned, generator, Optional.empty(), Optional.empty());
    }
}
