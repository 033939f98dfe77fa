package org.lesionforge.data.synthetic;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.image.file.PngText;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;

/**
 * The tables of a folder of synthetic images: {@code manifest.csv}, a line per image with its SHA-256, and
 * {@code synthetic.json}, which is written last and holds the SHA-256 of the manifest.
 *
 * <p>Version 0.1 wrote the manifest last, without checksums: its sets are complete when they have one.
 */
public record SyntheticManifest(Path folder, List<Line> lines) {
    /** The table of images, a line for each. */
    public static final String MANIFEST = "manifest.csv";
    /** What is written last, when all images are there. */
    public static final String SEAL = "synthetic.json";
    /** The keyword of the PNG text with the checksum of the image's generator. */
    public static final String GENERATOR_TEXT = "Generator-SHA256";
    /** The column of the images' checksums. */
    public static final String SHA256 = "sha256";

    private static final String REMEDY =
            "bring the set back as it was, or draw it again into another folder with: lesionforge gan sample RUN --out DIR";

    /**
     * An image.
     *
     * @param path in the folder
     * @param generator the checksum of the generator that drew it
     * @param sha256 of the file; empty in sets of version 0.1
     */
    public record Line(String path, String generator, Optional<String> sha256) {}

    /**
     * The content of {@code synthetic.json}.
     *
     * @param className of all images
     * @param images number of images
     * @param manifestSha256 of {@code manifest.csv}
     */
    public record Seal(int formatVersion, String className, int images, String manifestSha256) {
        /** Of the file as this program writes it. */
        public static final int FORMAT_VERSION = 1;
    }

    /**
     * Reads the table, and none of the images.
     *
     * @param folder that {@code gan sample} wrote
     * @return a line for each image that should be there
     * @throws UnusableInputException when there is no such table, or it cannot be read
     */
    public static SyntheticManifest read(Path folder) {
        Path file = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw unfinished(folder, MANIFEST);
        }
        List<Line> lines = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file)) {
            records.forEach(line -> lines.add(
                    new Line(line.getField("path"), line.getField("generator_sha256"), line.findField(SHA256))));
        } catch (IOException | UncheckedIOException | CsvParseException | NoSuchElementException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage() + "; " + REMEDY, e);
        }
        return new SyntheticManifest(folder, List.copyOf(lines));
    }

    private static UnusableInputException unfinished(Path folder, String missing) {
        return new UnusableInputException(folder + " is not a whole set of synthetic images (no " + missing
                + "): drawing it was interrupted, or is under way; remove the folder and draw it again with: lesionforge"
                + " gan sample RUN --out " + folder);
    }

    /** {@return for each image, the checksum of the generator that drew it} */
    public List<String> generators() {
        return lines.stream().map(Line::generator).toList();
    }

    /**
     * {@return whether a folder is such a set, whole or not; one that somebody made by other means, with images called
     * alike, is none}
     *
     * @param folder that exists or not
     */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(SEAL)) || looksDrawn(folder);
    }

    /** Whether it holds one folder of images, all named like drawn ones, with the checksum of their generator. */
    private static boolean looksDrawn(Path folder) {
        List<Path> classes = FileTree.folders(folder);
        if (classes.size() != 1) {
            return false;
        }
        List<Path> files = FileTree.children(classes.get(0), file -> true);
        return files.stream().allMatch(SyntheticFolder::isSynthetic)
                && files.stream().anyMatch(SyntheticManifest::isDrawn);
    }

    /** Whether an image holds the checksum of a generator of this program. */
    static boolean isDrawn(Path file) {
        try {
            return PngText.read(file).containsKey(GENERATOR_TEXT);
        } catch (UnusableInputException e) {
            // An unreadable file is reported where its pixels are read.
            return false;
        }
    }

    /**
     * Checks that a set is complete and unchanged.
     *
     * @param folder that {@code gan sample} wrote
     * @param progress receives a warning about a set without checksums
     * @return what the set says of its images
     * @throws UnusableInputException when drawing it was interrupted, or an image is missing, was added, or is another
     *     one
     */
    public static SyntheticManifest requireWhole(Path folder, Progress progress) {
        Path seal = folder.resolve(SEAL);
        boolean sealed = Files.isRegularFile(seal);
        if (sealed) {
            Checksums.require(
                    folder.resolve(MANIFEST), Json.read(seal, Seal.class).manifestSha256(), REMEDY);
        }
        SyntheticManifest manifest = read(folder);
        if (!sealed) {
            if (manifest.lines.stream().anyMatch(line -> line.sha256().isPresent())) {
                throw unfinished(folder, SEAL);
            }
            progress.warn(Checksums.UNKNOWN);
            return manifest;
        }
        Set<Path> listed = new HashSet<>();
        for (Line line : manifest.lines) {
            Path image = folder.resolve(line.path());
            Checksums.require(image, line.sha256().orElse(""), REMEDY);
            listed.add(image);
        }
        for (Path className : FileTree.folders(folder)) {
            for (Path file : FileTree.children(className, SyntheticFolder::isSynthetic)) {
                if (!listed.contains(file)) {
                    throw new UnusableInputException(file + " is not among the " + listed.size() + " images that "
                            + folder.resolve(MANIFEST) + " lists; take it away, or " + REMEDY);
                }
            }
        }
        return manifest;
    }
}
