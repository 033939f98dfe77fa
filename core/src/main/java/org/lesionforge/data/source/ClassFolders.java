package org.lesionforge.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lesionforge.data.ImageFolder;
import org.lesionforge.data.Part;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.io.FileNames;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.UnusableInputException;

/**
 * A folder with one folder per class, or with one folder per part (train, test, …), each with one folder per class;
 * {@link FolderLayout} decides which.
 *
 * <p>An image's id is its path inside the source; each image is its own group.
 */
public final class ClassFolders {
    private final Path source;
    private final ImageFolder found;
    private final List<SourceImage> images = new ArrayList<>();
    private final List<ImageFolder.Entry> twins = new ArrayList<>();

    private ClassFolders(Path source) {
        this.source = source;
        this.found = ImageFolder.of(source);
    }

    /**
     * Looks through the folders; no image is decoded.
     *
     * @param source folder of the folders
     * @param partNames which folders are parts
     * @param choice whose classes are meant, whatever they are called
     * @return all images, the folder's name as label
     * @throws UnusableInputException when there are no class folders, when one of them is empty, or when it is not
     *     clear which folders are classes
     */
    public static SourceListing list(Path source, PartNames partNames, ClassChoice choice) {
        FolderLayout layout = FolderLayout.of(source, partNames, choice);
        ClassFolders folders = new ClassFolders(source);
        List<String> notes = new ArrayList<>();
        layout.parts().forEach((part, which) -> folders.addClasses(FileTree.folders(part), Optional.of(which)));
        folders.addClasses(layout.classes(), Optional.empty());
        Set<String> words =
                layout.parts().keySet().stream().map(FileNames::name).collect(Collectors.toCollection(TreeSet::new));
        if (!words.isEmpty()) {
            notes.add("the folders " + words + " are parts; classes are the folders in them"
                    + (partNames.areIgnored() ? "; they are merged and split again" : ""));
        }
        return folders.listing(words, notes);
    }

    private void addClasses(List<Path> classFolders, Optional<Part> part) {
        for (Path folder : classFolders) {
            ImageFolder inside = found.in(FileTree.relative(source, folder)).withoutTwins();
            if (inside.images().isEmpty()) {
                throw new UnusableInputException("the class folder " + folder + " has no image" + inside.instead()
                        + "; add images or remove it");
            }
            for (ImageFolder.Entry image : inside.images()) {
                images.add(new SourceImage(
                        image.id(),
                        new ImageContent.OfFile(image.path()),
                        image.id(),
                        FileNames.name(folder),
                        image.id(),
                        part,
                        List.of()));
            }
            twins.addAll(inside.twins());
        }
    }

    private SourceListing listing(Set<String> partWords, List<String> notes) {
        images.sort(Comparator.comparing(SourceImage::id));
        notes.addAll(new ImageFolder(found.images(), found.others(), found.skipped(), twins).notes());
        return new SourceListing(images, List.of(), withStray(), found.others().size(), Map.of(), partWords, notes);
    }

    /** Unreadable entries, and images beside the class folders. */
    private List<SkippedFile> withStray() {
        Set<String> placed = images.stream().map(SourceImage::id).collect(Collectors.toSet());
        twins.forEach(twin -> placed.add(twin.id()));
        List<SkippedFile> skipped = new ArrayList<>(found.skipped());
        found.images().stream()
                .filter(image -> !placed.contains(image.id()))
                .forEach(image -> skipped.add(new SkippedFile(image.id(), "lies in no class folder")));
        return skipped;
    }
}
