package org.lesionforge.cli.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.EvaluationText;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.cli.common.Interruption;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.Part;
import org.lesionforge.data.PositiveClass;
import org.lesionforge.generator.ImageClassifier;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.HeadEvaluation;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.ClassificationEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code gan classify RUN DATASET} */
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Compares the classes that a discriminator finds in real images with what they are. For runs that "
                        + "were trained with --classifier-head.")
final class GanClassifyCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a GAN run.")
    Path run;

    @Parameters(index = "1", paramLabel = "DATASET", description = "A prepared data set with the classes of the run.")
    Path dataset;

    @Option(
            names = "--part",
            paramLabel = "train|validation|test",
            defaultValue = "test",
            description = "Which part of the data set.")
    Part part;

    @Option(
            names = "--positive",
            paramLabel = "CLASS",
            description = "The class whose probability is the score. Default: malignant where there is a class of that "
                    + "name, else the one with the fewest images.")
    @Nullable
    String positive;

    @Mixin
    SnapshotOptions snapshots;

    private final GeneratorZoo zoo;

    GanClassifyCommand(Zoos zoos) {
        zoo = zoos.generators();
    }

    @Override
    public Integer call() throws IOException {
        return Interruption.guard(common, "nothing was written; run the same command again", this::evaluate);
    }

    private int evaluate(Progress progress) throws IOException {
        computing.apply();
        GeneratorRun gan = GeneratorRun.open(InnerFolder.GAN.in(run, common), zoo, progress);
        Dataset data = Dataset.open(dataset, progress);
        LearnedClasses classes = gan.config().learned();
        String sought = positive == null ? PositiveClass.of(data).name() : positive;
        if (gan.config().options().classifies() && !classes.names().contains(sought)) {
            throw usage("--positive must be one of the classes that the run learned, " + classes.names() + ", got '"
                    + sought + "'");
        }
        Optional<ImageClassifier> classifier = gan.config().options().classifies()
                ? gan.classifier(snapshots.of(gan), computing.compute())
                : Optional.empty();
        try (ImageClassifier head = classifier.orElseThrow(() -> usage(gan.folder()
                + " has no discriminator that classifies: it was trained without --classifier-head, which is an option"
                + " of the family mlp; train one with: lesionforge gan train DATASET --family mlp --classifier-head"
                + " --class all --out RUN"))) {
            if (!data.manifest().split().sha256().equals(gan.config().splitSha256())) {
                progress.message("note: the GAN was trained on another data set or split; make sure that its training "
                        + "images are not among these");
            }
            print(new HeadEvaluation(head, classes).of(data.part(part), sought, dataset));
        }
        return ExitCode.DONE;
    }

    private ParameterException usage(String message) {
        return new ParameterException(common.command.commandLine(), message);
    }

    private void print(ClassificationEvaluation evaluation) {
        if (common.json) {
            common.printJson(evaluation);
        } else {
            EvaluationText.lines(evaluation).forEach(common::print);
        }
    }
}
