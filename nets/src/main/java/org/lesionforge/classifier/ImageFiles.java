package org.lesionforge.classifier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.data.ImageFolder;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.synthetic.GeneratorMarks;
import org.lesionforge.io.FileNames;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.UnusableInputException;

/** Image files to look at: outside any data set, so never to train on. */
public final class ImageFiles {
    /**
     * @param id path inside the folder, with {@code /} on every system
     * @param truth class index, or {@link Predictions#UNKNOWN}
     */
    record Entry(String id, Path path, int truth) {}

    private final List<String> classes;
    private final List<Entry> entries;
    private final ImageFolder found;
    private final List<SkippedFile> skipped;

    private ImageFiles(List<String> classes, List<Entry> entries, ImageFolder found, List<SkippedFile> skipped) {
        this.classes = classes;
        this.entries = entries;
        this.found = found;
        this.skipped = skipped;
    }

    /**
     * Every image in a folder and the folders in it, of unknown class; a single file is a folder of one.
     *
     * @param folder a folder, or one image file
     * @param classes that a classifier knows, in the order of its outputs
     * @return the images; of equal files in folders whose names differ in case alone, the first
     * @throws UnusableInputException when there is no such folder, or no image in it
     */
    public static ImageFiles unlabelled(Path folder, List<String> classes) {
        if (Files.isRegularFile(folder)) {
            Entry only = new Entry(FileNames.name(folder), folder, Predictions.UNKNOWN);
            ImageFolder nothing = new ImageFolder(List.of(), List.of(), List.of(), List.of());
            return new ImageFiles(classes, List.of(only), nothing, List.of());
        }
        requireFolder(folder);
        ImageFolder found = ImageFolder.of(folder).withoutTwins();
        return new ImageFiles(classes, entries(found, Predictions.UNKNOWN), found, found.skipped()).orFail(folder);
    }

    /**
     * The files in a folder of class folders.
     *
     * @param folder with a folder per class; images that lie in none of them are skipped
     * @param classes that a classifier knows; each folder must be named after one, not each needs a folder
     * @return the images, each with the class of its folder
     * @throws UnusableInputException when there are no class folders, a folder is named otherwise, or there is no file
     */
    public static ImageFiles byClass(Path folder, List<String> classes) {
        requireFolder(folder);
        List<Path> folders = FileTree.folders(folder);
        List<String> names = folders.stream().map(FileNames::name).toList();
        // A folder from a Mac may write the class's letters in another Unicode form.
        List<String> known = classes.stream().map(FileNames::normalForm).toList();
        if (folders.isEmpty()
                || !known.containsAll(names.stream().map(FileNames::normalForm).toList())) {
            throw new UnusableInputException(
                    folder + " must hold folders named after the classifier's classes " + classes + ", it has " + names
                            + "; to classify images of unknown class use: lesionforge classify predict");
        }
        ImageFolder found = ImageFolder.of(folder);
        List<Entry> entries = new ArrayList<>();
        List<ImageFolder.Entry> twins = new ArrayList<>();
        for (String name : names) {
            ImageFolder inside = found.in(name).withoutTwins();
            entries.addAll(entries(inside, known.indexOf(FileNames.normalForm(name))));
            twins.addAll(inside.twins());
        }
        List<SkippedFile> skipped = new ArrayList<>(found.skipped());
        found.images().stream()
                .filter(image -> image.id().indexOf('/') < 0)
                .forEach(image -> skipped.add(new SkippedFile(image.id(), "lies in no class folder")));
        ImageFolder merged = new ImageFolder(found.images(), found.others(), found.skipped(), twins);
        return new ImageFiles(classes, entries, merged, skipped).orFail(folder);
    }

    /** {@return the number of images, readable or not} */
    public int size() {
        return entries.size();
    }

    List<String> classes() {
        return classes;
    }

    List<Entry> entries() {
        return entries;
    }

    /** Files that are not among the entries, with the reason. */
    List<SkippedFile> skipped() {
        return skipped;
    }

    int otherFiles() {
        return found.others().size();
    }

    /**
     * {@return how many of these images were made by a generator, as far as they tell, and which is the first; empty
     * where none was}
     */
    public Optional<String> generated() {
        return GeneratorMarks.among(entries.stream()
                .map(entry -> new ImageFolder.Entry(entry.id(), entry.path()))
                .toList());
    }

    /** As {@link ImageFolder#notes}. */
    List<String> notes() {
        return found.notes();
    }

    private ImageFiles orFail(Path folder) {
        if (entries.isEmpty()) {
            throw new UnusableInputException(folder + " has no image" + found.instead());
        }
        return this;
    }

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UnusableInputException("there is no folder " + folder);
        }
    }

    private static List<Entry> entries(ImageFolder found, int truth) {
        return found.images().stream()
                .map(image -> new Entry(image.id(), image.path(), truth))
                .toList();
    }
}
