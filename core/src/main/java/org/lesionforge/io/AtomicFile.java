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
 * Writes a file under a temporary name beside its target and renames it when complete, so no reader ever sees half a file. The temporary file
 * is {@code .NAME.tmp}; one that a killed process has left is written over.
 */
public final class AtomicFile {
    private static final String SUFFIX = ".tmp";

    private AtomicFile() {}

    /** What fills the file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces {@code target} by what {@code content} writes; parent folders are made. On any failure the old file stays as it was.
     *
     * @throws IOException naming {@code target}, when it cannot be written (disk full, no permission)
     * @throws MissingRequirementException when it is to be in a folder under a {@link FolderLock} that has gone
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
     * @return the SHA-256 of what was written
     */
    public static String writeHashed(Path target, Content content) throws IOException {
        MessageDigest digest = Sha256.digest();
        write(target, out -> {
            // Behind a buffer of its own: a digest takes single bytes one by one.
            OutputStream hashed = new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16);
            content.writeTo(hashed);
            hashed.flush();
        });
        return Sha256.hex(digest);
    }

    /** What fills the file when it must be given a path, as native writers must. */
    @FunctionalInterface
    public interface PathContent {
        void writeTo(Path temporary) throws IOException;
    }

    /** As {@link #write(Path, Content)}, for writers that open the file themselves. */
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
            OutputFolder.create(absolute.getParent());
            try (FileClaim temporary = temporary(absolute)) {
                boolean renamed = false;
                try {
                    writing.to(temporary);
                    // Before the claim ends: nobody else may take the file for a leftover.
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

    /** The usual one, unless another process is writing the same file at this moment, or it is not for this user, or locks are unknown here. */
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
            // Another user's, perhaps. If it is the folder, the next name says so.
            return Optional.empty();
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // Where it cannot be deleted it could not be written, and that failure is the one to report.
            return;
        }
    }

    /**
     * Removes the temporary files that killed processes have left in a folder that is the program's own. Those that a living one is writing
     * stay, and those that cannot be removed: they are in nobody's way.
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

    /** Replaces {@code target} by {@code text} in UTF-8. */
    public static void writeString(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
