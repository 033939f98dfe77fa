package org.lesionforge.data.prepare;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.image.file.Fit;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;

/** Decodes on all cores and passes images on in order; only a few images per core are in memory. */
final class ParallelDecoder {
    private static final int IMAGES_PER_THREAD = 4;

    private final String task;
    private final List<Integer> sizes;
    private final Fit fit;
    private final boolean exact;
    private final int threads;

    /**
     * @param task name of the work for the progress
     * @param exact whether every image is decoded at full size
     */
    ParallelDecoder(String task, List<Integer> sizes, Fit fit, boolean exact, int threads) {
        this.task = task;
        this.sizes = sizes;
        this.fit = fit;
        this.exact = exact;
        this.threads = threads;
    }

    /**
     * Appends the pixels of every image without a problem to {@code stores}, one store per size, in the order of {@code images}.
     *
     * @param admission called with each decoded image in that order; may return a problem
     * @return all images in their order, without pixels
     */
    List<PreparedImage> decode(
            List<SourceImage> images, UnaryOperator<PreparedImage> admission, List<NpyWriter> stores, Progress progress)
            throws IOException {
        List<PreparedImage> done = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            Deque<Future<PreparedImage>> window = new ArrayDeque<>();
            int skipped = 0;
            int next = 0;
            while (done.size() < images.size()) {
                progress.cancellation().throwIfRequested(task, done.size(), images.size());
                while (next < images.size() && window.size() < threads * IMAGES_PER_THREAD) {
                    SourceImage image = images.get(next++);
                    window.add(workers.submit(() -> PreparedImage.of(image, sizes, fit, exact)));
                }
                PreparedImage image = admission.apply(result(window.remove()));
                if (image.problem().isEmpty()) {
                    for (int s = 0; s < stores.size(); s++) {
                        stores.get(s).append(image.pixels()[s].bytes(), image.pixels()[s].sha256());
                    }
                } else {
                    skipped++;
                }
                done.add(image.withoutPixels());
                String detail = skipped == 0 ? "" : skipped + " skipped";
                progress.advance(task, done.size(), images.size(), detail);
            }
        } finally {
            workers.shutdownNow();
        }
        return done;
    }

    private static PreparedImage result(Future<PreparedImage> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while preparing images", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw new MissingRequirementException(
                        "not enough memory to decode these images; give more with LESIONFORGE_JAVA_OPTIONS=-Xmx8g, "
                                + "or use fewer --threads",
                        e);
            }
            if (e.getCause() instanceof MissingRequirementException missing) {
                throw missing;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
