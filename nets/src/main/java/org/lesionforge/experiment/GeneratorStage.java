package org.lesionforge.experiment;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.generator.training.GeneratorTrainer;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Snapshot;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.training.CheckpointPolicy;

/** Trains the GAN of a split, or resumes it, if it is not finished yet. */
record GeneratorStage(
        ExperimentOptions options, PretrainedNetworks networks, CheckpointPolicy checkpoints, Progress progress) {
    /**
     * @param real the training images of the scarce class
     * @param validation held-out images of the class, to choose the snapshot by
     * @param ownClassifier measures images when the user has no weights to measure with
     */
    GeneratorRun train(
            SplitDirectory files,
            TrainingPart real,
            String className,
            Optional<HeldOutPart> validation,
            Supplier<Classifier> ownClassifier)
            throws IOException {
        if (files.ganIsFinished()) {
            GeneratorRun finished = GeneratorRun.open(files.gan(), options.families(), progress);
            Snapshot best = finished.best().snapshot();
            if (finished.check(best).isEmpty()) {
                try (PretrainedNetworks.Measuring measuring = networks.measuring(options.classifier(), ownClassifier)) {
                    finished.measure(best, judge(measuring, real, validation), networks.compute(), progress);
                }
            }
            return finished;
        }
        progress.message("training a " + options.gan().family().title() + " on " + real.size() + " images of class "
                + className);
        GeneratorRun gan = started(files, real, className);
        try (PretrainedNetworks.Measuring measuring = networks.measuring(options.classifier(), ownClassifier)) {
            new GeneratorTrainer(options.gan(), checkpoints, networks.compute(), progress)
                    .train(real, gan, Optional.of(judge(measuring, real, validation)));
        }
        return gan;
    }

    private SnapshotJudge judge(
            PretrainedNetworks.Measuring measuring, TrainingPart real, Optional<HeldOutPart> validation) {
        return new SnapshotJudge(
                measuring.extractor(), real, validation, options.gan().common().size(), progress);
    }

    private GeneratorRun started(SplitDirectory files, TrainingPart real, String className) throws IOException {
        if (GeneratorRun.isRun(files.gan())) {
            return GeneratorRun.open(files.gan(), options.families());
        }
        OutputFolder.delete(files.gan());
        return GeneratorRun.create(files.gan(), real, className, options.gan());
    }
}
