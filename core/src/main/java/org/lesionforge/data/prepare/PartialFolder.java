package org.lesionforge.data.prepare;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.UnusableInputException;

/**
 * A temporary folder beside its target. Unless it is completed it is removed, even after an interrupt. That of a killed
 * process is removed by the next one for the same target.
 */
final class PartialFolder implements Closeable {
    private static final String DOING = "writing into";

    private final Path target;
    private final Path folder;
    private final FolderLock lock;
    private final Thread atExit = new Thread(this::deleteQuietly, "delete unfinished folder");

    /** @throws UnusableInputException when {@code target} is a file, or a folder with something in it */
    PartialFolder(Path target) throws IOException {
        this.target = target.toAbsolutePath().normalize();
        OutputFolder.requireFree(target);
        OutputFolder.create(FileTree.parent(this.target));
        removeLeftovers();
        // Not the process id: in a container it is always the same.
        String unique = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        this.folder = this.target.resolveSibling("." + this.target.getFileName() + "." + unique + ".partial");
        Files.createDirectory(folder);
        this.lock = FolderLock.hold(folder, DOING);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private void removeLeftovers() throws IOException {
        Pattern partial = Pattern.compile(Pattern.quote("." + target.getFileName() + ".") + "[0-9a-f]{1,8}\\.partial");
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(
                target.getParent(),
                file -> partial.matcher(file.getFileName().toString()).matches() && Files.isDirectory(file))) {
            for (Path leftover : leftovers) {
                removeIfDead(leftover);
            }
        }
    }

    private static void removeIfDead(Path leftover) throws IOException {
        try (FolderLock dead = FolderLock.hold(leftover, DOING)) {
            OutputFolder.delete(leftover);
        } catch (UnusableInputException e) {
            // Another process is using it.
            return;
        }
    }

    Path path() {
        return folder;
    }

    /** Renames the folder to the target. */
    void complete() throws IOException {
        OutputFolder.requireFree(target);
        if (Files.isDirectory(target)) {
            FolderLock.hold(target, DOING).close();
            Files.delete(target);
        }
        lock.renameTo(target);
    }

    private void deleteQuietly() {
        try {
            OutputFolder.delete(folder);
        } catch (IOException e) {
            // The program is ending; the name .partial marks the folder as unfinished.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
        OutputFolder.delete(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The shutdown hook is running, and deletes the folder.
            return;
        }
    }
}
