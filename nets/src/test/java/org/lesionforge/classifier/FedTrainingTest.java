package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.data.Dataset;
import org.lesionforge.feed.ReaderThreads;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.torch.Compute;

/** A training whose images another thread reads: however it ends, that thread ends with it, and what ended it is told as it was. */
final class FedTrainingTest {
    private static final String TASK = "training the classifier, images";

    private static final ClassifierOptions OPTIONS = ClassifierOptions.paper()
            .with()
            .size(ColouredSquares.SIDE)
            .epochs(3)
            .batch(6)
            .microBatch(2)
            .build();

    @TempDir
    static Path folder;

    private static Dataset data;

    @BeforeAll
    static void prepare() throws IOException {
        data = ColouredSquares.prepare(folder, 16);
    }

    /** @param atEpoch what happens at the end of the first epoch */
    private static void train(Progress progress, Runnable atEpoch) {
        ClassifierTrainer.fromScratch(ToyBackbone.ARCHITECTURE, OPTIONS, Compute.cpu(), progress)
                .train(data.training(), Optional.of(data.validation()), stats -> atEpoch.run())
                .close();
    }

    private static void trainFailing(RuntimeException failure) {
        train(Progress.SILENT, () -> {
            throw failure;
        });
    }

    /** Fails in the middle of an epoch, while further images are ready. */
    private record Failing(RuntimeException failure, List<Long> readers) implements Progress {
        @Override
        public void advance(String task, long done, long total, String detail) {
            if (task.equals(TASK)) {
                readers.add(ReaderThreads.count());
                throw failure;
            }
        }

        @Override
        public void message(String text) {}
    }

    @Test
    void noThreadIsLeftAfterATraining() {
        train(Progress.SILENT, () -> {});
        assertEquals(0, ReaderThreads.count());
    }

    @Test
    void aTrainingThatIsStoppedInTheMiddleEndsItsReader() {
        StopAfter stopper = new StopAfter(TASK, 4);
        assertThrows(InterruptedRunException.class, () -> train(stopper, () -> {}));
        assertEquals(List.of(2L, 4L), stopper.told());
        assertEquals(0, ReaderThreads.count());
    }

    @Test
    void aTrainingThatFailsEndsItsReaderAndFailsAsItDid() {
        IllegalStateException failure = new IllegalStateException("a bug");
        List<Long> readers = new ArrayList<>();
        assertSame(
                failure,
                assertThrows(IllegalStateException.class, () -> train(new Failing(failure, readers), () -> {})));
        assertEquals(List.of(1L), readers, "while it trained");
        assertEquals(0, ReaderThreads.count());
        assertSame(failure, assertThrows(IllegalStateException.class, () -> trainFailing(failure)));
    }

    @Test
    void aTrainingWithoutMemoryNamesTheLargestMicroBatch() {
        RuntimeException failure = new RuntimeException("CUDA out of memory. Tried to allocate 2.00 GiB.");
        String message = assertThrows(
                        MissingRequirementException.class,
                        () -> train(new Failing(failure, new ArrayList<>()), () -> {}))
                .getMessage();
        // Fewer than two images at once are never trained on.
        assertTrue(message.contains("does not hold a training step of 2 images at once; not even 2 fit"), message);
        ClassifierOptions larger = OPTIONS.with().microBatch(6).build();
        ClassifierTrainer trainer = ClassifierTrainer.fromScratch(
                ToyBackbone.ARCHITECTURE, larger, Compute.cpu(), new Failing(failure, new ArrayList<>()));
        assertTrue(assertThrows(
                        MissingRequirementException.class,
                        () -> trainer.train(data.training(), Optional.of(data.validation()), stats -> {}))
                .getMessage()
                .contains("6 images at once; the largest batch found that fits has 3: begin again with"
                        + " --micro-batch 3"));
        assertEquals(0, ReaderThreads.count());
    }
}
