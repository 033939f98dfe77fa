package org.lesionforge.cli.classifier;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.FilePredictions;
import org.lesionforge.classifier.ImageFiles;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.cli.common.Interruption;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.io.Printable;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code classify predict RUN IMAGES} */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description =
                "Prints the probability of each class for image files, as CSV; with --json as JSON. Files that are no "
                        + "readable images are listed and passed over.")
final class ClassifyPredictCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a trained classifier.")
    Path run;

    @Parameters(index = "1", paramLabel = "IMAGES", description = "A folder of images, however deep, or one image.")
    Path images;

    @Option(names = "--out", paramLabel = "FILE.csv", description = "Write the CSV here instead of to stdout.")
    Path out;

    private final BackboneZoo backbones;

    ClassifyPredictCommand(Zoos zoos) {
        backbones = zoos.backbones();
    }

    @Override
    public Integer call() throws IOException {
        return Interruption.guard(common, "nothing was written; run the same command again", this::predict);
    }

    private int predict(Progress progress) throws IOException {
        computing.apply();
        try (Classifier classifier =
                Classifier.open(InnerFolder.CLASSIFIER.in(run, common), backbones, computing.compute(), progress)) {
            FilePredictions result = classifier.predict(
                    ImageFiles.unlabelled(images, classifier.card().classes()), progress);
            if (out != null) {
                result.predictions().writeCsv(out);
            }
            if (common.json) {
                common.printJson(
                        json(result, classifier.card().options().training().tta()));
            } else if (out == null) {
                result.predictions().writeCsv(common.command.commandLine().getOut());
            }
            listSkipped(result);
            if (result.predictions().size() == 0) {
                throw new UnusableInputException(images + " has no readable image");
            }
        }
        return ExitCode.DONE;
    }

    private void listSkipped(FilePredictions result) {
        PrintWriter err = common.command.commandLine().getErr();
        result.skipped().forEach(file -> err.println("skipped " + Printable.of(file.path() + ": " + file.reason())));
        err.flush();
    }

    private static Map<String, Object> json(FilePredictions result, int copies) {
        Predictions predictions = result.predictions();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) {
            Map<String, Double> probabilities = new LinkedHashMap<>();
            for (int c = 0; c < predictions.classes().size(); c++) {
                probabilities.put(predictions.classes().get(c), predictions.probabilities()[i][c]);
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", predictions.ids().get(i));
            row.put("prediction", predictions.classes().get(predictions.predicted(i)));
            row.put("probabilities", probabilities);
            rows.add(row);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("classes", predictions.classes());
        json.put("images", rows);
        json.put("skipped", result.skipped());
        json.put("other_files", result.otherFiles());
        json.put("tta", copies);
        return json;
    }
}
