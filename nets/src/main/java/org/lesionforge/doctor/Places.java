package org.lesionforge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that may not be there yet. */
final class Places {
    private Places() {}

    /** Whether files can be written into a folder: it is there and open, or can be made. */
    static boolean isUsable(Path folder) {
        Path there = existing(folder);
        return Files.isDirectory(there)
                && Files.isWritable(there)
                && Files.isExecutable(there)
                && Files.isReadable(there);
    }

    /** Bytes that can still be written where a folder is or would be made. */
    static long free(Path folder) throws IOException {
        return Files.getFileStore(existing(folder)).getUsableSpace();
    }

    /** The folder itself, or the nearest one above it that is there. */
    static Path existing(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
