package org.lesionforge.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks that a file is as it was written, by its SHA-256 in a JSON file. */
public final class Checksums {
    /** The warning, shown once, about files of a version that stored no checksums. */
    public static final String UNKNOWN = "files that version 0.1 wrote come without checksums: whether they have been"
            + " changed since then cannot be seen (those written now have them)";

    private Checksums() {}

    /**
     * Reads the whole file.
     *
     * @param file that should be as it was written
     * @param expected its SHA-256 in hexadecimal digits; null where it should have been recorded and was not
     * @param remedy what to do when the checksum differs
     * @throws UnusableInputException when it is missing, or its SHA-256 is not {@code expected}
     */
    public static void require(Path file, @Nullable String expected, String remedy) {
        if (!Files.isRegularFile(file)) {
            throw new UnusableInputException("the file " + file + " is missing; " + remedy);
        }
        try {
            require(file, expected, Sha256.of(file), remedy);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * As {@link #require(Path, String, String)}, where {@code actual} is known.
     *
     * @param what a path, or words such as {@code the split in images.csv}, for the message
     * @param expected its SHA-256 in hexadecimal digits; null where it should have been recorded and was not
     * @param actual its SHA-256 now
     * @param remedy what to do when they differ
     * @throws UnusableInputException when they differ
     */
    public static void require(Object what, @Nullable String expected, String actual, String remedy) {
        if (!actual.equals(expected)) {
            throw new UnusableInputException(
                    what + ": its SHA-256 does not match, it was changed or damaged since it was" + " written (it is "
                            + actual + ", it was "
                            + (expected == null ? "not recorded" : expected) + "); " + remedy);
        }
    }
}
