package org.lesionforge.cli.classifier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.FilePredictions;
import org.lesionforge.classifier.ImageFiles;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.EvaluationText;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.cli.common.Interruption;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.data.Part;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.ClassificationEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code classify evaluate RUN IMAGES} */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Compares what a classifier says of images with what they are.")
final class ClassifyEvaluateCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a trained classifier.")
    Path run;

    @Parameters(
            index = "1",
            paramLabel = "IMAGES",
            description =
                    "A prepared data set, or a folder of folders named after the classes. Images that a generator "
                            + "made are warned of; prepare refuses them in validation and test parts.")
    Path images;

    @Option(
            names = "--part",
            paramLabel = "train|validation|test",
            defaultValue = "test",
            description = "Which part of a data set.")
    Part part;

    @Option(names = "--predictions", paramLabel = "FILE.csv", description = "Write each image's probabilities here.")
    Path predictionsFile;

    private final BackboneZoo backbones;

    ClassifyEvaluateCommand(Zoos zoos) {
        backbones = zoos.backbones();
    }

    @Override
    public Integer call() throws IOException {
        return Interruption.guard(common, "nothing was written; run the same command again", this::evaluate);
    }

    private int evaluate(Progress progress) throws IOException {
        computing.apply();
        try (Classifier classifier =
                Classifier.open(InnerFolder.CLASSIFIER.in(run, common), backbones, computing.compute(), progress)) {
            FilePredictions result = Files.exists(images.resolve("dataset.json"))
                    ? new FilePredictions(classifier.predict(part(classifier, progress), progress), List.of(), 0)
                    : classifier.predict(files(classifier, progress), progress);
            Predictions predictions = result.predictions();
            if (predictions.size() == 0) {
                throw new UnusableInputException(images + " has no readable image");
            }
            if (predictionsFile != null) {
                predictions.writeCsv(predictionsFile);
            }
            print(
                    predictions.evaluation(classifier.card().positive()),
                    result,
                    classifier.card().options().training().tta());
        }
        return ExitCode.DONE;
    }

    private ImageFiles files(Classifier classifier, Progress progress) {
        ImageFiles files = ImageFiles.byClass(images, classifier.card().classes());
        files.generated()
                .ifPresent(found -> progress.warn(found
                        + ": predictions for them say nothing about real images; take them out before you report it"));
        return files;
    }

    private LabelledImages part(Classifier classifier, Progress progress) {
        Dataset data = Dataset.open(images, progress);
        if (!data.manifest().split().sha256().equals(classifier.card().splitSha256())) {
            progress.message(
                    "note: the classifier was trained on another data set or split; make sure that its training "
                            + "images are not among these");
        }
        LabelledImages chosen = data.part(part);
        if (chosen.size() == 0) {
            throw new UnusableInputException(
                    images + " has no image in its " + part.word() + " part; choose another with --part");
        }
        return chosen;
    }

    private void print(ClassificationEvaluation evaluation, FilePredictions result, int copies) {
        if (common.json) {
            ObjectNode json = Json.convert(evaluation, ObjectNode.class);
            json.set("skipped", Json.convert(result.skipped(), com.fasterxml.jackson.databind.JsonNode.class));
            json.put("other_files", result.otherFiles());
            json.put("tta", copies);
            common.printJson(json);
            return;
        }
        EvaluationText.lines(evaluation).forEach(common::print);
        if (copies > 1) {
            common.print("");
            common.print("predictions: mean over " + copies + " altered copies of each image (tta=" + copies + ")");
        }
        if (!result.skipped().isEmpty()) {
            common.print("");
            common.print(result.skipped().size() + " files skipped:");
            result.skipped().forEach(file -> common.print("  " + file.path() + ": " + file.reason()));
        }
    }
}
