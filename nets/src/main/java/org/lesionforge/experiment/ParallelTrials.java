package org.lesionforge.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierPlan;
import org.lesionforge.io.ForwardingProgress;
import org.lesionforge.io.FreeMemory;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Trial;
import org.lesionforge.torch.Torch;

/**
 * Trains several trials in parallel, each with its share of the threads: several trainings use the cores better than
 * one with many threads, and trials do not depend on each other. The last digits of a net depend on its number of
 * threads, so another number of jobs gives another net.
 */
final class ParallelTrials {
    /** The work on a trial. */
    @FunctionalInterface
    interface Work {
        /** @param progress receives this trial's steps; its cancellation ends the trial between two */
        void run(Trial trial, Progress progress) throws IOException;
    }

    private final int jobs;
    private final boolean sharesThreads;
    private final Progress progress;

    /**
     * @param jobs largest number at once; 1 is one after the other
     * @param sharesThreads whether each has its share of the threads, or all
     */
    private ParallelTrials(int jobs, boolean sharesThreads, Progress progress) {
        this.jobs = jobs;
        this.sharesThreads = sharesThreads;
        this.progress = progress;
    }

    /**
     * As many as requested, or as memory allows for the largest network; a message reports the difference.
     *
     * @param networks that are trained, at least one
     * @throws IllegalArgumentException when fewer than one is asked for
     */
    static ParallelTrials of(int jobs, List<TrainedNetwork> networks, ClassifierOptions options, Progress progress) {
        if (jobs < 1) {
            throw new IllegalArgumentException("at least 1 job is needed, got " + jobs);
        }
        long free = FreeMemory.bytes();
        long one = networks.stream()
                .mapToLong(network -> ClassifierPlan.trainingBytes(network.architecture(), options))
                .max()
                .orElseThrow();
        int fitting = fitting(jobs, one, free);
        if (fitting < jobs) {
            progress.message(jobs + " classifiers in parallel would take " + megabytes(jobs * one) + " MB, and "
                    + megabytes(free) + " MB are free: training " + fitting + " at once");
        }
        // On frozen features there is little to train: most of the time goes into the features, which one trial at a
        // time computes with all threads.
        return new ParallelTrials(fitting, !options.freeze(), progress);
    }

    /** How many at once, at most. */
    int jobs() {
        return jobs;
    }

    /** At least one, since a single trial cannot be split. */
    static int fitting(int jobs, long bytesOfOne, long freeBytes) {
        return (int) Math.max(1, Math.min(jobs, freeBytes / bytesOfOne));
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }

    /**
     * Returns when all trials are done. When one fails or is stopped, running ones are finished or stopped, too, and no
     * other is started.
     */
    void forEach(List<Trial> trials, Work work) throws IOException {
        if (jobs == 1 || trials.size() < 2) {
            for (int i = 0; i < trials.size(); i++) {
                progress.cancellation().throwIfRequested("training classifiers", i, trials.size());
                work.run(trials.get(i), progress);
            }
            return;
        }
        int threads = Torch.threads();
        Together together = new Together(trials.size());
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(jobs, trials.size()));
        CompletionService<Void> service = new ExecutorCompletionService<>(pool);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (Trial trial : trials) {
                all.add(service.submit(() -> {
                    together.throwIfCancelled();
                    Torch.useThreads(sharesThreads ? Math.max(1, threads / jobs) : threads);
                    work.run(trial, together);
                    together.finished(trial);
                    return null;
                }));
            }
            await(all, service);
        } catch (InterruptedRunException e) {
            // The progress of all trials together is more useful than that of the first one stopped.
            together.throwIfCancelled();
            throw e;
        } finally {
            pool.shutdown();
            Torch.useThreads(threads);
        }
    }

    /** Throws the first failure when none is running any more. */
    private static void await(List<Future<Void>> all, CompletionService<Void> service) throws IOException {
        Optional<Throwable> first = Optional.empty();
        for (int i = 0; i < all.size(); i++) {
            Optional<Throwable> failure = nextFailure(service);
            if (first.isEmpty() && failure.isPresent()) {
                first = failure;
                all.forEach(future -> future.cancel(false));
            }
        }
        if (first.isPresent()) {
            if (first.get() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException(first.get().getMessage(), first.get());
        }
    }

    /** Waits for the next one to end; empty when it ended well, or was not begun because another had failed. */
    private static Optional<Throwable> nextFailure(CompletionService<Void> service) {
        try {
            service.take().get();
            return Optional.empty();
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.ofNullable(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while classifiers were being trained", e);
        }
    }

    /** One progress line for all trials, since separate ones would overwrite each other. */
    private final class Together extends ForwardingProgress {
        private final int trials;
        private final AtomicInteger finished = new AtomicInteger();

        Together(int trials) {
            super(progress);
            this.trials = trials;
        }

        void finished(Trial trial) {
            message(trial + ": finished, " + finished.incrementAndGet() + " of " + trials);
        }

        @Override
        public void advance(String task, long done, long total, String detail) {
            super.advance(task(), finished.get(), trials, "");
        }

        void throwIfCancelled() {
            cancellation().throwIfRequested(task(), finished.get(), trials);
        }

        private String task() {
            return "training " + jobs + " classifiers in parallel";
        }
    }
}
