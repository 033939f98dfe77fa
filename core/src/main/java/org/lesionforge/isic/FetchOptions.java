package org.lesionforge.isic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What to fetch, and how.
 *
 * @param out folder to make, or to resume
 * @param query the images to search
 * @param limit at most so many images; 0 for all
 * @param perClass at most so many of each class; 0 to take them as they come
 * @param classField the field whose values are the classes
 * @param classValues the classes
 * @param thumbnails the small images (at most 256 pixels) instead of the full ones
 * @param licences to take; empty for all
 * @param maxBytes total size of the images; 0 for no limit
 * @param parallel downloads at once
 */
public record FetchOptions(
        Path out,
        IsicQuery query,
        long limit,
        long perClass,
        String classField,
        List<String> classValues,
        boolean thumbnails,
        List<String> licences,
        long maxBytes,
        int parallel) {

    /** The archive's field that divides images into benign and malignant ones. */
    public static final String DEFAULT_CLASS_FIELD = "diagnosis_1";

    static final List<String> DEFAULT_CLASS_VALUES = List.of("Benign", "Malignant");
    /** Downloads at once, where nobody says how many. */
    public static final int DEFAULT_PARALLEL = 8;

    /**
     * Refuses options that contradict each other.
     *
     * @param out folder to make, or to resume
     * @param query what to look for
     * @param limit at least 0; not together with {@code perClass}
     * @param perClass at least 0; not together with {@code limit}
     * @param classField one of the archive's where {@code perClass} is above 0
     * @param classValues at least one where {@code perClass} is above 0
     * @param thumbnails whether the small images are taken
     * @param licences in any spelling that {@code --license} takes; kept sorted, each once
     * @param maxBytes at least 0
     * @param parallel 1 to 32
     * @throws IllegalArgumentException when a number is out of its range, or a licence or field is none of the
     *     archive's
     */
    public FetchOptions {
        classValues = List.copyOf(classValues);
        licences = licences.stream()
                .map(Licence::of)
                .map(Licence::word)
                .sorted()
                .distinct()
                .toList();
        if (limit < 0 || perClass < 0 || maxBytes < 0) {
            throw new IllegalArgumentException("limits must not be negative, got " + limit + " images, " + perClass
                    + " per class, " + maxBytes + " bytes");
        }
        if (limit > 0 && perClass > 0) {
            throw new IllegalArgumentException("either --limit or --per-class; both were given");
        }
        if (perClass > 0 && !ImageTable.FIELDS.contains(classField)) {
            throw new IllegalArgumentException(
                    "the archive has no field '" + classField + "'; it has " + ImageTable.FIELDS);
        }
        if (perClass > 0 && classValues.isEmpty()) {
            throw new IllegalArgumentException("name the classes of which to fetch " + perClass + " each");
        }
        if (parallel < 1 || parallel > 32) {
            throw new IllegalArgumentException("parallel downloads must be from 1 to 32, got " + parallel);
        }
    }

    /**
     * {@return options for whatever a query finds, with every default}
     *
     * @param query what to look for
     * @param out folder to make, or to resume
     */
    public static FetchOptions of(IsicQuery query, Path out) {
        return new FetchOptions(
                out, query, 0, 0, DEFAULT_CLASS_FIELD, DEFAULT_CLASS_VALUES, false, List.of(), 0, DEFAULT_PARALLEL);
    }

    /** {@return a builder that starts from these options; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Builder of options. */
    public static final class Builder {
        private Path out;
        private IsicQuery query;
        private long limit;
        private long perClass;
        private String classField;
        private List<String> classValues;
        private boolean thumbnails;
        private List<String> licences;
        private long maxBytes;
        private int parallel;

        private Builder(FetchOptions from) {
            out = from.out;
            query = from.query;
            limit = from.limit;
            perClass = from.perClass;
            classField = from.classField;
            classValues = from.classValues;
            thumbnails = from.thumbnails;
            licences = from.licences;
            maxBytes = from.maxBytes;
            parallel = from.parallel;
        }

        /**
         * Sets {@link FetchOptions#out}.
         *
         * @param value folder to make, or to resume
         * @return this
         */
        public Builder out(Path value) {
            out = value;
            return this;
        }

        /**
         * Sets {@link FetchOptions#query}.
         *
         * @param value empty text finds all images
         * @return this
         */
        public Builder query(IsicQuery value) {
            query = value;
            return this;
        }

        /**
         * Sets {@link FetchOptions#limit}.
         *
         * @param value number of images; 0 for all
         * @return this
         */
        public Builder limit(long value) {
            limit = value;
            return this;
        }

        /**
         * Sets {@link FetchOptions#perClass}.
         *
         * @param value number of images of each class; 0 to take them as they come
         * @return this
         */
        public Builder perClass(long value) {
            perClass = value;
            return this;
        }

        /**
         * Sets {@link FetchOptions#classField}.
         *
         * @param value name of a field of the archive
         * @return this
         */
        public Builder classField(String value) {
            classField = value;
            return this;
        }

        /**
         * Sets {@link FetchOptions#classValues}.
         *
         * @param value of the class field, one per class
         * @return this
         */
        public Builder classValues(List<String> value) {
            classValues = value;
            return this;
        }

        /**
         * Sets {@link FetchOptions#thumbnails}.
         *
         * @param value true for images of at most 256 pixels
         * @return this
         */
        public Builder thumbnails(boolean value) {
            thumbnails = value;
            return this;
        }

        /**
         * Sets {@link FetchOptions#licences}.
         *
         * @param value those to take; empty for all
         * @return this
         */
        public Builder licences(List<String> value) {
            licences = value;
            return this;
        }

        /**
         * Sets {@link FetchOptions#maxBytes}.
         *
         * @param value of images in all; 0 for any number
         * @return this
         */
        public Builder maxBytes(long value) {
            maxBytes = value;
            return this;
        }

        /**
         * Sets {@link FetchOptions#parallel}.
         *
         * @param value 1 to 32
         * @return this
         */
        public Builder parallel(int value) {
            parallel = value;
            return this;
        }

        /**
         * Checks what was set.
         *
         * @return the options
         * @throws IllegalArgumentException when a number is out of its range, or a licence or field is none of the
         *     archive's
         */
        public FetchOptions build() {
            return new FetchOptions(
                    out, query, limit, perClass, classField, classValues, thumbnails, licences, maxBytes, parallel);
        }
    }

    /** The listings to walk: one, or one for each class. */
    List<Strand> strands() {
        if (perClass == 0) {
            return List.of(new Strand(query, "", limit, maxBytes));
        }
        List<Strand> strands = new ArrayList<>();
        for (String value : classValues) {
            strands.add(new Strand(query.and(classField, value), value, perClass, maxBytes / classValues.size()));
        }
        return strands;
    }

    /**
     * One listing, and how much of it is wanted.
     *
     * @param value of the class field; empty when there is one listing for all
     * @param images 0 for all
     * @param bytes 0 for any number
     */
    record Strand(IsicQuery query, String value, long images, long bytes) {}
}
