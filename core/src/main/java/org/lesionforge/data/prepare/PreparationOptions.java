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
 * @param labels where the labels are; without it the folders are the classes
 * @param grouping what makes a group
 * @param partNames which words for parts the source uses; {@link PartNames#ignored} to divide anew what it divides
 * @param spanning what to do with a group that the source puts into two parts
 * @param classes the classes to keep, in the order of their labels, each {@code NAME}, or {@code NAME=LABEL} for a label of the source that
 *     is to be in class NAME too; empty for all, in alphabetical order
 * @param sizes sides of the square images, in pixels
 * @param fit how oblong images become square
 * @param test share of the images for the test part, when the source gives no parts
 * @param validation share of what is not in the test part for the validation part, unless the source gives one
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

    public static final List<Integer> DEFAULT_SIZES = List.of(64, 299);
    public static final double DEFAULT_TEST = 0.2;
    public static final double DEFAULT_VALIDATION = 0.1;

    /** @throws IllegalArgumentException when a number is out of its range, or a label is to be in two classes */
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

    /** Class folders, with every default. */
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

    /** Starts from these options; whatever is not set stays. */
    public Builder with() {
        return new Builder(this);
    }

    /** PreparationOptions in the making. */
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

        public Builder source(Path value) {
            source = value;
            return this;
        }

        public Builder out(Path value) {
            out = value;
            return this;
        }

        public Builder labels(Optional<LabelColumns> value) {
            labels = value;
            return this;
        }

        public Builder grouping(Grouping value) {
            grouping = value;
            return this;
        }

        public Builder partNames(PartNames value) {
            partNames = value;
            return this;
        }

        public Builder spanning(GroupConflict value) {
            spanning = value;
            return this;
        }

        public Builder classes(List<String> value) {
            classes = value;
            return this;
        }

        public Builder sizes(List<Integer> value) {
            sizes = value;
            return this;
        }

        public Builder fit(Fit value) {
            fit = value;
            return this;
        }

        public Builder test(double value) {
            test = value;
            return this;
        }

        public Builder validation(double value) {
            validation = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder exactDecode(boolean value) {
            exactDecode = value;
            return this;
        }

        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /** @throws IllegalArgumentException when a number is out of its range, or a label is to be in two classes */
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
