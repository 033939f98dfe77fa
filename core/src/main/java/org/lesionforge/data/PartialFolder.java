package org.lesionforge.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.UnusableInputException;

/** A folder under construction, beside the one it will become. Unless it is completed, nothing of it remains, even after an interrupt. */
final class PartialFolder implements Closeable {
    private final Path target;
    private final Path folder;
    private final Thread atExit = new Thread(this::deleteQuietly, "delete unfinished folder");

    /** @throws UnusableInputException when {@code target} is a file, or a folder with something in it */
    PartialFolder(Path target) throws IOException {
        this.target = target.toAbsolutePath().normalize();
        OutputFolder.requireFree(target);
        OutputFolder.create(this.target.getParent());
        // Not the process's number: in a container it is always the same, and a killed one leaves its folder behind.
        String unique = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        this.folder = this.target.resolveSibling("." + this.target.getFileName() + "." + unique + ".partial");
        Files.createDirectory(folder);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path path() {
        return folder;
    }

    /** Gives the folder its final name. */
    void complete() throws IOException {
        OutputFolder.requireFree(target);
        Files.deleteIfExists(target);
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void deleteQuietly() {
        try {
            OutputFolder.delete(folder);
        } catch (IOException e) {
            // The program is ending; a folder named .partial tells what it is.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        OutputFolder.delete(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The hook is running at this moment, and does the same.
            return;
        }
    }
}
