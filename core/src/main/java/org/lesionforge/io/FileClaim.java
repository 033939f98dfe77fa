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
 * A lock on a file that this process holds until the claim is closed or the process ends. Only the lock tells the file
 * of a killed process from that of a running one: in containers all processes have the same id.
 */
final class FileClaim implements Closeable {
    /**
     * Files held by this process. The system's locks belong to processes, not threads, and closing any channel of a
     * file releases all its locks, so a held file must not even be opened again.
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
        Path real = FileTree.parent(absolute).toRealPath().resolve(absolute.getFileName());
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
                // The previous holder may have renamed or deleted it in between; then the lock is on another file.
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

    /**
     * The key that tells the file at a path from a later one of the same name; empty where the system has no such key.
     */
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

    /**
     * Whether it is certain that no other process holds it. Some network file systems have no locks; then it is not.
     */
    boolean isLocked() {
        return locked;
    }

    /** Whether the path still leads to this file. */
    boolean isInPlace() throws IOException {
        return key(file).filter(key::equals).isPresent();
    }

    /** Rewrites the file. The stream must not be closed: that would end the claim. */
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
