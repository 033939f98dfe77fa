package org.lesionforge.monitor;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lesionforge.run.RunLayout;

/** The runs below a folder. Many readers ask; the folder is walked at most every second. */
final class RunList {
    /** {@code demo/run/splits/seed0/generators/dcgan}, in a folder of folders. */
    private static final int DEEPEST = 8;

    private static final int MOST = 2000;
    private static final long FRESH_NS = 1_000_000_000L;

    /** Folders in a run, or beside one, that hold no runs. */
    private static final Set<String> OTHERS = Set.of(
            "checkpoints", "samples", "examples", "figures", "synthetic", "audit", "pooled", "phantoms", "dataset");

    private final RunsFolder folder;
    private List<RunSummary> known = List.of();
    private long walked = Long.MIN_VALUE;

    RunList(RunsFolder folder) {
        this.folder = folder;
    }

    /** By path. */
    synchronized List<RunSummary> all() {
        long now = System.nanoTime();
        if (walked == Long.MIN_VALUE || now - walked > FRESH_NS) {
            known = walk();
            walked = System.nanoTime();
        }
        return known;
    }

    private List<RunSummary> walk() {
        List<RunSummary> found = new ArrayList<>();
        try {
            // The folder may be a link itself; those in it are not followed.
            Path root = folder.path().toRealPath();
            Files.walkFileTree(root, Set.<FileVisitOption>of(), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                    String name = root.relativize(inner).getFileName().toString();
                    Optional<RunLayout.Kind> kind = RunLayout.Kind.of(inner);
                    if (name.startsWith(".") || (kind.isEmpty() && OTHERS.contains(name))) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    Path run = folder.path().resolve(root.relativize(inner));
                    kind.ifPresent(of -> found.add(RunSummary.of(folder, run, of)));
                    boolean holdsRuns =
                            kind.map(of -> of == RunLayout.Kind.EXPERIMENT).orElse(true);
                    return found.size() >= MOST
                            ? FileVisitResult.TERMINATE
                            : holdsRuns ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // Removed in between, or not ours to read.
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // Not there, or not any more.
            return List.of();
        }
        found.sort((a, b) -> a.path().compareTo(b.path()));
        return found;
    }
}
