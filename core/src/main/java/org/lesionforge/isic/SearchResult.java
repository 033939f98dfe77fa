package org.lesionforge.isic;

import java.util.List;

/**
 * The result of a query; the JSON of {@code isic search}.
 *
 * @param query as given
 * @param count of images
 * @param bytes total size of the images: exact when there are at most 100, otherwise estimated from the mean of the
 *     first 100
 * @param thumbnailBytes the same of the thumbnails
 * @param exact whether the bytes are
 * @param facets counts by field
 * @param images the first of them
 */
public record SearchResult(
        String query,
        long count,
        long bytes,
        long thumbnailBytes,
        boolean exact,
        List<Facet> facets,
        List<ArchiveImage> images) {

    /**
     * The images by the values of one field.
     *
     * @param counted on all images; otherwise the numbers are those of the first 100, because the archive does not search this field
     * @param values those that occur; images without a value are under {@code unknown}
     */
    public record Facet(String field, boolean counted, List<Value> values) {}

    /**
     * Images that share a value.
     *
     * @param value of the field, {@code unknown} where images have none
     * @param count of images
     */
    public record Value(String value, long count) {}
}
