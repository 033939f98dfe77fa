package org.lesionforge.duplicate;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.lesionforge.duplicate.HashSearch.Candidate;
import org.lesionforge.io.Progress;

/**
 * Two images that show the same photograph.
 *
 * @param a position of one, among all images smaller than {@code b}
 * @param b position of the other
 * @param similarity agreement of their detail once they are aligned, {@value #LEAST_SIMILARITY} to 1
 * @param bits of their perceptual hashes that differ, 0 to {@value #MOST_BITS}
 * @param how the transform from one to the other, for people
 */
public record NearDuplicate(int a, int b, double similarity, int bits, String how) {
    /** Copies are above it, different lesions below; see the guide for how far. */
    static final double LEAST_SIMILARITY = 0.95;
    /** Of 63; an eighth. */
    static final int MOST_BITS = 8;

    /**
     * {@return all pairs among {@code images}, the most similar first} Time grows with the square of their number.
     *
     * @param images in the order that positions are counted in
     * @param progress advances by image
     */
    public static List<NearDuplicate> among(List<Thumbnail> images, Progress progress) {
        return pairs(images, candidate -> true, progress);
    }

    /**
     * As {@link #among}, but only pairs of one of {@code some}, at position {@code a}, with one of {@code others}, at
     * position {@code b}.
     *
     * @param some images that are not compared with each other
     * @param others likewise
     * @param progress advances by image
     * @return the pairs, the most similar first
     */
    public static List<NearDuplicate> between(List<Thumbnail> some, List<Thumbnail> others, Progress progress) {
        int first = some.size();
        List<Thumbnail> all = Stream.concat(some.stream(), others.stream()).toList();
        return pairs(all, candidate -> candidate.original() < first != candidate.copy() < first, progress).stream()
                .map(pair -> new NearDuplicate(pair.a, pair.b - first, pair.similarity, pair.bits, pair.how))
                .toList();
    }

    private static List<NearDuplicate> pairs(List<Thumbnail> images, Predicate<Candidate> wanted, Progress progress) {
        Map<List<Integer>, NearDuplicate> pairs = new HashMap<>();
        HashSearch.candidates(images, MOST_BITS, progress).parallelStream()
                .filter(wanted)
                .flatMap(candidate -> of(candidate, images).stream())
                .filter(pair -> pair.similarity >= LEAST_SIMILARITY)
                // Each of two images may be the original of the other.
                .forEachOrdered(pair ->
                        pairs.merge(List.of(pair.a, pair.b), pair, (x, y) -> y.similarity > x.similarity ? y : x));
        return pairs.values().stream()
                .sorted(Comparator.comparingDouble(NearDuplicate::similarity)
                        .reversed()
                        .thenComparingInt(NearDuplicate::a)
                        .thenComparingInt(NearDuplicate::b))
                .toList();
    }

    private static Optional<NearDuplicate> of(Candidate candidate, List<Thumbnail> images) {
        int original = candidate.original();
        int copy = candidate.copy();
        return Alignment.of(images.get(original), candidate.view(), images.get(copy))
                .map(alignment -> new NearDuplicate(
                        Math.min(original, copy),
                        Math.max(original, copy),
                        alignment.similarity(),
                        candidate.bits(),
                        alignment.view().description()));
    }
}
