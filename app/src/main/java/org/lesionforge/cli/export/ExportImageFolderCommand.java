package org.lesionforge.cli.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.export.ArmExport;
import org.lesionforge.run.arm.Arm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export imagefolder EXPERIMENT --arm A --out DIR} */
@Command(
        name = "imagefolder",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Writes the images that an arm's classifier was trained, validated and tested on as PyTorch's "
                + "ImageFolder reads them: train, val and test, in each a folder of each class. Synthetic images are in "
                + "train alone.")
final class ExportImageFolderCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Parameters(paramLabel = "EXPERIMENT", description = "Folder of an experiment.")
    Path experiment;

    @Option(names = "--arm", required = true, paramLabel = "ARM", description = "One of its arms: none, dcgan, ...")
    String arm;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make.")
    Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "One of the seeds that the arm was trained with. Default: the first.")
    Long seed;

    @Option(names = "--fold", paramLabel = "N", description = "One of the folds, from 1. Default: the first.")
    Integer fold;

    @Option(
            names = "--classifier",
            paramLabel = "NAME",
            description = "One of the architectures that the arm was trained with. Default: the first.")
    String classifier;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description =
                    "Side of the images, one that the data set was prepared at. Default: as the classifier saw them.")
    Integer size;

    @Option(
            names = "--dataset",
            paramLabel = "DATASET",
            description = "The experiment's data set, where it was moved. Default: where the experiment had it.")
    Path dataset;

    @Override
    public Integer call() throws IOException {
        Arm wanted = common.usage(() -> Arm.of(arm));
        ArmExport export = ArmExport.open(
                InnerFolder.EXPERIMENT.in(experiment, common),
                new ArmExport.Choice(
                        wanted, Optional.ofNullable(classifier), Optional.ofNullable(seed), Optional.ofNullable(fold)),
                Optional.ofNullable(dataset),
                common.progress());
        ArmExport.Description written = export.write(out, Optional.ofNullable(size));
        if (common.json) {
            common.printJson(written);
            return ExitCode.DONE;
        }
        String ofFold = written.fold().map(number -> ", fold " + number).orElse("");
        common.print("arm " + written.arm() + ", seed " + written.seed() + ofFold + ", " + written.size() + "×"
                + written.size() + " pixels, in " + out);
        written.images().forEach((part, classes) -> common.print(part + ": " + classes));
        common.print("train by origin: " + written.trainOrigins());
        common.print("read it with: torchvision.datasets.ImageFolder(\"" + out.resolve("train") + "\")");
        return ExitCode.DONE;
    }
}
