package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.classifier.ActivationSheet;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.data.AugmentedTrainingPart;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.experiment.Results.ArmResult;
import org.lesionforge.gan.GanRun;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Arm;

/** Trains and tests the classifier of one cell, and leaves its folder finished. */
record CellTrainer(ExperimentOptions options, Networks networks, RunDirectory run) {
    /** Several cells may be trained at the same time. */
    ArmResult train(Cell cell, Material material, Progress progress) throws IOException {
        long start = System.nanoTime();
        Path folder = run.start(cell);
        TrainingImages images = material.training(cell);
        progress.message(cell + ": training the classifier on " + images.size() + " images");
        ClassifierOptions classifierOptions =
                options.classifier(cell, material.training().size());
        Optional<HeldOutPart> validation = material.validation(cell.arm());
        try (Classifier classifier =
                networks.trainClassifier(classifierOptions, images, validation, folder, keepsModel(cell), progress)) {
            Predictions predictions = classifier.predict(material.test(cell.arm()), progress);
            predictions.writeCsv(folder.resolve(RunDirectory.TEST_PREDICTIONS));
            if (validation.isPresent()) {
                classifier
                        .predict(validation.get(), progress)
                        .writeCsv(folder.resolve(RunDirectory.VALIDATION_PREDICTIONS));
            }
            if (cell.seed() == options.seed()) {
                ActivationSheet.write(classifier, material.test(cell.arm()), predictions, run.evidence(cell));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            int synthetic = images instanceof AugmentedTrainingPart augmented ? augmented.syntheticCount() : 0;
            ArmResult result = new ArmResult(
                    cell.arm(),
                    cell.arm().title(),
                    cell.seed(),
                    synthetic,
                    counts(images),
                    classifierOptions.steps(images.size()),
                    classifier.card().epoch(),
                    predictions.evaluation(classifierOptions.positive()),
                    quality(cell, material),
                    seconds,
                    run.relative(folder));
            run.finish(cell, result);
            return result;
        }
    }

    private boolean keepsModel(Cell cell) {
        return options.keepModels() || (cell.arm().equals(Arm.NONE) && networks.measureWithOwnClassifier());
    }

    /** Null for an arm without generated images. */
    private Results.Images quality(Cell cell, Material material) throws IOException {
        if (ExternalImages.isExternal(cell.arm())) {
            return new Results.Images(
                    null, List.of(), material.external(cell.arm()).gate(options.maxSimilarity()));
        }
        if (!cell.arm().needsGenerator()) {
            return null;
        }
        GanRun gan = GanRun.open(material.files().gan());
        return new Results.Images(gan.best().epoch(), gan.metrics(gan.best().snapshot()), material.gate(cell.seed()));
    }

    private static Map<String, Integer> counts(TrainingImages images) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int c = 0; c < images.classes().size(); c++) {
            counts.put(images.classes().get(c), images.counts()[c]);
        }
        return counts;
    }
}
