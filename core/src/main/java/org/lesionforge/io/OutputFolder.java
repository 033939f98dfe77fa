package org.lesionforge.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folders that commands make: nothing is ever overwritten. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * {@return whether {@code folder} does not exist, or holds nothing but the leftovers of a process that was killed
     * at its start}
     *
     * @param folder that a command is to make
     * @throws IOException when it cannot be looked into
     */
    public static boolean isFree(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            // A broken link counts: no folder can be made in its place.
            return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.allMatch(file -> file.endsWith(FolderLock.FILE) || AtomicFile.isTemporary(file));
        }
    }

    /**
     * Refuses a folder that would have to be written over.
     *
     * @param folder that a command is to make
     * @throws UnusableInputException when {@code folder} is a file, or holds something
     * @throws IOException when it cannot be looked into
     */
    public static void requireFree(Path folder) throws IOException {
        if (!isFree(folder)) {
            throw new UnusableInputException(folder
                    + (Files.isDirectory(folder)
                            ? " exists and is not empty"
                            : Files.exists(folder) ? " exists and is a file" : " is a link to nothing")
                    + "; nothing is ever overwritten: name a new folder with --out, or remove this one");
        }
    }

    /**
     * Makes {@code folder} and its parents, where they are missing.
     *
     * @param folder not a file
     * @throws IOException when it cannot be made
     */
    public static void create(Path folder) throws IOException {
        // Up to Java 19, createDirectories refuses a link to a folder, such as one on another disk.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    /**
     * The path of {@code name} in {@code folder}; for names that come from a file, a table or a server.
     *
     * @param folder where it must lie
     * @param name relative, folders divided by {@code /}
     * @return its path
     * @throws UnusableInputException when it would lie outside the folder, or cannot be a path on this system
     * @throws MissingRequirementException when the name cannot be written in this locale
     */
    public static Path inside(Path folder, String name) {
        FileNames.requireKnown(name);
        try {
            // Absolute first: "." normalises to the empty path, with which no path starts.
            Path root = folder.toAbsolutePath().normalize();
            Path target = root.resolve(name).normalize();
            if (!target.equals(root) && target.startsWith(root)) {
                return folder.resolve(name);
            }
        } catch (InvalidPathException e) {
            throw new UnusableInputException("'" + name + "' can be no name of a file in " + folder, e);
        }
        throw new UnusableInputException("'" + name + "' would be written outside " + folder);
    }

    /**
     * Deletes {@code folder} and all that is in it; does nothing when it is not there.
     *
     * @param folder of which all is deleted; links in it are not followed
     * @throws IOException when a file in it cannot be deleted
     */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> content;
        try (Stream<Path> all = Files.walk(folder)) {
            content = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : content) {
            Files.deleteIfExists(path);
        }
    }
}
