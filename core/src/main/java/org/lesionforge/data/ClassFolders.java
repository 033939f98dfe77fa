package org.lesionforge.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.UnusableInputException;

/**
 * A folder with one folder per class, or with one folder per part (train, test, …) that has one folder per class each.
 *
 * <p>An image's id is its path inside the source; each image is its own group.
 */
final class ClassFolders {
    private final Path source;
    private final List<SourceImage> images = new ArrayList<>();

    private ClassFolders(Path source) {
        this.source = source;
    }

    /** @throws UnusableInputException when there are no class folders, or one of them is empty */
    static SourceListing list(Path source, PartNames partNames) {
        ClassFolders folders = new ClassFolders(source);
        List<Path> top = subfolders(source);
        if (top.isEmpty()) {
            throw new UnusableInputException(
                    source + " has no class folders; put the images of each class into a folder "
                            + "of its own (" + source.resolve("benign") + ", " + source.resolve("malignant")
                            + "), or give their labels with --labels FILE.csv");
        }
        List<String> notes = new ArrayList<>();
        if (top.stream().allMatch(folder -> partNames.part(name(folder)).isPresent())) {
            notes.add("the folders " + top.stream().map(ClassFolders::name).toList()
                    + " are parts; classes are the folders in them");
            for (Path part : top) {
                folders.addClasses(subfolders(part), partNames.part(name(part)));
            }
        } else {
            folders.addClasses(top, Optional.empty());
        }
        folders.images.sort(Comparator.comparing(SourceImage::id));
        return new SourceListing(folders.images, List.of(), List.of(), notes);
    }

    private void addClasses(List<Path> classFolders, Optional<Part> part) {
        for (Path folder : classFolders) {
            List<Path> files = FileTree.files(folder);
            if (files.isEmpty()) {
                throw new UnusableInputException(
                        "the class folder " + folder + " has no file; add images or remove it");
            }
            for (Path file : files) {
                String id = FileTree.relative(source, file);
                images.add(new SourceImage(id, new ImageContent.OfFile(file), id, name(folder), id, part, List.of()));
            }
        }
    }

    private static List<Path> subfolders(Path folder) {
        return FileTree.children(folder, Files::isDirectory);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
