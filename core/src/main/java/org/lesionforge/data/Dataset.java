package org.lesionforge.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lesionforge.image.Filter;
import org.lesionforge.image.PixelHash;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.OptionalKey;

/**
 * A prepared data set on disk: {@code dataset.json}, {@code images.csv} and one {@code pixels-<side>.npy} per side. Immutable.
 *
 * <p>Its split was computed once, when it was prepared; images are accessible only through the parts.
 */
public final class Dataset {
    /**
     * The content of {@code dataset.json}.
     *
     * @param decode {@link #EXACT_DECODE} or {@link #REDUCED_DECODE}; null in data sets made before this option, which
     *     are exact
     * @param sha256 of every table of the data set, by name, and {@link PixelHash#ofAll} of every pixel store; null in data sets of version 0.1
     */
    public record Manifest(
            int formatVersion,
            List<String> classes,
            List<Integer> sizes,
            String fit,
            @OptionalKey @Nullable String decode,
            String source,
            int images,
            int skipped,
            SplitInfo split,
            @OptionalKey @Nullable Map<String, String> sha256) {
        private Manifest with(SplitInfo other) {
            return new Manifest(formatVersion, classes, sizes, fit, decode, source, images, skipped, other, sha256);
        }

        /** Empty where that was not recorded. */
        private Optional<String> sha256Of(String file) {
            if (sha256 == null) {
                return Optional.empty();
            }
            if (sha256.get(file) == null) {
                throw new UnusableInputException("dataset.json has no SHA-256 of " + file + "; " + REMEDY);
            }
            return Optional.of(sha256.get(file));
        }
    }

    /**
     * How the split was made.
     *
     * @param method {@code grouped}, or {@code column} when the source gave the parts, in a column or by its folders
     * @param test requested share of all images; with {@code column} the actual share
     * @param validation requested share of the images outside the test part
     * @param sha256 of the sorted lines {@code id,part}: two data sets with the same hash have the same split
     */
    public record SplitInfo(String method, long seed, double test, double validation, String sha256) {}

    /** The version of the layout that this code writes and reads. */
    public static final int FORMAT_VERSION = 1;

    /** The table of the images. */
    public static final String IMAGES = "images.csv";

    /** Its columns, before those kept from the source. */
    public static final List<String> COLUMNS = List.of("id", "label", "group", "part", "source", "width", "height");

    /** The table of the files that were skipped. */
    public static final String SKIPPED = "skipped.csv";

    /** The table of the images with the same pixels as another one. */
    public static final String DUPLICATES = "duplicates.csv";

    /** The tables in a data set's folder. */
    public static final List<String> TABLES = List.of(IMAGES, SKIPPED, DUPLICATES);

    /** Every image was decoded at full size. */
    public static final String EXACT_DECODE = "exact";

    /**
     * JPEGs were decoded at a half, a quarter or an eighth, and smaller sizes made from larger ones, where that leaves
     * enough pixels.
     */
    public static final String REDUCED_DECODE = "reduced, at least " + ImageDecoder.MARGIN + " times the size";

    /** What to do when a file of a data set is not as it was. */
    public static final String REMEDY = "bring the data set back as it was, or run prepare again";

    private final Path folder;
    private final Manifest manifest;
    private final List<DatasetImage> images;
    private final Map<Integer, PixelStore> stores;
    /** The side to which every image is resized first, if any. */
    private final OptionalInt detour;

    private Dataset(
            Path folder,
            Manifest manifest,
            List<DatasetImage> images,
            Map<Integer, PixelStore> stores,
            OptionalInt detour) {
        this.folder = folder;
        this.manifest = manifest;
        this.images = images;
        this.stores = stores;
        this.detour = detour;
    }

    /**
     * {@return the data set, as {@link #open(Path, Progress)}}
     *
     * @param folder of a prepared data set
     */
    public static Dataset open(Path folder) {
        return open(folder, Progress.SILENT);
    }

    /**
     * Opens a data set and checks that its tables are unchanged; its pixels are checked when the first are read.
     *
     * @param folder of a prepared data set
     * @param progress receives a warning about a data set without checksums
     * @return the data set; its pixels stay on the disk
     * @throws UnusableInputException when {@code folder} is not a prepared data set, saying how to make one; or when a
     *     table was changed
     */
    public static Dataset open(Path folder, Progress progress) {
        Path file = folder.resolve("dataset.json");
        if (!Files.isRegularFile(file)) {
            throw new UnusableInputException(
                    folder + " is not a prepared data set (no dataset.json); make one with: lesionforge prepare "
                            + folder + " --out DATASET");
        }
        Manifest manifest = Json.read(file, Manifest.class, FORMAT_VERSION);
        ClassNames.require(manifest.classes(), file);
        requireShare(file, "test", manifest.split().test());
        requireShare(file, "validation", manifest.split().validation());
        List<DatasetImage> images = DatasetImage.readAll(folder.resolve(IMAGES), manifest.classes());
        requireUnchanged(folder, manifest, images);
        if (manifest.sha256() == null) {
            progress.warn(Checksums.UNKNOWN);
        }
        return new Dataset(folder, manifest, images, openStores(folder, manifest, images.size()), OptionalInt.empty());
    }

    private static void requireUnchanged(Path folder, Manifest manifest, List<DatasetImage> images) {
        for (String table : TABLES) {
            manifest.sha256Of(table).ifPresent(expected -> Checksums.require(folder.resolve(table), expected, REMEDY));
        }
        // Version 0.1 stored this, too.
        Path table = folder.resolve(IMAGES);
        if (images.size() != manifest.images()) {
            throw new UnusableInputException(table + " lists " + images.size() + " images, dataset.json says "
                    + manifest.images() + "; " + REMEDY);
        }
        Map<String, Part> parts = new HashMap<>();
        images.forEach(image -> parts.put(image.id(), image.part()));
        Checksums.require(
                "the split in " + table,
                manifest.split().sha256(),
                Split.given(parts).sha256(),
                REMEDY);
    }

    /**
     * Checks before any use that the images of a size are unchanged.
     *
     * @param side one of {@link #sides()}, in pixels
     * @throws UnusableInputException when they are not, or there are none of this size
     */
    public void requireUnchanged(int side) {
        store(side).requireUnchanged();
    }

    private static void requireShare(Path file, String part, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new UnusableInputException(
                    file + ": 'split." + part + "' is " + share + ", a share is 0 to 1; " + REMEDY);
        }
    }

    private static Map<Integer, PixelStore> openStores(Path folder, Manifest manifest, int images) {
        Map<Integer, PixelStore> stores = new TreeMap<>();
        for (int side : manifest.sizes()) {
            PixelStore store = PixelStore.open(
                    pixelFile(folder, side),
                    manifest.sha256Of(pixelFile(folder, side).getFileName().toString()));
            if (store.count() != images) {
                throw new UnusableInputException(pixelFile(folder, side) + " holds " + store.count()
                        + " images, images.csv lists " + images + "; run prepare again");
            }
            stores.put(side, store);
        }
        return stores;
    }

    /**
     * The same images split anew: by group, with the shares that the parts have now, from another seed. The files
     * stay as they are.
     *
     * @param seed a different one gives different parts
     * @return the same images in other parts
     * @throws UnusableInputException when a class has too few groups to be in every part
     */
    public Dataset resplit(long seed) {
        double n = images.size();
        double test = count(Part.TEST) / n;
        double validation = count(Part.VALIDATION) / (n - count(Part.TEST));
        Split split = Split.grouped(items(), test, validation, seed);
        return in(split, new SplitInfo("grouped", seed, test, validation, split.sha256()));
    }

    /**
     * The same images as the folds of a cross-validation: each is in the test part of exactly one of them. The data set's own parts say
     * nothing, and the files stay as they are.
     *
     * @param count of folds, at least 2
     * @param validation share of the images outside a fold's test part, 0 for no validation part
     * @param seed a different one gives different folds
     * @return the data set once for each fold
     * @throws UnusableInputException when a class has too few groups to be in every part of every fold
     */
    public List<Dataset> folds(int count, double validation, long seed) {
        return Split.folds(items(), count, validation, seed).stream()
                .map(split -> in(split, new SplitInfo("fold", seed, 1.0 / count, validation, split.sha256())))
                .toList();
    }

    private List<Split.Item> items() {
        return images.stream()
                .map(image -> new Split.Item(image.id(), classes().get(image.label()), image.group()))
                .toList();
    }

    private Dataset in(Split split, SplitInfo info) {
        List<DatasetImage> divided =
                images.stream().map(image -> image.in(split.part(image.id()))).toList();
        return new Dataset(folder, manifest.with(info), divided, stores, detour);
    }

    private long count(Part part) {
        return images.stream().filter(image -> image.part() == part).count();
    }

    /**
     * The same images, each brought to {@code side × side} first and from there to whatever side is read (antialiased
     * bicubic): what an image shows after a generator's resolution.
     *
     * @param side one of {@link #sides()}, in pixels
     * @return the same images in the same parts
     * @throws UnusableInputException when the data set was not prepared at {@code side}
     */
    public Dataset through(int side) {
        store(side);
        return new Dataset(folder, manifest, images, stores, OptionalInt.of(side));
    }

    /**
     * {@return the file of a data set's pixels}
     *
     * @param folder of the data set
     * @param side in pixels
     */
    public static Path pixelFile(Path folder, int side) {
        return folder.resolve("pixels-" + side + ".npy");
    }

    /** {@return the folder that it lies in} */
    public Path folder() {
        return folder;
    }

    /** {@return what {@code dataset.json} says of how it was prepared} */
    public Manifest manifest() {
        return manifest;
    }

    /** {@return the names of the classes, in the order of their labels} */
    public List<String> classes() {
        return manifest.classes();
    }

    /** {@return the sides at which images can be read, in pixels, ascending} */
    public List<Integer> sides() {
        return List.copyOf(stores.keySet());
    }

    /** {@return all images of all parts, in the order of their pixels} */
    public List<DatasetImage> images() {
        return images;
    }

    /** {@return the training part: the only images that a net may be fitted to} */
    public TrainingPart training() {
        return new TrainingPart(this, rows(Part.TRAIN));
    }

    /** {@return training and validation images, for protocols that validate nothing; not beside the validation part} */
    public TrainingPart trainingAndValidation() {
        return new TrainingPart(
                this, images.stream().filter(image -> image.part() != Part.TEST).toList());
    }

    /** {@return the validation part: for choices between nets, thresholds and temperatures} */
    public HeldOutPart validation() {
        return new HeldOutPart(this, rows(Part.VALIDATION));
    }

    /** {@return the test part: for what is reported, and for no choice} */
    public HeldOutPart test() {
        return new HeldOutPart(this, rows(Part.TEST));
    }

    /** {@return the number of images of each class in each part} */
    public Map<String, Map<String, Integer>> counts() {
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            Map<String, Integer> ofPart = new LinkedHashMap<>();
            classes().forEach(name -> ofPart.put(name, 0));
            images.stream()
                    .filter(image -> image.part() == part)
                    .forEach(image -> ofPart.merge(classes().get(image.label()), 1, Integer::sum));
            counts.put(part.word(), ofPart);
        }
        return counts;
    }

    /** @throws UnusableInputException when there is no such class; the message names the existing ones */
    int labelOf(String name) {
        int label = classes().indexOf(name);
        if (label < 0) {
            throw new UnusableInputException(folder + " has no class '" + name + "'; its classes are " + classes());
        }
        return label;
    }

    /**
     * {@return a part to read, whichever it is; what is fitted to images asks for {@link #training()}}
     *
     * @param part any of the three
     */
    public LabelledImages part(Part part) {
        return switch (part) {
            case TRAIN -> training();
            case VALIDATION -> validation();
            case TEST -> test();
        };
    }

    /** As {@link LabelledImages#read}, of the image in {@code row}. */
    void read(int row, int side, byte[] target, int offset) {
        PixelStore wanted = store(side);
        if (detour.isEmpty() || detour.getAsInt() == side) {
            wanted.read(row, target, offset);
            return;
        }
        int small = detour.getAsInt();
        byte[] pixels = new byte[3 * small * small];
        store(small).read(row, pixels, 0);
        RgbImage back = Resampler.resize(RgbImage.wrap(small, small, pixels), side, side, Filter.BICUBIC);
        System.arraycopy(back.pixels(), 0, target, offset, 3 * side * side);
    }

    /**
     * The hash of the image in {@code row}, where known: not where the image is resized through another size, nor in
     * data sets of version 0.1.
     */
    Optional<String> sha256(int row, int side) {
        return detour.isEmpty() || detour.getAsInt() == side ? store(side).sha256(row) : Optional.empty();
    }

    PixelStore store(int side) {
        PixelStore store = stores.get(side);
        if (store == null) {
            throw new UnusableInputException(folder + " has no images of " + side + "×" + side + " pixels, only of "
                    + sides() + "; prepare it again with --sizes " + side);
        }
        return store;
    }

    private List<DatasetImage> rows(Part part) {
        return images.stream().filter(image -> image.part() == part).toList();
    }
}
