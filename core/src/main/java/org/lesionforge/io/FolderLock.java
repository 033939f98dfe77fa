package org.lesionforge.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder that one process alone writes into, by a lock on {@code .lock} in it. The lock ends with the process, however that ends, so a
 * killed one is in nobody's way. While the folder is held, {@link AtomicFile} refuses to write into it when it is not there any more: it would
 * be made anew, with nothing in it.
 */
public final class FolderLock implements Closeable {
    static final String FILE = ".lock";

    private static final Set<FolderLock> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileClaim claim;

    private FolderLock(Path folder, FileClaim claim) {
        this.folder = folder;
        this.claim = claim;
    }

    /** Work in a folder. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Takes a folder that is there, and removes the unfinished files that killed processes have left in it.
     *
     * @param doing what the other process would be at, for the message ("training in")
     * @throws UnusableInputException when another process, or another thread of this one, has it
     * @throws MissingRequirementException when its file system has no locks
     */
    public static FolderLock hold(Path folder, String doing) throws IOException {
        FileClaim claim = FileClaim.tryTake(folder.resolve(FILE)).orElseThrow(() -> taken(folder, doing));
        FolderLock lock = new FolderLock(folder.toAbsolutePath().normalize(), claim);
        HELD.add(lock);
        try {
            if (!claim.isLocked()) {
                throw new MissingRequirementException("the file system of " + folder
                        + " has no locks, so two processes might write into the folder at once; choose a folder on"
                        + " another disk");
            }
            for (Path inside : foldersIn(folder)) {
                AtomicFile.removeLeftovers(inside);
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Makes a folder and takes it.
     *
     * @throws UnusableInputException when there is something in it, or another process has it
     */
    public static FolderLock create(Path folder, String doing) throws IOException {
        OutputFolder.requireFree(folder);
        OutputFolder.create(folder);
        FolderLock lock = hold(folder, doing);
        try {
            // Another process may have come and gone since.
            OutputFolder.requireFree(folder);
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static List<Path> foldersIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    private static UnusableInputException taken(Path folder, String doing) {
        return new UnusableInputException(
                "another process is " + doing + " " + folder + " at this moment; wait until it has ended, or stop it");
    }

    /**
     * Does {@code work} in the folder.
     *
     * @throws MissingRequirementException when the folder has gone meanwhile, whatever the work came to
     */
    public <T> T run(Work<T> work) throws IOException {
        T result;
        try {
            result = work.run();
        } catch (IOException | RuntimeException e) {
            requireInPlace(Optional.of(e));
            throw e;
        }
        requireInPlace(Optional.empty());
        return result;
    }

    private void requireInPlace(Optional<Exception> failure) throws IOException {
        if (!claim.isInPlace()) {
            throw new MissingRequirementException(
                    "the folder " + folder + " is gone: it was removed, moved or replaced while this process was"
                            + " writing into it, and what was in it with it; start again, and leave the folder alone",
                    failure.orElse(null));
        }
    }

    /** @throws MissingRequirementException when {@code file} is to be in a folder that was held and has gone */
    public static void requireInPlace(Path file) throws IOException {
        Path target = file.toAbsolutePath().normalize();
        for (FolderLock lock : HELD) {
            if (target.startsWith(lock.folder)) {
                lock.requireInPlace(Optional.empty());
            }
        }
    }

    /** Gives the folder the name {@code target}, where there must be nothing, and ends the lock. */
    public void renameTo(Path target) throws IOException {
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(target.resolve(FILE));
        close();
    }

    @Override
    public void close() throws IOException {
        HELD.remove(this);
        try (claim) {
            if (claim.isInPlace()) {
                Files.deleteIfExists(claim.file());
            }
        }
    }
}
