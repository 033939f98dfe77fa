package org.lesionforge.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The folder whose content is shown. Nothing outside it is ever read, by whatever name or link. */
final class RunsFolder {
    private final Path folder;

    RunsFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path path() {
        return folder;
    }

    /** What a file or folder in it is called in addresses: with {@code /}, and empty for the folder itself. */
    String name(Path inside) {
        return folder.relativize(inside).toString().replace('\\', '/');
    }

    /**
     * What is there of a name, file or folder.
     *
     * @param name as {@link #name}
     * @return empty where there is nothing, where it is hidden, and where it or what it links to lies outside
     */
    Optional<Path> find(String name) {
        if (!isPlain(name)) {
            return Optional.empty();
        }
        try {
            Path found = folder.resolve(name);
            return found.toRealPath().startsWith(folder.toRealPath()) ? Optional.of(found) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Where a file of a name is or will be.
     *
     * @param name as {@link #name}
     * @return empty where that is not inside
     */
    Optional<Path> place(String name) {
        int slash = name.lastIndexOf('/');
        String last = name.substring(slash + 1);
        if (!isPlain(name) || last.isEmpty()) {
            return Optional.empty();
        }
        return find(slash < 0 ? "" : name.substring(0, slash))
                .map(parent -> parent.resolve(last))
                .filter(file -> !Files.exists(file) || find(name).isPresent());
    }

    private static boolean isPlain(String name) {
        if (name.isEmpty()) {
            return true;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.startsWith(".") || part.indexOf('\\') >= 0 || part.indexOf(0) >= 0) {
                return false;
            }
        }
        return true;
    }
}
