package org.lesionforge.isic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.isic.SearchResult.Facet;
import org.lesionforge.isic.SearchResult.Value;

/** Counts the results of a query, without fetching images. */
public final class Search {
    private static final String UNKNOWN = "unknown";

    private static final List<String> CLASSES = List.of("Benign", "Indeterminate", "Malignant");
    private static final List<String> IMAGE_TYPES = List.of(
            "dermoscopic",
            "clinical: close-up",
            "clinical: overview",
            "TBP tile: close-up",
            "TBP tile: overview",
            "RCM: macroscopic",
            "RCM: tile",
            "RCM: mosaic");
    private static final List<String> LICENCES =
            Arrays.stream(Licence.values()).map(Licence::word).toList();

    private static final String TASK = "counting";
    private static final int ASKED = CLASSES.size() + IMAGE_TYPES.size() + LICENCES.size();

    private final Archive archive;
    private final IsicQuery query;
    private final Progress progress;
    private int asked;

    private Search(Archive archive, IsicQuery query, Progress progress) {
        this.archive = archive;
        this.query = query;
        this.progress = progress;
    }

    /**
     * Requests the first page, and the number of images of each class, image type and licence.
     *
     * @param archive that is searched
     * @param query empty text finds all images
     * @param rows how many images to name, at most 100
     * @param progress receives what could not be counted, and every failure that is retried
     * @return counts, sizes and the first images
     * @throws UnusableInputException when the archive does not understand the query
     * @throws IOException when the archive cannot be reached or fails
     */
    public static SearchResult of(Archive archive, IsicQuery query, int rows, Progress progress) throws IOException {
        return new Search(archive, query, progress).result(rows);
    }

    private SearchResult result(int rows) throws IOException {
        Page page = archive.search(query, Archive.PAGE);
        List<ArchiveImage> images = page.images();
        long count = page.count().orElse(images.size());
        List<Facet> facets = count == 0
                ? List.of()
                : List.of(
                        facet(FetchOptions.DEFAULT_CLASS_FIELD, CLASSES, page, ofMetadata("diagnosis_1")),
                        facet("image_type", IMAGE_TYPES, page, ofMetadata("image_type")),
                        facet(ImageTable.LICENCE, LICENCES, page, ArchiveImage::licence));
        return new SearchResult(
                query.toString(),
                count,
                estimate(images, count, false),
                estimate(images, count, true),
                count == images.size(),
                facets,
                images.subList(0, Math.min(rows, images.size())));
    }

    private static Function<ArchiveImage, String> ofMetadata(String field) {
        return image -> image.metadata().getOrDefault(field, UNKNOWN);
    }

    private static long estimate(List<ArchiveImage> images, long count, boolean thumbnails) {
        double mean = images.stream()
                .flatMap(image -> image.file(thumbnails).stream())
                .mapToLong(ArchiveImage.RemoteFile::bytes)
                .average()
                .orElse(0);
        return Math.round(mean * count);
    }

    private Facet facet(String field, List<String> values, Page page, Function<ArchiveImage, String> ofImage)
            throws IOException {
        long count = page.count().orElse(0);
        if (count > page.images().size()) {
            try {
                return counted(field, values, count);
            } catch (UnusableInputException e) {
                // Not every version of the archive can search every field.
                progress.message("the archive does not search the field " + field + "; counted on the first "
                        + page.images().size() + " images");
            }
        }
        Map<String, Long> counts = new TreeMap<>();
        page.images().forEach(image -> counts.merge(ofImage.apply(image), 1L, Long::sum));
        return new Facet(
                field,
                count == page.images().size(),
                counts.entrySet().stream()
                        .map(entry -> new Value(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private Facet counted(String field, List<String> values, long count) throws IOException {
        List<Value> counts = new ArrayList<>();
        long rest = count;
        for (String value : values) {
            progress.cancellation().throwIfRequested(TASK, asked, ASKED);
            long n = archive.search(query.and(field, value), 1).count().orElse(0);
            progress.advance(TASK, ++asked, ASKED, field);
            if (n > 0) {
                counts.add(new Value(value, n));
                rest -= n;
            }
        }
        if (rest > 0) {
            counts.add(new Value(UNKNOWN, rest));
        }
        return new Facet(field, true, counts);
    }
}
