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
 * Lets only one process write into a folder, by a lock on its file {@code .lock}. The lock ends with the process, even
 * a killed one. While it is held and the folder is removed, {@link AtomicFile} refuses to write there: it would create
 * the folder again, empty.
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
        /**
         * Called once, while the folder is held.
         *
         * @return what it comes to
         * @throws IOException when a file cannot be read or written
         */
        T run() throws IOException;
    }

    /**
     * Locks an existing folder and removes the unfinished files that killed processes left in it.
     *
     * @param folder that exists
     * @param doing what a process that holds the lock is doing, for the message ("training in")
     * @return the lock; closing it lets the folder go
     * @throws UnusableInputException when another process, or another thread of this one, holds it
     * @throws MissingRequirementException when its file system has no locks
     * @throws IOException when the lock's file cannot be made
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
     * Makes a folder and locks it.
     *
     * @param folder that is missing or empty
     * @param doing what the other process would be at, for the message ("training in")
     * @return the lock; closing it lets the folder go
     * @throws UnusableInputException when it is not empty, or another process holds it
     * @throws IOException when it cannot be made
     */
    public static FolderLock create(Path folder, String doing) throws IOException {
        OutputFolder.requireFree(folder);
        OutputFolder.create(folder);
        FolderLock lock = hold(folder, doing);
        try {
            // Another process may have held it in the meantime.
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
     * Runs {@code work} in the folder.
     *
     * @param <T> what the work comes to
     * @param work done on this thread
     * @return what it came to
     * @throws MissingRequirementException when the folder is gone afterwards, whatever the result of the work
     * @throws IOException as {@code work}
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

    /**
     * Makes sure that no folder is made anew by writing into it.
     *
     * @param file that is to be written
     * @throws MissingRequirementException when {@code file} belongs in a locked folder that is gone
     * @throws IOException when the file system cannot be asked
     */
    public static void requireInPlace(Path file) throws IOException {
        Path target = file.toAbsolutePath().normalize();
        for (FolderLock lock : HELD) {
            if (target.startsWith(lock.folder)) {
                lock.requireInPlace(Optional.empty());
            }
        }
    }

    /**
     * Renames the folder to {@code target}, which must not exist, and ends the lock.
     *
     * @param target on the same disk
     * @throws IOException when something is there, or it is on another disk
     */
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
