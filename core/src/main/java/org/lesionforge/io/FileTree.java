package org.lesionforge.io;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a person has put into a folder. What is hidden (its name starts with a dot) is passed over with everything in it: notebooks, file
 * managers and version control leave copies there that nobody means to use.
 */
public final class FileTree {
    private FileTree() {}

    /**
     * All files in a folder and in the folders in it, links followed, sorted.
     *
     * @throws UnusableInputException when the folder, or one in it, cannot be read
     */
    public static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<Path>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
                            return inside.equals(folder) || !isHidden(inside)
                                    ? FileVisitResult.CONTINUE
                                    : FileVisitResult.SKIP_SUBTREE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile() && !isHidden(file)) {
                                files.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        Collections.sort(files);
        return files;
    }

    /**
     * The files and folders directly in a folder that are wanted, sorted.
     *
     * @throws UnusableInputException when the folder cannot be read
     */
    public static List<Path> children(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !isHidden(child))
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** The path of a file inside a folder, with {@code /} on every system; the whole path when it lies elsewhere. */
    public static String relative(Path folder, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path root = folder.toAbsolutePath().normalize();
        return (absolute.startsWith(root) ? root.relativize(absolute) : absolute)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static UnusableInputException unreadable(Path folder, IOException e) {
        // Java's own message is often the bare path.
        String reason = e.getClass().getSimpleName().replace("Exception", "");
        return new UnusableInputException("cannot read " + folder + ": " + e.getMessage() + " (" + reason + ")", e);
    }
}
