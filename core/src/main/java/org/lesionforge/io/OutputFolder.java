package org.lesionforge.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The rule for every folder that a command makes: nothing is ever overwritten. */
public final class OutputFolder {
    private OutputFolder() {}

    /** Whether there is nothing at {@code folder}, or a folder that holds nothing but what a process left that was killed before it began. */
    public static boolean isFree(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            // A link to nothing is something: a folder cannot be made in its place.
            return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.allMatch(file -> file.endsWith(FolderLock.FILE) || AtomicFile.isTemporary(file));
        }
    }

    /** @throws UnusableInputException when {@code folder} is a file, or holds something */
    public static void requireFree(Path folder) throws IOException {
        if (!isFree(folder)) {
            throw new UnusableInputException(folder
                    + (Files.isDirectory(folder)
                            ? " exists and is not empty"
                            : Files.exists(folder) ? " exists and is a file" : " is a link to nothing")
                    + "; nothing is ever overwritten: name a new folder with --out, or remove this one");
        }
    }

    /** Makes {@code folder} and those around it, where they are not there yet. */
    public static void create(Path folder) throws IOException {
        // Up to Java 19, createDirectories refuses a link to a folder: data on another disk, say.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    /**
     * Where something called {@code name} is to be written in {@code folder}; for names that come from a file, a table or a server.
     *
     * @param name relative, folders divided by {@code /}
     * @throws UnusableInputException when it would lie outside the folder, or can be no path here
     * @throws MissingRequirementException when it is not known in this locale
     */
    public static Path inside(Path folder, String name) {
        FileNames.requireKnown(name);
        try {
            // Absolute first: "." normalises to the empty path, which nothing starts with.
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

    /** Deletes {@code folder} and all that is in it; does nothing when it is not there. */
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
