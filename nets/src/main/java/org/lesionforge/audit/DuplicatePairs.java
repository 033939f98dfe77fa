package org.lesionforge.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesionforge.data.Dataset;
import org.lesionforge.duplicate.NearDuplicate;
import org.lesionforge.duplicate.Thumbnail;
import org.lesionforge.duplicate.ThumbnailFile;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;

/**
 * Images that show the same photograph.
 *
 * @param exact pairs with equal pixels
 * @param near other pairs: resized, recompressed, flipped, rotated, brightened or slightly cropped
 * @param acrossParts of all these pairs, those in two parts
 * @param otherLabel of all these pairs, those with two labels
 * @param unknown of all these pairs, those that the data set keeps in two groups
 * @param pairs all of them, worst first
 */
public record DuplicatePairs(int exact, int near, int acrossParts, int otherLabel, int unknown, List<ImagePair> pairs) {
    /** @param cosines told with each pair; {@link Cosines#NONE} without a network */
    static DuplicatePairs of(Dataset dataset, Cosines cosines, Progress progress) {
        AuditedImages images = new AuditedImages(dataset, Thumbnail.SIDE);
        List<Thumbnail> thumbnails = thumbnails(dataset, images);
        Map<List<Integer>, ImagePair> pairs = new HashMap<>();
        for (NearDuplicate near : NearDuplicate.among(thumbnails, progress)) {
            Double cosine = cosines.of(near.a(), near.b());
            pairs.put(
                    List.of(near.a(), near.b()),
                    ImagePair.of(images, near.a(), near.b(), near.how(), near.similarity(), cosine));
        }
        for (List<Integer> twins : equalPixels(dataset)) {
            int a = twins.get(0);
            int b = twins.get(1);
            pairs.put(twins, ImagePair.of(images, a, b, ImagePair.EQUAL_PIXELS, 1.0, cosines.of(a, b)));
        }
        return of(new ArrayList<>(pairs.values()));
    }

    /** Those that the data set's groups were made by, so that a pair at the limit is a copy for both or for none; else from its pixels. */
    private static List<Thumbnail> thumbnails(Dataset dataset, AuditedImages images) {
        Map<String, String> checksums =
                Optional.ofNullable(dataset.manifest().sha256()).orElse(Map.of());
        if (!checksums.containsKey(ThumbnailFile.NAME)) {
            return IntStream.range(0, images.size())
                    .parallel()
                    .mapToObj(i -> Thumbnail.of(images.image(i)))
                    .toList();
        }
        Path file = dataset.folder().resolve(ThumbnailFile.NAME);
        Checksums.require(file, checksums.get(ThumbnailFile.NAME), Dataset.REMEDY);
        List<Thumbnail> thumbnails = ThumbnailFile.read(file);
        if (thumbnails.size() != images.size()) {
            throw new UnusableInputException(file + " holds " + thumbnails.size() + " thumbnails, the data set "
                    + images.size() + " images; " + Dataset.REMEDY);
        }
        return thumbnails;
    }

    private static DuplicatePairs of(List<ImagePair> pairs) {
        pairs.sort(ImagePair.WORST_FIRST);
        int exact = count(pairs, pair -> ImagePair.EQUAL_PIXELS.equals(pair.how()));
        return new DuplicatePairs(
                exact,
                pairs.size() - exact,
                count(pairs, ImagePair::acrossParts),
                count(pairs, ImagePair::otherLabel),
                count(pairs, pair -> !pair.sameGroup()),
                List.copyOf(pairs));
    }

    private static int count(List<ImagePair> pairs, Predicate<ImagePair> which) {
        return (int) pairs.stream().filter(which).count();
    }

    /** Each image with the first one of equal pixels, at the largest stored size. */
    private static List<List<Integer>> equalPixels(Dataset dataset) {
        AuditedImages images = new AuditedImages(dataset, Integer.MAX_VALUE);
        String[] hashes = IntStream.range(0, images.size())
                .parallel()
                .mapToObj(i -> Sha256.of(images.image(i).pixels()))
                .toArray(String[]::new);
        Map<String, Integer> firsts = new HashMap<>();
        List<List<Integer>> twins = new ArrayList<>();
        for (int i = 0; i < hashes.length; i++) {
            Integer first = firsts.putIfAbsent(hashes[i], i);
            if (first != null) {
                twins.add(List.of(first, i));
            }
        }
        return twins;
    }

    /**
     * {@return the same pairs, counted and worded by the parts that another split puts their images into}
     *
     * @param split of the data set that they were found in
     */
    public DuplicatePairs in(Dataset split) {
        Map<String, String> parts = new HashMap<>();
        split.images().forEach(image -> parts.put(image.id(), image.part().word()));
        return of(new ArrayList<>(pairs.stream()
                .map(pair ->
                        pair.in(parts.getOrDefault(pair.a(), pair.partA()), parts.getOrDefault(pair.b(), pair.partB())))
                .toList()));
    }

    Stream<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (acrossParts > 0) {
            findings.add(Finding.leak(acrossParts + " pairs of images in different parts show the same photograph, as "
                    + pairs.get(0).text() + "; prepare again with --group auto, and with --spanning leave-out if the "
                    + "source gives the parts"));
        }
        pairs.stream()
                .filter(ImagePair::otherLabel)
                .findFirst()
                .ifPresent(worst -> findings.add(Finding.warning(otherLabel
                        + " pairs of images show the same photograph with different labels, as " + worst.text())));
        if (unknown > acrossParts) {
            findings.add(
                    Finding.warning((unknown - acrossParts) + " pairs of copies are in different groups, by luck in "
                            + "one part; another seed would divide them: prepare with --group auto"));
        }
        findings.add(Finding.note(
                exact + " pairs of images have equal pixels, " + near + " more show the same " + "photograph"));
        return findings.stream();
    }
}
