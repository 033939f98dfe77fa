package org.lesionforge.classifier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private ImageFiles(List<String> classes, List<Entry> entries) {
        this.classes = classes;
        this.entries = entries;
    }

    /**
     * Every file in a folder and the folders in it, of unknown class; a single file is a folder of one. What is hidden is passed over.
     *
     * @throws UnusableInputException when there is none
     */
    public static ImageFiles unlabelled(Path folder, List<String> classes) {
        if (Files.isRegularFile(folder)) {
            return new ImageFiles(
                    classes, List.of(new Entry(folder.getFileName().toString(), folder, Predictions.UNKNOWN)));
        }
        requireFolder(folder);
        return new ImageFiles(classes, entries(folder, folder, Predictions.UNKNOWN)).orFail(folder);
    }

    /**
     * The files in a folder of class folders.
     *
     * @param classes that a classifier knows; each folder must be named after one, not each needs a folder
     * @throws UnusableInputException when there are no class folders, a folder is named otherwise, or there is no file
     */
    public static ImageFiles byClass(Path folder, List<String> classes) {
        requireFolder(folder);
        List<Path> folders = FileTree.children(folder, Files::isDirectory);
        List<String> names =
                folders.stream().map(each -> each.getFileName().toString()).toList();
        if (folders.isEmpty() || !classes.containsAll(names)) {
            throw new UnusableInputException(
                    folder + " must hold folders named after the classifier's classes " + classes + ", it has " + names
                            + "; to classify images of unknown class use: lesionforge classify predict");
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            entries.addAll(entries(folder, folders.get(i), classes.indexOf(names.get(i))));
        }
        return new ImageFiles(classes, entries).orFail(folder);
    }

    public int size() {
        return entries.size();
    }

    List<String> classes() {
        return classes;
    }

    List<Entry> entries() {
        return entries;
    }

    private ImageFiles orFail(Path folder) {
        if (entries.isEmpty()) {
            throw new UnusableInputException(folder + " has no file");
        }
        return this;
    }

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UnusableInputException("there is no folder " + folder);
        }
    }

    private static List<Entry> entries(Path root, Path folder, int truth) {
        return FileTree.files(folder).stream()
                .map(file -> new Entry(FileTree.relative(root, file), file, truth))
                .toList();
    }
}
