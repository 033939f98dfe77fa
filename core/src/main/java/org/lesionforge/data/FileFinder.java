package org.lesionforge.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.UnusableInputException;

/** Finds the file of an image that a CSV lists: by its path, else anywhere in the source folder by its id, with or without extension. */
final class FileFinder {
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "tif", "tiff");

    private final List<Path> folders;
    private final Map<String, List<Path>> byName = new HashMap<>();

    /**
     * @param source searched for ids
     * @param csvFolder where relative paths start first
     */
    FileFinder(Path source, Path csvFolder) {
        this.folders = List.of(csvFolder, source);
        for (Path file : FileTree.files(source)) {
            String name = file.getFileName().toString();
            byName.computeIfAbsent(name, any -> new ArrayList<>()).add(file);
            int dot = name.lastIndexOf('.');
            if (dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
                byName.computeIfAbsent(name.substring(0, dot), any -> new ArrayList<>())
                        .add(file);
            }
        }
    }

    /** @throws UnusableInputException when several files have the name {@code id} */
    Optional<Path> find(String path, String id) {
        if (!path.isEmpty()) {
            for (Path folder : folders) {
                Path file = folder.resolve(path.replace('\\', '/'));
                if (Files.isRegularFile(file)) {
                    return Optional.of(file);
                }
            }
        }
        List<Path> candidates = byName.getOrDefault(id, List.of());
        if (candidates.size() > 1) {
            throw new UnusableInputException("the image '" + id + "' may be " + candidates.get(0) + " or "
                    + candidates.get(1) + "; say which with a column of paths (--path-column)");
        }
        return candidates.stream().findFirst();
    }
}
