package org.lesionforge.cli.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.QualityOptions;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.experiment.ExperimentOptions;
import org.lesionforge.experiment.TrainedNetwork;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;
import org.lesionforge.training.CheckpointPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo} */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "The whole experiment on phantom lesions that the program draws itself: no download, no GPU, minutes.")
public final class DemoCommand implements Callable<Integer> {
    /**
     * Settings for five minutes on two cores: few small images, narrow nets; small batches and high learning rates, so
     * that few images give enough and large enough steps.
     */
    private static final PhantomOptions LESIONS = new PhantomOptions(420, 160, 0.25, 96, 7);

    private static final GeneratorSpec<DcganOptions> GAN = Dcgan.PAPER
            .common(common -> common.batch(16).epochs(160).snapshotEvery(40).seed(7))
            .own(own -> own.with().width(16).learningRate(4e-4).build());

    private static final ClassifierOptions CLASSIFIER = ClassifierOptions.paper()
            .with()
            .size(75)
            .epochs(5)
            .batch(16)
            .microBatch(16)
            .learningRate(0.003)
            .selection(Selection.BEST)
            .seed(7)
            .build();

    private static final String DEFAULT_OUT = "runs/demo";

    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = DEFAULT_OUT,
            description = "Folder to make; 'demo' with a number when the default is taken.")
    Path out;

    private final Zoos zoos;

    public DemoCommand(Zoos zoos) {
        this.zoos = zoos;
    }

    @Override
    public Integer call() throws IOException {
        computing.apply();
        Path folder = free(out);
        Progress progress = common.progress();
        progress.message("drawing phantom lesions (no real images, nothing is downloaded) into " + folder);
        Path source = folder.resolve("phantoms");
        Phantoms.write(source, LESIONS, progress);
        Dataset dataset = prepare(source, folder.resolve("dataset"), progress);
        ExperimentOptions options = ExperimentOptions.DEFAULTS
                .with()
                .seeds(List.of(CLASSIFIER.seed()))
                .generators(Map.of(GAN.family().name(), GAN))
                .classifier(CLASSIFIER)
                .build();
        Path run = folder.resolve("run");
        return new ExperimentSession(
                        common,
                        zoos.backbones(),
                        dataset,
                        options,
                        Map.of(),
                        List.of(new TrainedNetwork(zoos.backbones().first(), Optional.empty())),
                        List.of(),
                        Optional.empty(),
                        QualityOptions.none(zoos),
                        Optional.empty(),
                        computing.compute(),
                        new OpeningMessages(progress))
                .run(run, false, 1, CheckpointPolicy.DEFAULTS);
    }

    private static Dataset prepare(Path source, Path target, Progress progress) throws IOException {
        Preparation.run(
                PreparationOptions.of(source, target)
                        .with()
                        .labels(Optional.of(LabelColumns.recognised(source.resolve("metadata.csv"))))
                        .sizes(List.of(GAN.common().size(), CLASSIFIER.size()))
                        .test(0.25)
                        .validation(0.15)
                        .build(),
                progress);
        return Dataset.open(target);
    }

    /** Appends a number to the default folder when it exists, but not to a folder named by the user. */
    private static Path free(Path wanted) throws IOException {
        if (!wanted.equals(Path.of(DEFAULT_OUT))) {
            OutputFolder.requireFree(wanted);
        }
        if (OutputFolder.isFree(wanted)) {
            return wanted;
        }
        int number = 2;
        while (Files.exists(wanted.resolveSibling("demo-" + number))) {
            number++;
        }
        return wanted.resolveSibling("demo-" + number);
    }
}
