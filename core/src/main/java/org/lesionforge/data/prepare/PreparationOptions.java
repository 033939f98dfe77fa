package org.lesionforge.data.prepare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lesionforge.data.source.ClassChoice;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.data.source.PartNames;
import org.lesionforge.image.file.Fit;
import org.lesionforge.image.file.ImageDecoder;

/**
 * What to prepare, and how.
 *
 * @param source folder of the images; or a MedMNIST {@code .npz} file
 * @param out folder of the data set; must not exist, or be empty
 * @param labels source of the labels; without it the folders are the classes
 * @param grouping how groups are made
 * @param partNames the source's words for parts; {@link PartNames#ignored} to replace its split
 * @param spanning how to treat a group that the source puts into two parts
 * @param classes the classes to keep, in the order of their labels, each {@code NAME}, or {@code NAME=LABEL} to add a
 *     label of the source to class NAME; empty for all, in alphabetical order
 * @param sizes sides of the square images, in pixels
 * @param fit how oblong images become square
 * @param test share of the images for the test part, when the source gives no parts
 * @param validation share of the other images for the validation part, unless the source gives one
 * @param seed of the split
 * @param exactDecode whether large JPEG files are decoded whole; otherwise {@link ImageDecoder#readFor} says how
 * @param threads that decode
 */
public record PreparationOptions(
        Path source,
        Path out,
        Optional<LabelColumns> labels,
        Grouping grouping,
        PartNames partNames,
        GroupConflict spanning,
        List<String> classes,
        List<Integer> sizes,
        Fit fit,
        double test,
        double validation,
        long seed,
        boolean exactDecode,
        int threads) {

    static final List<Integer> DEFAULT_SIZES = List.of(64, 299);
    /** Share of the images for the test part. */
    public static final double DEFAULT_TEST = 0.2;
    /** Share of what is not in the test part for the validation part. */
    public static final double DEFAULT_VALIDATION = 0.1;

    /**
     * Refuses numbers out of their range.
     *
     * @param source folder of the images; or a MedMNIST {@code .npz} file
     * @param out must not exist, or be empty
     * @param labels where the labels are; empty where the folders are the classes
     * @param grouping what makes a group
     * @param partNames which words for parts the source uses
     * @param spanning what to do with a group that the source puts into two parts
     * @param classes no label in two of them
     * @param sizes at least one, each 1 to 4096 pixels; kept ascending, each once
     * @param fit how oblong images become square
     * @param test in [0, 1), 0 for no test part
     * @param validation in [0, 1), 0 for no validation part
     * @param seed any
     * @param exactDecode whether large JPEG files are decoded whole
     * @param threads at least 1
     * @throws IllegalArgumentException when a number is out of its range, or a label is to be in two classes
     */
    public PreparationOptions {
        ClassChoice.of(classes);
        classes = List.copyOf(classes);
        sizes = sizes.stream().distinct().sorted().toList();
        if (sizes.isEmpty() || sizes.get(0) < 1 || sizes.get(sizes.size() - 1) > 4096) {
            throw new IllegalArgumentException("sizes must be between 1 and 4096 pixels, got " + sizes);
        }
        requireShare("test", test);
        requireShare("validation", validation);
        if (threads < 1) {
            throw new IllegalArgumentException("at least 1 thread is needed, got " + threads);
        }
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("the " + name + " share must be at least 0 and below 1, got " + share);
        }
    }

    /**
     * {@return options for class folders, with every default}
     *
     * @param source folder of one folder per class
     * @param out must not exist, or be empty
     */
    public static PreparationOptions of(Path source, Path out) {
        return new PreparationOptions(
                source,
                out,
                Optional.empty(),
                Grouping.GIVEN,
                PartNames.usual(),
                GroupConflict.ERROR,
                List.of(),
                DEFAULT_SIZES,
                Fit.CROP,
                DEFAULT_TEST,
                DEFAULT_VALIDATION,
                0,
                false,
                Runtime.getRuntime().availableProcessors());
    }

    /** {@return a builder that starts from these options; whatever is not set stays} */
    public Builder with() {
        return new Builder(this);
    }

    /** Builder of options. */
    public static final class Builder {
        private Path source;
        private Path out;
        private Optional<LabelColumns> labels;
        private Grouping grouping;
        private PartNames partNames;
        private GroupConflict spanning;
        private List<String> classes;
        private List<Integer> sizes;
        private Fit fit;
        private double test;
        private double validation;
        private long seed;
        private boolean exactDecode;
        private int threads;

        private Builder(PreparationOptions from) {
            source = from.source;
            out = from.out;
            labels = from.labels;
            grouping = from.grouping;
            partNames = from.partNames;
            spanning = from.spanning;
            classes = from.classes;
            sizes = from.sizes;
            fit = from.fit;
            test = from.test;
            validation = from.validation;
            seed = from.seed;
            exactDecode = from.exactDecode;
            threads = from.threads;
        }

        /**
         * Sets {@link PreparationOptions#source}.
         *
         * @param value folder of the images; or a MedMNIST {@code .npz} file
         * @return this
         */
        public Builder source(Path value) {
            source = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#out}.
         *
         * @param value must not exist, or be empty
         * @return this
         */
        public Builder out(Path value) {
            out = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#labels}.
         *
         * @param value empty where the folders are the classes
         * @return this
         */
        public Builder labels(Optional<LabelColumns> value) {
            labels = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#grouping}.
         *
         * @param value what makes a group
         * @return this
         */
        public Builder grouping(Grouping value) {
            grouping = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#partNames}.
         *
         * @param value which words for parts the source uses
         * @return this
         */
        public Builder partNames(PartNames value) {
            partNames = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#spanning}.
         *
         * @param value what to do with a group that the source puts into two parts
         * @return this
         */
        public Builder spanning(GroupConflict value) {
            spanning = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#classes}.
         *
         * @param value each {@code NAME} or {@code NAME=LABEL}; empty for all
         * @return this
         */
        public Builder classes(List<String> value) {
            classes = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#sizes}.
         *
         * @param value sides in pixels, each 1 to 4096, at least one
         * @return this
         */
        public Builder sizes(List<Integer> value) {
            sizes = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#fit}.
         *
         * @param value how oblong images become square
         * @return this
         */
        public Builder fit(Fit value) {
            fit = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#test}.
         *
         * @param value share of all images; 0 for no test part
         * @return this
         */
        public Builder test(double value) {
            test = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#validation}.
         *
         * @param value share of what is not in the test part; 0 for no validation part
         * @return this
         */
        public Builder validation(double value) {
            validation = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#seed}.
         *
         * @param value a different seed gives different parts
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#exactDecode}.
         *
         * @param value true to decode large JPEG files whole
         * @return this
         */
        public Builder exactDecode(boolean value) {
            exactDecode = value;
            return this;
        }

        /**
         * Sets {@link PreparationOptions#threads}.
         *
         * @param value at least 1
         * @return this
         */
        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /**
         * Checks what was set.
         *
         * @return the options
         * @throws IllegalArgumentException when a number is out of its range, or a label is to be in two classes
         */
        public PreparationOptions build() {
            return new PreparationOptions(
                    source,
                    out,
                    labels,
                    grouping,
                    partNames,
                    spanning,
                    classes,
                    sizes,
                    fit,
                    test,
                    validation,
                    seed,
                    exactDecode,
                    threads);
        }
    }
}
