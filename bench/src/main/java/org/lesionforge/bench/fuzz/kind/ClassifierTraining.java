package org.lesionforge.bench.fuzz.kind;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.classifier.ClassifierTrainer;
import org.lesionforge.classifier.Recipe;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.torch.Compute;

/** A small classifier by the strong recipe: Adam's sums, the weights' average, the best epoch, and gradients of a part of a batch. */
final class ClassifierTraining implements CheckpointKind.Training {
    private static final int BATCH = 4;
    private static final int MICRO_BATCH = 2;

    private static final ClassifierOptions OPTIONS = ClassifierOptions.paper()
            .with()
            .size(PreparedImages.SIDE)
            .epochs(2)
            .batch(BATCH)
            .microBatch(MICRO_BATCH)
            .selection(Selection.BEST)
            .training(Recipe.STRONG.options().training())
            .seed(7)
            .build();

    private final Dataset dataset;

    ClassifierTraining(Dataset dataset) {
        this.dataset = dataset;
    }

    @Override
    public void create(Path run) throws IOException {
        ClassifierRun.create(run, dataset.training(), SmallNetwork.ARCHITECTURE, OPTIONS, Optional.empty());
    }

    /** The classifier, and the log without the time. */
    @Override
    public String train(Path folder, Progress progress) throws IOException {
        ClassifierRun run = ClassifierRun.open(folder);
        ClassifierTrainer trainer =
                ClassifierTrainer.fromScratch(SmallNetwork.ARCHITECTURE, OPTIONS, Compute.cpu(), progress);
        try (Classifier trained =
                trainer.train(dataset.training(), Optional.of(dataset.validation()), run, CheckpointKind.POLICY)) {
            run.save(trained);
        }
        return run.epochs().stream()
                .map(each -> each.trainLoss() + " " + each.trainAccuracy() + " " + each.validationLoss())
                .collect(Collectors.joining(
                        "; ",
                        "",
                        "; " + Sha256.of(folder.resolve("model.safetensors")).substring(0, 16)));
    }

    /** Half of the second epoch's first batch. */
    @Override
    public long images() {
        return (long) dataset.training().size() + MICRO_BATCH;
    }
}
