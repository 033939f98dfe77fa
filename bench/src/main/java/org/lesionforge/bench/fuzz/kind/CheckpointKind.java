package org.lesionforge.bench.fuzz.kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.bench.fuzz.mutation.JsonMutations;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.bench.fuzz.reference.SafetensorsReference;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.training.GeneratorTrainer;
import org.lesionforge.generator.zoo.Dcgan;
import org.lesionforge.generator.zoo.DcganOptions;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Torch;
import org.lesionforge.training.CheckpointPolicy;

/** The checkpoint of a GAN's training, counters in JSON and tensors; read by resuming the training to its end. */
final class CheckpointKind implements Kind {
    private static final int EPOCHS = 3;
    private static final CheckpointPolicy POLICY = new CheckpointPolicy(Duration.ofHours(1), 1);

    private final TrainingPart real;
    private final GeneratorSpec<DcganOptions> options;
    private final Path stopped;
    private final Path run;
    private final List<Sample> samples = new ArrayList<>();

    CheckpointKind(Path folder) throws IOException {
        Torch.useThreads(1);
        Path source = folder.resolve("source");
        PreparedImages.write(source);
        PreparedImages.prepare(source, folder.resolve("dataset"));
        real = Dataset.open(folder.resolve("dataset")).trainingAndValidation().ofClass("malignant");
        options = Dcgan.PAPER
                .common(common -> common.size(PreparedImages.SIDE)
                        .batch(real.size())
                        .epochs(EPOCHS)
                        .snapshotEvery(EPOCHS)
                        .seed(7))
                .own(own -> own.with().latent(4).width(2).build())
                .own(own ->
                        own.with().remedies(Dcgan.SMALL_DATA.own().remedies()).build());
        stopped = folder.resolve("stopped");
        run = folder.resolve("run");
        train(
                GeneratorRun.create(stopped, real, "malignant", options),
                new StopAfter((EPOCHS - 1L) * real.size(), new Cancellation()));
        for (String suffix : List.of(".json", ".safetensors")) {
            String name = String.format(Locale.ROOT, "state-%08d%s", EPOCHS - 1, suffix);
            samples.add(new Sample(name, Files.readAllBytes(checkpoint(stopped, name))));
        }
    }

    /** Cancels a training after a number of images. */
    private record StopAfter(long images, Cancellation cancellation) implements Progress {
        @Override
        public void advance(String task, long done, long total, String detail) {
            if (done == images) {
                cancellation.request();
            }
        }

        @Override
        public void message(String text) {}
    }

    private void train(GeneratorRun of, Progress progress) throws IOException {
        try {
            new GeneratorTrainer(options, POLICY, Compute.cpu(), progress).train(real, of, Optional.empty());
        } catch (InterruptedRunException e) {
            return; // as it was asked for
        }
    }

    private static Path checkpoint(Path folder, String name) {
        return folder.resolve("checkpoints").resolve(name);
    }

    @Override
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    @Override
    public List<Mutation> mutations() {
        List<Mutation> mutations = new ArrayList<>(ByteMutations.ALL);
        mutations.addAll(JsonMutations.ALL);
        mutations.addAll(SafetensorsReference.headerMutations());
        return mutations;
    }

    /** The generators after the resumed training. */
    @Override
    public String value(String name, byte[] file) throws Exception {
        Folders.copy(stopped, run);
        Files.write(checkpoint(run, name), file);
        GeneratorRun resumed = GeneratorRun.open(run, GeneratorZoo.STANDARD);
        train(resumed, Progress.SILENT);
        Snapshot last = new Snapshot(EPOCHS, resumed.usualWeights());
        return Sha256.of(resumed.snapshotFile(last)).substring(0, 16);
    }

    /** Checksums cover the whole file, so no change is valid. */
    @Override
    public Verdict reference(Sample sample, byte[] file) {
        return Arrays.equals(sample.bytes(), file) ? Verdict.UNKNOWN : Verdict.refuses("another SHA-256");
    }
}
