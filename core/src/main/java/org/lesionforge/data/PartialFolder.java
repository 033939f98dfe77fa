package org.lesionforge.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.lesionforge.io.UnusableInputException;

/** A folder under construction, beside the one it will become. Unless it is completed, nothing of it remains, even after an interrupt. */
final class PartialFolder implements Closeable {
    private final Path target;
    private final Path folder;
    private final Thread atExit = new Thread(this::deleteQuietly, "delete unfinished folder");

    /** @throws UnusableInputException when {@code target} is a file, or a folder with something in it */
    PartialFolder(Path target) throws IOException {
        this.target = target.toAbsolutePath().normalize();
        requireFree(target);
        Files.createDirectories(this.target.getParent());
        this.folder = this.target.resolveSibling(
                "." + this.target.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        Files.createDirectory(folder);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static void requireFree(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            try (Stream<Path> content = Files.list(target)) {
                if (content.findAny().isEmpty()) {
                    return;
                }
            }
        }
        if (Files.exists(target)) {
            throw new UnusableInputException(target + " exists and is not empty; nothing is ever overwritten: "
                    + "name another folder or remove this one");
        }
    }

    Path path() {
        return folder;
    }

    /** Gives the folder its final name. */
    void complete() throws IOException {
        requireFree(target);
        Files.deleteIfExists(target);
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException e) {
            // The program is ending; a folder named .partial tells what it is.
            return;
        }
    }

    private void delete() throws IOException {
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

    @Override
    public void close() throws IOException {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The hook is running at this moment, and does the same.
            return;
        }
    }
}
