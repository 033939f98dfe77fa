package org.lesionforge.isic;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.lesionforge.http.UnavailableException;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.MissingRequirementException;

/**
 * Downloads several images at once; a caller that adds more is blocked until a worker is free, so that few are in
 * memory.
 */
final class ParallelDownloads implements AutoCloseable {
    /** Consecutive failures, per worker, after which the cause is not the images themselves. */
    private static final int MOST_FAILURES = 2;

    private static final int FAILURES_KEPT = 100;

    /** Downloads one image. */
    @FunctionalInterface
    interface Task {
        /** @return whether it had to be downloaded */
        boolean bring(ArchiveImage image) throws IOException;
    }

    private final int workers;
    private final Task task;
    private final Runnable done;
    private final ExecutorService pool;
    private final Semaphore room;
    private final AtomicInteger downloaded = new AtomicInteger();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final Map<String, String> failures = new ConcurrentSkipListMap<>();
    private final AtomicReference<Exception> stop = new AtomicReference<>();

    /** @param done called after each image, on the worker's thread */
    ParallelDownloads(int workers, Task task, Runnable done) {
        this.workers = workers;
        this.task = task;
        this.done = done;
        pool = Executors.newFixedThreadPool(workers);
        room = new Semaphore(2 * workers);
    }

    /**
     * Waits for a free worker and gives it the image.
     *
     * @throws MissingRequirementException when too many images in a row could not be downloaded
     * @throws IOException when an image could not be written
     */
    void add(ArchiveImage image) throws IOException {
        try {
            room.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        requireGoing();
        pool.execute(() -> bring(image));
    }

    private void bring(ArchiveImage image) {
        try {
            if (stop.get() == null) {
                downloaded.addAndGet(task.bring(image) ? 1 : 0);
                failuresInARow.set(0);
            }
        } catch (UnexpectedAnswerException e) {
            // The fault is in this image; the next may succeed.
            keep(image, e.getMessage());
        } catch (UnavailableException e) {
            keep(image, e.getMessage() + (e.mayPass() ? "; another run may bring it" : ""));
            if (failuresInARow.incrementAndGet() >= MOST_FAILURES * workers) {
                stop.compareAndSet(
                        null,
                        new MissingRequirementException(
                                failuresInARow + " images in a row could not be downloaded, the last of them "
                                        + image.id() + ": " + e.getMessage()
                                        + ". What was fetched is kept"
                                        + (e.mayPass() ? "; run the same command again later" : ""),
                                e));
            }
        } catch (IOException | RuntimeException e) {
            stop.compareAndSet(null, e);
        } finally {
            done.run();
            room.release();
        }
    }

    private void keep(ArchiveImage image, String reason) {
        if (failures.size() < FAILURES_KEPT) {
            failures.put(image.id(), reason);
        }
    }

    /** Waits for the running downloads; throws as {@link #add} does. */
    void finish() throws IOException {
        try {
            room.acquire(2 * workers);
            room.release(2 * workers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        requireGoing();
    }

    private void requireGoing() throws IOException {
        Exception reason = stop.get();
        if (reason instanceof IOException e) {
            throw new IOException(e.getMessage(), e);
        } else if (reason instanceof MissingRequirementException e) {
            throw new MissingRequirementException(e.getMessage(), e);
        } else if (reason instanceof InterruptedRunException e) {
            throw new InterruptedRunException(e.getMessage());
        } else if (reason != null) {
            throw new IllegalStateException(reason);
        }
    }

    /** Number of images that were downloaded. */
    int downloaded() {
        return downloaded.get();
    }

    /** Why images could not be downloaded, by id; the first hundred. */
    Map<String, String> failures() {
        return failures;
    }

    /** Stops at once; running downloads are left unfinished. */
    @Override
    public void close() {
        pool.shutdownNow();
        try {
            pool.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
