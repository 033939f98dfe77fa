package org.lesionforge.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file under a temporary name beside its target and renames it when complete, so no reader ever sees half a
 * file. The temporary file is {@code .NAME.tmp}; one left by a killed process is overwritten.
 */
public final class AtomicFile {
    private static final String SUFFIX = ".tmp";

    private AtomicFile() {}

    /** Writes the file's content. */
    @FunctionalInterface
    public interface Content {
        /**
         * Called once.
         *
         * @param out buffered; closed afterwards
         * @throws IOException when the content cannot be made or written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces {@code target} by what {@code content} writes; parent folders are made. On any failure the old file
     * stays as it was.
     *
     * @param target file to make or replace
     * @param content writes all of it
     * @throws IOException naming {@code target}, when it cannot be written (disk full, no permission)
     * @throws MissingRequirementException when the file belongs in a folder held by a {@link FolderLock} and that
     *     folder is gone
     */
    public static void write(Path target, Content content) throws IOException {
        replace(target, claim -> {
            OutputStream out = new BufferedOutputStream(claim.rewrite(), 1 << 16);
            content.writeTo(out);
            out.flush();
        });
    }

    /**
     * As {@link #write}.
     *
     * @param target file to make or replace
     * @param content writes all of it
     * @return the SHA-256 of what was written
     * @throws IOException as there
     */
    public static String writeHashed(Path target, Content content) throws IOException {
        MessageDigest digest = Sha256.digest();
        write(target, out -> {
            // Buffered, because a digest stream takes single bytes one by one.
            OutputStream hashed = new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16);
            content.writeTo(hashed);
            hashed.flush();
        });
        return Sha256.hex(digest);
    }

    /** Writes the file's content to a path, for native writers, which open the file themselves. */
    @FunctionalInterface
    public interface PathContent {
        /**
         * Called once.
         *
         * @param temporary an empty file beside the target, to be written over
         * @throws IOException when the content cannot be made or written
         */
        void writeTo(Path temporary) throws IOException;
    }

    /**
     * As {@link #write(Path, Content)}, for writers that open the file themselves.
     *
     * @param target file to make or replace
     * @param content writes all of it
     * @throws IOException as there
     */
    public static void writePath(Path target, PathContent content) throws IOException {
        replace(target, claim -> {
            claim.rewrite();
            content.writeTo(claim.file());
        });
    }

    @FunctionalInterface
    private interface Writing {
        void to(FileClaim temporary) throws IOException;
    }

    private static void replace(Path target, Writing writing) throws IOException {
        Path absolute = target.toAbsolutePath();
        FolderLock.requireInPlace(absolute);
        try {
            OutputFolder.create(FileTree.parent(absolute));
            try (FileClaim temporary = temporary(absolute)) {
                boolean renamed = false;
                try {
                    writing.to(temporary);
                    // Before the claim ends, so that no other process takes the file for a leftover.
                    Files.move(temporary.file(), absolute, StandardCopyOption.ATOMIC_MOVE);
                    renamed = true;
                } finally {
                    if (!renamed) {
                        discard(temporary.file());
                    }
                }
            }
        } catch (IOException e) {
            FolderLock.requireInPlace(absolute);
            throw new IOException("cannot write " + target + ": " + e.getMessage(), e);
        }
    }

    /**
     * The usual temporary file, unless another process is writing it, this user may not, or the file system has no
     * locks.
     */
    private static FileClaim temporary(Path target) throws IOException {
        Optional<FileClaim> usual = usual(target);
        if (usual.isPresent() && usual.get().isLocked()) {
            return usual.get();
        }
        if (usual.isPresent()) {
            usual.get().close();
        }
        while (true) {
            String unique = Integer.toHexString(ThreadLocalRandom.current().nextInt());
            Path own = target.resolveSibling("." + target.getFileName() + "." + unique + SUFFIX);
            if (!Files.exists(own)) {
                Optional<FileClaim> claim = FileClaim.tryTake(own);
                if (claim.isPresent()) {
                    return claim.get();
                }
            }
        }
    }

    private static Optional<FileClaim> usual(Path target) {
        try {
            return FileClaim.tryTake(target.resolveSibling("." + target.getFileName() + SUFFIX));
        } catch (IOException e) {
            // Perhaps another user's file. If the folder is at fault, the next name fails too.
            return Optional.empty();
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // A file that cannot be deleted could not be written either; that failure is reported.
            return;
        }
    }

    /**
     * Removes the temporary files that killed processes left in one of the program's own folders. Files that a running
     * process is writing stay, as do those that cannot be removed, which do no harm.
     *
     * @param folder that may be missing
     */
    public static void removeLeftovers(Path folder) {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, file -> isTemporary(file))) {
            for (Path leftover : leftovers) {
                Optional<FileClaim> dead = FileClaim.tryTake(leftover);
                if (dead.isPresent()) {
                    try (FileClaim claim = dead.get()) {
                        if (claim.isLocked()) {
                            Files.deleteIfExists(leftover);
                        }
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return;
        }
    }

    static boolean isTemporary(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(SUFFIX) && Files.isRegularFile(file);
    }

    /**
     * Replaces {@code target} by {@code text} in UTF-8.
     *
     * @param target file to make or replace
     * @param text all of the new content
     * @throws IOException naming {@code target}, when it cannot be written
     */
    public static void writeString(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
