package org.lesionforge.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.lesionforge.data.Licences;
import org.lesionforge.data.Part;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.synthetic.GeneratorMarks;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.NpyArray;
import org.lesionforge.io.NpzFile;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;

/**
 * A MedMNIST file: {@code train_images}, {@code train_labels}, and the same for {@code val} and {@code test}. Images are uint8, N × H × W gray or
 * N × H × W × 3; labels are numbers, N × 1.
 *
 * <p>Its parts are kept. It has no patients or lesions, so each image is its own group.
 */
public final class MedMnist {
    private static final String IMAGES = "_images";
    private static final String LABELS = "_labels";

    private MedMnist() {}

    /**
     * {@return whether {@code source} is one, by its name}
     *
     * @param source a file or a folder
     */
    public static boolean is(Path source) {
        return Files.isRegularFile(source)
                && source.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
    }

    /** The classes by number, with the names in MedMNIST's documentation for the skin and breast sets. */
    static LabelReading reading(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.startsWith("dermamnist")) {
            return reading(
                    List.of("malignant", "malignant", "benign", "benign", "malignant", "benign", "benign"),
                    Licences.columns(
                            "CC-BY-NC",
                            "DermaMNIST (MedMNIST v2, Yang et al. 2023) from HAM10000 (Tschandl et al. 2018, "
                                    + "doi:10.7910/DVN/DBW86T)"));
        }
        if (name.startsWith("breastmnist")) {
            return reading(
                    List.of("malignant", "benign"),
                    Licences.columns("CC-BY", "BreastMNIST (MedMNIST v2, Yang et al. 2023; Al-Dhabyani et al. 2020)"));
        }
        return LabelReading.PLAIN;
    }

    private static LabelReading reading(List<String> names, Map<String, String> constants) {
        return new LabelReading(List.of(), byNumber(names), List.of(), Optional.empty(), constants, false);
    }

    /** Names of the classes 0, 1, …; several may have the same name. */
    static Map<String, String> byNumber(List<String> names) {
        Map<String, String> classes = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            classes.put(Integer.toString(i), names.get(i));
        }
        return classes;
    }

    /**
     * Reads the labels; of the images their number and size alone.
     *
     * @param file an {@code .npz}
     * @param reading what the label numbers mean
     * @param partNames what {@code train}, {@code val} and {@code test} mean
     * @return an image for each row of the arrays
     * @throws UnusableInputException when the file holds something else
     */
    public static SourceListing list(Path file, LabelReading reading, PartNames partNames) {
        List<String> arrays = NpzFile.names(file);
        List<String> parts = arrays.stream()
                .filter(name -> name.endsWith(IMAGES))
                .map(name -> name.substring(0, name.length() - IMAGES.length()))
                .filter(part -> arrays.contains(part + LABELS))
                .toList();
        if (parts.isEmpty()) {
            throw new UnusableInputException(
                    file + " is no MedMNIST file: it should hold train_images, train_labels and so on, it has "
                            + Printable.excerpt(String.join(", ", arrays)));
        }
        new GeneratorMarks().ofArray(file).ifPresent(mark -> {
            throw new UnusableInputException(file + " holds images that were made by a generator (" + mark
                    + "); a data set is tested on real images: give real ones");
        });
        List<SourceImage> images = new ArrayList<>();
        List<SkippedFile> skipped = new ArrayList<>();
        List<String> extra = reading.constants().keySet().stream().sorted().toList();
        for (String word : parts) {
            Part part = partNames
                    .part(word)
                    .orElseThrow(() -> new UnusableInputException(file + " has a part '" + Printable.excerpt(word)
                            + "'; known are " + partNames + ", others are mapped with --part-map WORD=test"));
            NpyArray pixels = NpzFile.open(file, word + IMAGES);
            List<String> labels = labels(NpzFile.open(file, word + LABELS));
            requireImages(pixels, labels.size());
            for (int i = 0; i < labels.size(); i++) {
                int index = i;
                String id = String.format(Locale.ROOT, "%s-%05d", word, i);
                Optional<String> name = reading.classOf(labels.get(i));
                if (name.isEmpty()) {
                    skipped.add(new SkippedFile(id, "left out: its label '" + labels.get(i) + "' has no name"));
                    continue;
                }
                images.add(new SourceImage(
                        id,
                        () -> image(pixels, index),
                        word + IMAGES + "[" + i + "]",
                        name.get(),
                        id,
                        Optional.of(part),
                        extra.stream().map(reading.constants()::get).toList()));
            }
        }
        return new SourceListing(
                images,
                extra,
                skipped,
                0,
                Map.of(),
                new TreeSet<>(parts),
                List.of("the parts " + parts
                        + " are MedMNIST's own; it does not say which images show one lesion, so the "
                        + "same lesion may be in two parts"));
    }

    private static List<String> labels(NpyArray array) {
        boolean oneEach = array.shape().length == 1 || (array.shape().length == 2 && array.shape()[1] == 1);
        if (!oneEach || !array.type().equals("|u1")) {
            throw new UnusableInputException(array.name() + " holds " + array.description()
                    + "; expected one number of type |u1 per image: N or N×1");
        }
        byte[] numbers = new byte[Math.toIntExact(array.shape()[0])];
        array.bytes(0, numbers, 0, numbers.length);
        List<String> labels = new ArrayList<>();
        for (byte number : numbers) {
            labels.add(Integer.toString(number & 0xFF));
        }
        return labels;
    }

    private static void requireImages(NpyArray array, int labels) {
        boolean gray = array.type().equals("|u1") && array.shape().length == 3;
        if (!gray && !array.holdsImages()) {
            throw new UnusableInputException(
                    array.name() + " holds " + array.description() + "; expected |u1 [N, H, W] or [N, H, W, 3]");
        }
        array.requireImageSize();
        if (array.shape()[0] != labels) {
            throw new UnusableInputException(
                    array.name() + " holds " + array.shape()[0] + " images, but there are " + labels + " labels");
        }
    }

    private static RgbImage image(NpyArray array, int i) {
        int height = Math.toIntExact(array.shape()[1]);
        int width = Math.toIntExact(array.shape()[2]);
        byte[] rgb = new byte[3 * width * height];
        if (array.holdsImages()) {
            array.bytes((long) i * rgb.length, rgb, 0, rgb.length);
            return RgbImage.wrap(width, height, rgb);
        }
        byte[] gray = new byte[width * height];
        array.bytes((long) i * gray.length, gray, 0, gray.length);
        for (int p = 0; p < rgb.length; p++) {
            rgb[p] = gray[p / 3];
        }
        return RgbImage.wrap(width, height, rgb);
    }
}
