package org.lesionforge.bench.fuzz.kind;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.training.GeneratorTrainer;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.Compute;

/** A small GAN of one class, in batches of all its images. */
final class GeneratorTraining implements CheckpointKind.Training {
    private static final int EPOCHS = 3;

    private final TrainingPart real;
    private final GeneratorSpec<DcganOptions> options;

    GeneratorTraining(Dataset dataset) {
        real = dataset.trainingAndValidation().ofClass("malignant");
        options = Dcgan.PAPER
                .common(common -> common.size(PreparedImages.SIDE)
                        .batch(real.size())
                        .epochs(EPOCHS)
                        .snapshotEvery(EPOCHS)
                        .seed(7))
                .own(own -> own.with().latent(4).width(2).build())
                .own(own ->
                        own.with().remedies(Dcgan.SMALL_DATA.own().remedies()).build());
    }

    @Override
    public void create(Path run) throws IOException {
        GeneratorRun.create(run, real, "malignant", options);
    }

    /** The generator of the last epoch. */
    @Override
    public String train(Path folder, Progress progress) throws IOException {
        GeneratorRun run = GeneratorRun.open(folder, GeneratorZoo.STANDARD);
        new GeneratorTrainer(options, CheckpointKind.POLICY, Compute.cpu(), progress)
                .train(real, run, Optional.empty());
        return Sha256.of(run.snapshotFile(new Snapshot(EPOCHS, run.usualWeights())))
                .substring(0, 16);
    }

    /** One batch is left. */
    @Override
    public long images() {
        return (EPOCHS - 1L) * real.size();
    }
}
