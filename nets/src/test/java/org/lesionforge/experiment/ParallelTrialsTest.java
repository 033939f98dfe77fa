package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierPlan;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.FreeMemory;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.torch.Torch;

@Timeout(60)
class ParallelTrialsTest {
    private static final ClassifierOptions SMALL =
            ClassifierOptions.paper().with().size(75).microBatch(2).build();

    private static final List<TrainedNetwork> NETWORKS =
            List.of(new TrainedNetwork(BackboneZoo.STANDARD.first(), Optional.empty()));

    private static List<Trial> trials(int count) {
        return LongStream.range(0, count)
                .mapToObj(seed -> new Trial(Arm.NONE, new Trial.Classifier("inception-v3", "Inception V3", true), seed))
                .toList();
    }

    private static ParallelTrials parallel(int jobs) {
        return ParallelTrials.of(jobs, NETWORKS, SMALL, Progress.SILENT);
    }

    @Test
    void twoAreUnderWayAtOnceEachWithItsShareOfTheThreads() throws IOException {
        int before = Torch.threads();
        CountDownLatch both = new CountDownLatch(2);
        List<Integer> threads = Collections.synchronizedList(new ArrayList<>());
        parallel(2).forEach(trials(4), (trial, progress) -> {
            both.countDown();
            threads.add(Torch.threads());
            assertTrue(await(both), "the second waits for the first");
        });
        assertEquals(Collections.nCopies(4, Math.max(1, before / 2)), threads);
        assertEquals(before, Torch.threads());
    }

    @Test
    void onFrozenFeaturesEachHasAllThreads() throws IOException {
        int before = Torch.threads();
        List<Integer> threads = Collections.synchronizedList(new ArrayList<>());
        ParallelTrials.of(2, NETWORKS, SMALL.with().freeze(true).build(), Progress.SILENT)
                .forEach(trials(3), (trial, progress) -> threads.add(Torch.threads()));
        assertEquals(Collections.nCopies(3, before), threads);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneJobIsOneAfterTheOther() throws IOException {
        List<Long> seeds = new ArrayList<>();
        parallel(1).forEach(trials(3), (trial, progress) -> seeds.add(trial.seed()));
        assertEquals(List.of(0L, 1L, 2L), seeds);
    }

    @Test
    void afterAFailureNoOtherIsBegunAndThoseUnderWayFinish() {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        IOException failure =
                assertThrows(IOException.class, () -> parallel(2).forEach(trials(50), (trial, progress) -> {
                    begun.incrementAndGet();
                    both.countDown();
                    await(both);
                    if (trial.seed() == 0) {
                        throw new IOException("disk full");
                    }
                    pause(300);
                    finished.incrementAndGet();
                }));
        assertEquals("disk full", failure.getMessage());
        assertTrue(begun.get() < 10, begun + " were begun");
        assertEquals(begun.get() - 1, finished.get());
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCancellationStopsThoseUnderWayAndNoOtherIsBegun() {
        Cancellation token = new Cancellation();
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger begun = new AtomicInteger();
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        String message = assertThrows(InterruptedRunException.class, () -> ParallelTrials.of(
                                2, NETWORKS, SMALL, Progress.SILENT.cancelledBy(token))
                        .forEach(trials(4), (trial, progress) -> {
                            begun.incrementAndGet();
                            both.countDown();
                            await(both);
                            token.request();
                            progress.advance("step", 1, 2, "");
                            told.add("was told and threw nothing");
                            progress.cancellation().throwIfRequested("step", 1, 2);
                        }))
                .getMessage();
        assertEquals("stopped: training 2 classifiers in parallel 0/4", message);
        assertEquals(2, begun.get());
        assertEquals(2, told.size());
    }

    @Test
    void aCancellationStopsBetweenTwoTrials() {
        Cancellation token = new Cancellation();
        List<Long> seeds = new ArrayList<>();
        String message = assertThrows(InterruptedRunException.class, () -> ParallelTrials.of(
                                1, NETWORKS, SMALL, Progress.SILENT.cancelledBy(token))
                        .forEach(trials(4), (trial, progress) -> {
                            seeds.add(trial.seed());
                            if (trial.seed() == 1) {
                                token.request();
                            }
                        }))
                .getMessage();
        assertEquals("stopped: training classifiers 2/4", message);
        assertEquals(List.of(0L, 1L), seeds);
    }

    @Test
    void asManyAsMemoryHolds() {
        assertEquals(3, ParallelTrials.fitting(3, 100, 1000));
        assertEquals(2, ParallelTrials.fitting(3, 100, 299));
        assertEquals(1, ParallelTrials.fitting(3, 100, 50));
        // What the measurements that the estimate is from came to at 299 pixels: 1.1 GB with 4 images, 2.35 with 16.
        long four = ClassifierPlan.trainingBytes(
                NETWORKS.get(0).architecture(),
                ClassifierOptions.paper().with().microBatch(4).build());
        long sixteen = ClassifierPlan.trainingBytes(
                NETWORKS.get(0).architecture(),
                ClassifierOptions.paper().with().microBatch(16).build());
        assertEquals(1.24e9, (double) (sixteen - four), 0.1e9);
        List<String> messages = new ArrayList<>();
        Progress listening = new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {}

            @Override
            public void message(String text) {
                messages.add(text);
            }
        };
        int tooMany = (int) (FreeMemory.bytes() / sixteen) + 100;
        ParallelTrials.of(tooMany, NETWORKS, ClassifierOptions.paper(), listening);
        assertTrue(messages.get(0).startsWith(tooMany + " classifiers in parallel would take"), messages.toString());
        assertThrows(IllegalArgumentException.class, () -> parallel(0));
        assertFalse(FreeMemory.bytes() <= 0);
    }
}
