package org.lesionforge.bench.fuzz.kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.bench.fuzz.mutation.JsonMutations;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.bench.fuzz.reference.SafetensorsReference;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.torch.Torch;
import org.lesionforge.training.CheckpointPolicy;

/** The checkpoint of a training, counters in JSON and tensors; read by resuming the training to its end. */
final class CheckpointKind implements Kind {
    /** None but when it is stopped. */
    static final CheckpointPolicy POLICY = new CheckpointPolicy(Duration.ofHours(1), 1);

    private final Training training;
    private final Path stopped;
    private final Path run;
    private final List<Sample> samples = new ArrayList<>();

    /** A training that can be stopped and resumed. */
    interface Training {
        /** Makes a run. */
        void create(Path run) throws IOException;

        /**
         * Trains to the end, from the checkpoint that a run has.
         *
         * @return what it came to: equal texts for equal results
         * @throws InterruptedRunException when {@code progress} asks to stop
         */
        String train(Path run, Progress progress) throws IOException;

        /** Images after which it is to be stopped: amid all that a checkpoint can hold. */
        long images();
    }

    /** Prepares a training on a data set of {@link PreparedImages}. */
    @FunctionalInterface
    interface Trainings {
        Training on(Dataset dataset);
    }

    CheckpointKind(Path folder, Trainings trainings) throws IOException {
        Torch.useThreads(1);
        Path source = folder.resolve("source");
        PreparedImages.write(source);
        PreparedImages.prepare(source, folder.resolve("dataset"));
        training = trainings.on(Dataset.open(folder.resolve("dataset")));
        stopped = folder.resolve("stopped");
        run = folder.resolve("run");
        training.create(stopped);
        stop();
        for (Path file : checkpoint()) {
            samples.add(new Sample(file.getFileName().toString(), Files.readAllBytes(file)));
        }
    }

    private void stop() throws IOException {
        try {
            training.train(stopped, new StopAfter(training.images(), new Cancellation()));
        } catch (InterruptedRunException e) {
            return; // as it was asked for
        }
        throw new IllegalStateException("the training was not stopped");
    }

    /** Cancels a training after a number of images. */
    private record StopAfter(long images, Cancellation cancellation) implements Progress {
        @Override
        public void advance(String task, long done, long total, String detail) {
            if (task.startsWith("training") && done == images) {
                cancellation.request();
            }
        }

        @Override
        public void message(String text) {}
    }

    /** The JSON and the tensors. */
    private List<Path> checkpoint() throws IOException {
        try (Stream<Path> files = Files.list(stopped.resolve("checkpoints"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("state-"))
                    .sorted()
                    .toList();
        }
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

    /** What the resumed training came to. */
    @Override
    public String value(String name, byte[] file) throws Exception {
        Folders.copy(stopped, run);
        Files.write(run.resolve("checkpoints").resolve(name), file);
        return training.train(run, Progress.SILENT);
    }

    /** Checksums cover the whole file, so no change is valid. */
    @Override
    public Verdict reference(Sample sample, byte[] file) {
        return Arrays.equals(sample.bytes(), file) ? Verdict.UNKNOWN : Verdict.refuses("another SHA-256");
    }
}
