package org.lesionforge.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that this process alone works with, until the claim is closed or the process ends, however it ends. What a killed process leaves can be
 * told from what a living one is at by this alone: in containers all processes have the same number.
 */
final class FileClaim implements Closeable {
    /**
     * What this process holds. The system's locks belong to processes, not to threads, and closing any channel of a file gives all of its locks
     * up, so a file that is held must not even be opened again.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final Object key;
    private final boolean locked;

    private FileClaim(Path file, FileChannel channel, Object key, boolean locked) {
        this.file = file;
        this.channel = channel;
        this.key = key;
        this.locked = locked;
    }

    /**
     * Claims a file, which is made if it is not there.
     *
     * @return empty when another process has it
     * @throws IOException when its folder is missing or cannot be written to
     */
    static Optional<FileClaim> tryTake(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path real = absolute.getParent().toRealPath().resolve(absolute.getFileName());
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        Optional<FileClaim> claim = Optional.empty();
        try {
            claim = open(real);
            return claim;
        } finally {
            if (claim.isEmpty()) {
                HELD.remove(real);
            }
        }
    }

    private static Optional<FileClaim> open(Path file) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean kept = false;
            try {
                Optional<Object> before = key(file);
                Optional<Boolean> locked = lock(channel);
                if (locked.isEmpty()) {
                    return Optional.empty();
                }
                // Whoever had it may have renamed or deleted it in between: then this is a lock on a file that is
                // elsewhere.
                if (before.isPresent() && before.equals(key(file))) {
                    kept = true;
                    return Optional.of(new FileClaim(file, channel, before.get(), locked.get()));
                }
            } finally {
                if (!kept) {
                    channel.close();
                }
            }
        }
    }

    /** @return empty when another process has it; false when the file system has no locks */
    private static Optional<Boolean> lock(FileChannel channel) {
        try {
            return channel.tryLock() == null ? Optional.empty() : Optional.of(true);
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(false);
        }
    }

    /** What tells the file at a path from another that takes its place; empty when there is none. */
    private static Optional<Object> key(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            // Systems without such keys delete no file that is open.
            return Optional.of(Objects.requireNonNullElse(key, file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Path file() {
        return file;
    }

    /** Whether no other process can have it. Some network file systems know no locks; then nobody can tell. */
    boolean isLocked() {
        return locked;
    }

    /** Whether the file is still where it was. */
    boolean isInPlace() throws IOException {
        return key(file).filter(key::equals).isPresent();
    }

    /** To write the file anew. Not to be closed: the claim would end. */
    OutputStream rewrite() throws IOException {
        channel.truncate(0);
        return Channels.newOutputStream(channel);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
