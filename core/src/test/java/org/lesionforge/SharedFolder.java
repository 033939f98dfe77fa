package org.lesionforge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The folder of real images, weights and golden files beside the repository; tests that need it are skipped, visibly, without it. */
public final class SharedFolder {
    private SharedFolder() {}

    /** {@code $LESIONFORGE_SHARED}, else the first {@code shared} folder with golden files beside this folder or one above it. */
    public static Optional<Path> find() {
        String named = System.getenv("LESIONFORGE_SHARED");
        if (named != null) {
            return Optional.of(Path.of(named)).filter(SharedFolder::isShared);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path sibling = at.resolveSibling("shared");
            if (isShared(sibling)) {
                return Optional.of(sibling);
            }
        }
        return Optional.empty();
    }

    /** As {@link #find}; aborts the calling test when there is none. */
    public static Path require() {
        Optional<Path> folder = find();
        Assumptions.assumeTrue(
                folder.isPresent(), "needs the shared folder: set LESIONFORGE_SHARED or put it beside the repository");
        return folder.orElseThrow();
    }

    private static boolean isShared(Path folder) {
        return Files.isDirectory(folder.resolve("golden"));
    }
}
