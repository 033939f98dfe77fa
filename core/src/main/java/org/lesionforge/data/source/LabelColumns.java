package org.lesionforge.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A CSV file of labels and its columns. Columns that are not named are recognised by their usual names, except the part
 * column: one that looks like it but is not named is an error unless parts are {@linkplain PartNames#ignored ignored}.
 *
 * @param file with a header line
 * @param id of the image; may be replaced by the path
 * @param label name of the class
 * @param groups columns of the patient, the lesion, …: images that agree in one of them belong together; empty to recognise them
 * @param path of the image file, relative to the CSV or to the source folder; without it files are found by their id
 * @param part the part an image is in
 * @param reading how the labels are interpreted
 */
public record LabelColumns(
        Path file,
        Optional<String> id,
        Optional<String> label,
        List<String> groups,
        Optional<String> path,
        Optional<String> part,
        LabelReading reading) {

    /** The value of {@code groups} that means: no groups, not even recognised ones. */
    static final String NO_GROUPS = "none";

    /**
     * {@return a table's columns, all recognised by their usual names; labels are classes}
     *
     * @param file with a header line
     */
    public static LabelColumns recognised(Path file) {
        return new LabelColumns(
                file,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                LabelReading.PLAIN);
    }

    /** {@return a builder that starts from these; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Columns by name; what is not named is recognised. */
    public static final class Builder {
        private Path file;
        private Optional<String> id;
        private Optional<String> label;
        private List<String> groups;
        private Optional<String> path;
        private Optional<String> part;
        private LabelReading reading;

        private Builder(LabelColumns from) {
            file = from.file;
            id = from.id;
            label = from.label;
            groups = from.groups;
            path = from.path;
            part = from.part;
            reading = from.reading;
        }

        /**
         * Sets {@link LabelColumns#file}.
         *
         * @param value a CSV file with a header line
         * @return this
         */
        public Builder file(Path value) {
            file = value;
            return this;
        }

        /**
         * Sets {@link LabelColumns#id}.
         *
         * @param value name of a column; empty to recognise it
         * @return this
         */
        public Builder id(Optional<String> value) {
            id = value;
            return this;
        }

        /**
         * Sets {@link LabelColumns#label}.
         *
         * @param value name of a column; empty to recognise it
         * @return this
         */
        public Builder label(Optional<String> value) {
            label = value;
            return this;
        }

        /**
         * Sets {@link LabelColumns#groups}.
         *
         * @param value names of columns; empty to recognise them
         * @return this
         */
        public Builder groups(List<String> value) {
            groups = value;
            return this;
        }

        /**
         * Sets {@link LabelColumns#path}.
         *
         * @param value name of a column; empty to recognise it
         * @return this
         */
        public Builder path(Optional<String> value) {
            path = value;
            return this;
        }

        /**
         * Sets {@link LabelColumns#part}.
         *
         * @param value name of a column; empty for none
         * @return this
         */
        public Builder part(Optional<String> value) {
            part = value;
            return this;
        }

        /**
         * Sets {@link LabelColumns#reading}.
         *
         * @param value what the labels mean
         * @return this
         */
        public Builder reading(LabelReading value) {
            reading = value;
            return this;
        }

        /** {@return the columns; whether the file has them is known when it is read} */
        public LabelColumns build() {
            return new LabelColumns(file, id, label, groups, path, part, reading);
        }
    }
}
