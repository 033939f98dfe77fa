package org.lesionforge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The folder of real images, weights and reference values, which is not part of the repository. */
public final class SharedFolder {
    private SharedFolder() {}

    /** {@code $LESIONFORGE_SHARED}, else a folder {@code shared} with {@code golden} in it, beside any folder above this one. */
    public static Optional<Path> find() {
        String named = System.getenv("LESIONFORGE_SHARED");
        if (named != null && Files.isDirectory(Path.of(named, "golden"))) {
            return Optional.of(Path.of(named));
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path shared = folder.resolveSibling("shared");
            if (Files.isDirectory(shared.resolve("golden"))) {
                return Optional.of(shared);
            }
        }
        return Optional.empty();
    }

    /** The folder; the calling test is skipped, visibly, where it is absent. */
    public static Path require() {
        Optional<Path> shared = find();
        Assumptions.assumeTrue(
                shared.isPresent(), "needs the shared folder: set LESIONFORGE_SHARED or put it beside the repository");
        return shared.get();
    }
}
