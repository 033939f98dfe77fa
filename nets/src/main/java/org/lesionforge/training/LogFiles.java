package org.lesionforge.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;

/**
 * The logs of a training, which only ever grow: a checkpoint knows how long each was, and on resumption they are cut back to that.
 *
 * @param folder of the run
 * @param names of the files in it; a file that is missing is of length 0
 */
public record LogFiles(Path folder, List<String> names) {
    /**
     * Cuts off what was written later.
     *
     * @param bytes how long each was at the checkpoint to resume from; what is not in it is cut to nothing
     * @throws IOException when a file cannot be written
     */
    public void cut(Map<String, Long> bytes) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            long length = bytes.getOrDefault(name, 0L);
            if (size(file) > length) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(length);
                }
            }
        }
    }

    /**
     * Checks that what the logs held at a checkpoint is still there.
     *
     * @param checkpoint of this folder's training
     * @throws UnusableInputException naming the file that was changed since
     */
    public void requireUnchanged(CheckpointHeader checkpoint) {
        Map<String, String> sums = checkpoint.logSha256();
        for (String name : names) {
            Path file = folder.resolve(name);
            long bytes = checkpoint.logBytes().getOrDefault(name, 0L);
            try {
                if (size(file) < bytes) {
                    throw new UnusableInputException(file + " has " + size(file) + " bytes, at the checkpoint it had "
                            + bytes + ": it was changed since");
                }
                if (sums != null) {
                    Checksums.require(
                            file + " up to the checkpoint",
                            sums.get(name),
                            sha256(file, bytes),
                            "bring it back as it was");
                }
            } catch (IOException e) {
                throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * {@return how long each is now, for a checkpoint; what is still in memory must have been flushed}
     *
     * @throws IOException when a file cannot be read
     */
    public Map<String, Long> bytes() throws IOException {
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (String name : names) {
            bytes.put(name, size(folder.resolve(name)));
        }
        return bytes;
    }

    /**
     * {@return the SHA-256 of the beginning of each}
     *
     * @param bytes how much of each, as {@link #bytes} gives it
     * @throws IOException when a file cannot be read
     */
    public Map<String, String> sha256(Map<String, Long> bytes) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        for (String name : names) {
            sums.put(name, sha256(folder.resolve(name), Objects.requireNonNull(bytes.get(name))));
        }
        return sums;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static String sha256(Path file, long bytes) throws IOException {
        if (bytes == 0) {
            return Sha256.of();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.of(in, bytes);
        }
    }
}
