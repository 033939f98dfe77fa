package org.lesionforge.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.lesionforge.io.Progress;

/** Compares every image's views with every other image, on all cores: n² × 152 pairs of 63 bits. */
final class HashSearch {
    private static final String TASK = "comparing images";

    private HashSearch() {}

    /**
     * A candidate pair.
     *
     * @param original position of the image that was cropped and aligned
     * @param copy position of the other, which is not cropped
     * @param view of the original that is nearest to the copy
     * @param bits that differ
     */
    record Candidate(int original, int copy, View view, int bits) {}

    /** All ordered pairs at most {@code mostBits} apart, in order. */
    static List<Candidate> candidates(List<Thumbnail> images, int mostBits, Progress progress) {
        long[] whole = images.parallelStream().mapToLong(PerceptualHash::of).toArray();
        AtomicInteger done = new AtomicInteger();
        return IntStream.range(0, images.size())
                .parallel()
                .mapToObj(i -> {
                    progress.cancellation().throwIfRequested(TASK, done.get(), images.size());
                    List<Candidate> found = of(i, PerceptualHash.ofViews(images.get(i)), whole, mostBits);
                    progress.advance(TASK, done.incrementAndGet(), images.size(), "");
                    return found;
                })
                .flatMap(List::stream)
                .toList();
    }

    private static List<Candidate> of(int original, long[] views, long[] whole, int mostBits) {
        int[] fewest = new int[whole.length];
        int[] nearest = new int[whole.length];
        Arrays.fill(fewest, Long.SIZE);
        for (int v = 0; v < views.length; v++) {
            long hash = views[v];
            for (int j = 0; j < whole.length; j++) {
                int bits = Long.bitCount(hash ^ whole[j]);
                if (bits < fewest[j]) {
                    fewest[j] = bits;
                    nearest[j] = v;
                }
            }
        }
        List<Candidate> found = new ArrayList<>();
        for (int j = 0; j < whole.length; j++) {
            if (j != original && fewest[j] <= mostBits) {
                found.add(new Candidate(original, j, View.SEARCHED.get(nearest[j]), fewest[j]));
            }
        }
        return found;
    }
}
