package org.lesionforge.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lesionforge.image.file.FileKind;
import org.lesionforge.io.FileNames;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.UnusableInputException;

/**
 * The images in a folder and its subfolders, as found by every command. {@link FileTree} documents what is skipped.
 *
 * @param images files that are images by their name or by their first bytes, in the order of paths; not yet decoded
 * @param others all other files: read-mes, tables, manifests
 * @param skipped broken links, and unreadable files and folders
 * @param twins images left out by {@link #withoutTwins}
 */
public record ImageFolder(List<Entry> images, List<Entry> others, List<SkippedFile> skipped, List<Entry> twins) {
    /**
     * A file.
     *
     * @param id its path inside the listed folder, as {@link FileTree#relative} writes it
     */
    public record Entry(String id, Path path) {}

    /**
     * Copies the lists.
     *
     * @param images in the order of paths
     * @param others files that are no images
     * @param skipped with the reason of each
     * @param twins images left out
     */
    public ImageFolder {
        images = List.copyOf(images);
        others = List.copyOf(others);
        skipped = List.copyOf(skipped);
        twins = List.copyOf(twins);
    }

    /**
     * Lists a folder. Of files without an image's ending the first bytes are read.
     *
     * @param folder that exists
     * @return what is in it, at any depth
     * @throws UnusableInputException when the folder cannot be read
     */
    public static ImageFolder of(Path folder) {
        FileTree tree = FileTree.of(folder);
        List<Entry> images = new ArrayList<>();
        List<Entry> others = new ArrayList<>();
        List<SkippedFile> skipped = new ArrayList<>();
        for (FileTree.Unreachable each : tree.unreachable()) {
            skipped.add(new SkippedFile(FileTree.relative(folder, each.path()), each.reason()));
        }
        for (Path file : tree.special()) {
            Entry entry = new Entry(FileTree.relative(folder, file), file);
            if (claims(entry)) {
                skipped.add(new SkippedFile(entry.id(), "not a file, but a pipe, a socket or a device"));
            } else {
                others.add(entry);
            }
        }
        for (Path file : tree.files()) {
            Entry entry = new Entry(FileTree.relative(folder, file), file);
            try {
                boolean image = claims(entry) || FileKind.of(file).isImage();
                (image ? images : others).add(entry);
            } catch (IOException e) {
                skipped.add(new SkippedFile(entry.id(), "cannot be opened: " + FileTree.reason(e)));
            }
        }
        return new ImageFolder(images, others, skipped, List.of());
    }

    /**
     * The content of one of its folders, with the same ids.
     *
     * @param id of the folder, as {@link FileTree#relative} writes it
     * @return the images and other files in it; empty where there is no such folder
     */
    public ImageFolder in(String id) {
        String start = id + "/";
        return new ImageFolder(
                images.stream().filter(image -> image.id().startsWith(start)).toList(),
                others.stream().filter(other -> other.id().startsWith(start)).toList(),
                skipped.stream().filter(file -> file.path().startsWith(start)).toList(),
                twins.stream().filter(twin -> twin.id().startsWith(start)).toList());
    }

    /**
     * As this, but once only what is stored twice in folders that differ in case alone ({@code Images},
     * {@code images}), byte by byte the same: what is left of unpacking an archive on another system. The first path
     * stays.
     *
     * @return each image once; the others are its {@link #twins}
     * @throws UnusableInputException when such files cannot be read
     */
    public ImageFolder withoutTwins() {
        Map<String, List<Entry>> byFoldedPath = new HashMap<>();
        List<Entry> kept = new ArrayList<>();
        List<Entry> left = new ArrayList<>();
        for (Entry image : images) {
            String name = image.id().substring(image.id().lastIndexOf('/') + 1);
            String folded = folder(image).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) + "/" + name;
            List<Entry> alike = byFoldedPath.computeIfAbsent(folded, any -> new ArrayList<>());
            if (alike.stream().anyMatch(first -> haveSameBytes(first, image))) {
                left.add(image);
            } else {
                alike.add(image);
                kept.add(image);
            }
        }
        return new ImageFolder(kept, others, skipped, left);
    }

    /** {@return what a user should know of what is not among the images and not {@link #skipped}, a sentence each} */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!twins.isEmpty()) {
            Set<String> folders = new LinkedHashSet<>();
            twins.forEach(twin -> folders.add(folder(twin)));
            notes.add(number(twins.size(), "image")
                    + " stored twice, in folders that differ in case only, and taken once: " + "without the copies in "
                    + folders);
        }
        if (!others.isEmpty()) {
            notes.add(number(others.size(), "other file") + " passed over, the first is "
                    + others.get(0).id());
        }
        return notes;
    }

    /** {@return what there is where no image is, to go on in a sentence: ", but …"; empty when there is nothing} */
    public String instead() {
        if (!skipped.isEmpty()) {
            return ", but " + skipped.get(0).path() + " (" + skipped.get(0).reason() + ")";
        }
        return others.isEmpty()
                ? ""
                : ", but " + number(others.size(), "other file") + ", the first is "
                        + others.get(0).id();
    }

    private static String number(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static boolean claims(Entry entry) {
        return FileKind.isImageName(FileNames.name(entry.path()));
    }

    private static String folder(Entry entry) {
        return entry.id().substring(0, Math.max(0, entry.id().lastIndexOf('/')));
    }

    private static boolean haveSameBytes(Entry a, Entry b) {
        try {
            return Files.size(a.path()) == Files.size(b.path()) && Files.mismatch(a.path(), b.path()) < 0;
        } catch (IOException e) {
            throw new UnusableInputException(
                    "cannot read " + a.path() + " or " + b.path() + ": " + FileTree.reason(e), e);
        }
    }
}
