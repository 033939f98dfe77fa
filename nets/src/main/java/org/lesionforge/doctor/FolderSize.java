package org.lesionforge.doctor;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/**
 * How much lies in a folder.
 *
 * @param bytes of all files that could be reached
 * @param exact false when some could not be reached, or there was no time for all
 */
record FolderSize(long files, long bytes, boolean exact) {
    private static final Duration LONGEST = Duration.ofSeconds(3);

    /** Links are not followed; a folder that is not there is empty. */
    static FolderSize of(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return new FolderSize(0, 0, true);
        }
        Sum sum = new Sum();
        Files.walkFileTree(folder, sum);
        return new FolderSize(sum.files, sum.bytes, sum.exact);
    }

    /** {@code 12 MB in 7 files} */
    String text() {
        return (exact ? "" : "at least ") + Bytes.text(bytes) + " in " + files + (files == 1 ? " file" : " files");
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private final long end = System.nanoTime() + LONGEST.toNanos();
        private long files;
        private long bytes;
        private boolean exact = true;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files++;
            bytes += attributes.size();
            if (System.nanoTime() - end > 0) {
                exact = false;
                return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            exact = false;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) {
            exact &= e == null;
            return FileVisitResult.CONTINUE;
        }
    }
}
